from allauth.account import views as allauth_views
from allauth.account.internal.decorators import login_not_required
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic.edit import FormView

from . import services
from .forms import AskForDeviceResetForm, ConfirmResetForm
from .permissions import can_manage_user


class SignInView(allauth_views.LoginView):
    """Offers single sign-on beside the password where it is configured."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(sso_providers=_providers(), **kwargs)


def _providers():
    for apps in settings.SOCIALACCOUNT_PROVIDERS.values():
        for app in apps["APPS"]:
            address = reverse("openid_connect_login", kwargs={"provider_id": app["provider_id"]})
            yield {"name": app["name"], "url": address}


@method_decorator([never_cache, login_not_required], name="dispatch")
class SignOutView(allauth_views.LogoutView):
    """GET asks and changes nothing; POST ends the session on the server."""

    http_method_names = ["get", "head", "post"]


@never_cache
@login_not_required
def to_sign_in(request):
    """Stands where Wagtail's own sign-in would: nothing typed there is ever looked at."""
    return redirect(_with_next(reverse("account_login"), request))


@never_cache
@login_not_required
def to_password_reset(request, **kwargs):
    """Stands where Wagtail's own reset would, its links included."""
    return redirect("account_reset_password")


@never_cache
@login_not_required
def admin_sign_out(request):
    """Wagtail's menu posts here."""
    if request.method == "POST":
        return SignOutView.as_view()(request)
    if request.method in ("GET", "HEAD"):
        return redirect("account_logout")
    return HttpResponseNotAllowed(["GET", "HEAD", "POST"])


def _with_next(address, request):
    wanted = request.POST.get("next") or request.GET.get("next") or reverse("wagtailadmin_home")
    if not url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        return address
    return f"{address}?{urlencode({'next': wanted})}"


class LostDeviceView(FormView):
    """One user manager asks, another confirms; who may not manage gets a 404."""

    template_name = "account/lost_device.html"

    def dispatch(self, request, *args, **kwargs):
        self.person = get_object_or_404(get_user_model(), pk=kwargs["pk"])
        if not can_manage_user(request.user, self.person):
            raise Http404
        self.asked = self.person.second_factor_resets.filter(confirmed_at__isnull=True).first()
        return super().dispatch(request, *args, **kwargs)

    def get_form_class(self):
        return ConfirmResetForm if self.asked else AskForDeviceResetForm

    def form_valid(self, form):
        try:
            self._act(form)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
            return self.form_invalid(form)
        return redirect("account_lost_device", pk=self.person.pk)

    def _act(self, form):
        if self.asked:
            services.confirm_second_factor_reset(self.asked, actor=self.request.user)
            messages.success(self.request, _("The second step is off; the person was signed out and told."))
        else:
            reason = form.cleaned_data["reason"]
            services.ask_second_factor_reset(self.person, actor=self.request.user, reason=reason)

    def get_context_data(self, **kwargs):
        concerned = {self.asked.asked_by_id, self.person.pk} if self.asked else {self.request.user.pk}
        return super().get_context_data(
            person=self.person, asked=self.asked, may_confirm=self.request.user.pk not in concerned, **kwargs
        )
