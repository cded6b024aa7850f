"""The way in for people of partner agencies. Whether an address is known here, no answer tells."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from course_catalogue.models import Joining
from course_catalogue.partners import joining
from course_catalogue.partners.forms import AskForm, PasswordForm, PressForm, RefuseForm
from course_catalogue.views.answers import attempt, show
from kernel.accounts.network import counted_as
from kernel.accounts.permissions import can_manage_users
from kernel.lifecycle.templatetags.dates import clock

ACT = ["GET", "HEAD", "POST"]


@never_cache
@login_not_required
@require_http_methods(ACT)
def ask(request):
    """The same page after every request, with the same words, for known addresses and unknown ones."""
    now, network = timezone.now(), counted_as(request)
    if request.method == "POST" and (until := joining.braked_until(network, now)) is not None:
        return _braked(request, until, now)
    form = AskForm(request.POST or None, agencies=joining.partners())
    sent = False
    if request.method == "POST" and form.is_valid():
        try:
            joining.ask(**form.cleaned_data, network=network, now=now)
            sent = True
        except ValidationError as refusal:
            show(form, refusal)
    context = {"form": form, "sent": sent, "breadcrumbs": [(_("Home"), "/")]}
    return render(request, "course_catalogue/partners/ask.html", context)


def _braked(request, until, now):
    response = render(
        request, "course_catalogue/partners/braked.html", {"again_at": clock(until)}, status=429
    )
    response["Retry-After"] = str(max(1, int((until - now).total_seconds()) + 1))
    return response


@never_cache
@login_not_required
@require_http_methods(ACT)
def link(request, token):
    """Behind the link of a mail: confirm the address, or choose the password. An old or used link says so, 404."""
    now = timezone.now()
    row = joining.found(token, now)
    if row is None:
        return render(request, "course_catalogue/partners/old_link.html", status=404)
    return _password(request, row, now) if row.granted else _confirm(request, row, now)


def _confirm(request, row, now):
    if request.method == "POST":
        joining.confirm(row, now=now)
        row.refresh_from_db()
    context = {"row": row, "form": PressForm(), "breadcrumbs": [(_("Home"), "/")]}
    return render(request, "course_catalogue/partners/confirm.html", context)


def _password(request, row, now):
    form = PasswordForm(request.POST or None)

    def act(password, again):
        joining.join(row, password=password, now=now)

    if request.method == "POST" and attempt(request, form, _("Your login is open. Sign in with it."), act):
        return redirect("account_login")
    context = {"row": row, "form": form, "breadcrumbs": [(_("Home"), "/")]}
    return render(request, "course_catalogue/partners/password.html", context)


@require_safe
def waiting(request):
    """Requests whose address is confirmed, for user managers."""
    if not can_manage_users(request.user):
        raise Http404
    context = {"rows": joining.to_decide(request.user), "breadcrumbs": [(_("Home"), "/")]}
    return render(request, "course_catalogue/partners/waiting.html", context)


@require_http_methods(ACT)
def decide(request, pk):
    if not can_manage_users(request.user):
        raise Http404
    row, now = get_object_or_404(Joining.objects.select_related("agency"), pk=pk), timezone.now()
    refuses = request.POST.get("act") == "refuse"
    form = PressForm(request.POST if request.method == "POST" and not refuses else None)
    refusal = RefuseForm(request.POST if refuses else None)
    if request.method == "POST" and _decided(request, row, refusal if refuses else form, refuses, now):
        return redirect("training_joining")
    context = {
        "row": row,
        "form": form,
        "refusal": refusal,
        "forms": [form, refusal],
        "breadcrumbs": _crumbs(),
    }
    return render(request, "course_catalogue/partners/decide.html", context)


def _decided(request, row, form, refuses, now) -> bool:
    if refuses:
        return attempt(
            request,
            form,
            _("Refused. They have been told why."),
            lambda reason: joining.refuse(row, actor=request.user, now=now, reason=reason),
        )
    done = _("Granted. A link to choose a password is on its way to %(email)s.") % {"email": row.email}
    return attempt(request, form, done, lambda: joining.grant(row, actor=request.user, now=now))


def _crumbs():
    return [(_("Home"), "/"), (_("Requests for a login"), reverse("training_joining"))]
