"""Lists of registers, and the file for the learning platform (S0-48)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from course_catalogue import permissions
from course_catalogue.models import Teaching
from course_catalogue.register import exporting, mine
from course_catalogue.register.forms import UploadForm
from course_catalogue.register.rules import session_closing
from course_catalogue.views.register import day_for, show
from kernel.content.exports import SafeSpreadsheetMixin


@require_safe
def registers(request):
    """The registers that this person keeps; 404 for whoever keeps none."""
    today = timezone.localdate()
    team = permissions.administers(request.user, today)
    if not team and not Teaching.objects.filter(trainer__person__user_id=request.user.pk).exists():
        raise Http404
    context = mine.lists(request.user, today)
    context |= {"team": team, "breadcrumbs": [(_("Home"), "/")]}
    return render(request, "course_catalogue/register/registers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request, pk):
    """The file, and a form to say on which day somebody put it on the platform."""
    day, session = _for_the_team(request, pk)
    newest = exporting.newest_mark(session)
    form = UploadForm(
        request.POST or None, initial={"last_mark": newest, "uploaded_on": timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid() and _confirmed(request, session, form):
        return redirect("training_register", day.pk)
    context = {
        "day": day,
        "session": session,
        "form": form,
        "lines": exporting.lines(session),
        "upload": exporting.upload_of(session),
        "earlier": session.uploads.order_by("-pk"),
        "formats": Sheet.FORMATS,
        "breadcrumbs": [(_("Home"), "/"), (_("Register"), reverse("training_register", args=[day.pk]))],
    }
    return render(request, "course_catalogue/register/upload.html", context)


def _for_the_team(request, pk):
    day, today = day_for(request, pk)
    if not permissions.administers(request.user, today) or session_closing(day.session_id) is None:
        raise Http404
    return day, day.session


def _confirmed(request, session, form) -> bool:
    try:
        exporting.confirm_upload(session, actor=request.user, now=timezone.now(), **form.cleaned_data)
    except ValidationError as refusal:
        show(form, refusal)
        return False
    messages.success(request, _("The register is on the learning platform: that is written down."))
    return True


@require_safe
def platform_file(request, pk, format):
    _day, session = _for_the_team(request, pk)
    if format not in Sheet.FORMATS:
        raise Http404
    return Sheet().as_spreadsheet([vars(line) for line in exporting.lines(session)], format)


class Sheet(SafeSpreadsheetMixin):
    """One line for each person who came."""

    export_filename = "attended"
    export_headings = {
        "staff_number": gettext_lazy("Staff number"),
        "name": gettext_lazy("Name"),
        "email": gettext_lazy("E-mail address"),
        "agency": gettext_lazy("Agency"),
        "course_code": gettext_lazy("Course code"),
        "course": gettext_lazy("Course"),
        "day_on": gettext_lazy("Last day"),
        "minutes": gettext_lazy("Minutes"),
        "result": gettext_lazy("Result"),
    }
    list_export = list(export_headings)
