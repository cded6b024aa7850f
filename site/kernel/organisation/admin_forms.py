"""Boundaries of the admin screens: take input, call rules and services, show what was refused."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from kernel.organisation import grants, services
from kernel.organisation.chooser_views import LoginWidget, know_people
from kernel.organisation.conflicts import check_posts, check_seats
from kernel.organisation.models import Delegation, RoleGrant
from kernel.organisation.permissions import is_self, may_grant


def _rows(formset) -> list:
    """What will stand after saving: the rows filled in and not deleted."""
    kept = [form for form in formset.forms if form not in formset.deleted_forms]
    return [form.instance for form in kept if form.instance.pk or form.has_changed()]


def _is_used(row) -> bool:
    """Does a row of any app point at it?"""
    related = row._meta.related_objects
    return any(link.related_model._base_manager.filter(**{link.field.name: row}).exists() for link in related)


class Dayed(WagtailAdminModelForm):
    """Is handed the day by its view."""

    def __init__(self, *args, today: date, **kwargs):
        self.today = today
        super().__init__(*args, **kwargs)


class ClusterForm(Dayed):
    """A thing with dated rows on one screen. What has begun is ended with a date, never deleted."""

    dated: tuple[str, ...] = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        know_people([row for formset in self.formsets.values() for row in formset.forms])

    def clean(self):
        cleaned = super().clean()
        complete = all(formset.is_valid() for formset in self.formsets.values())
        if complete:
            self._keep_what_has_begun()
            self.check_rows()
        return cleaned

    def _keep_what_has_begun(self) -> None:
        for name in self.dated:
            gone = [form.instance for form in self.formsets[name].deleted_forms]
            if any(row.pk and row.from_on <= self.today for row in gone):
                raise ValidationError(_("What has begun stays on record: give it a last day instead."))

    def check_rows(self) -> None:
        """The rules between the rows, asked again under lock when saving."""


class BodyForm(ClusterForm):
    dated = ("memberships",)

    def check_rows(self) -> None:
        for form in self.formsets["meetings"].deleted_forms:
            if form.instance.pk and _is_used(form.instance):
                words = _("The meeting of %(day)s has an agenda or minutes: it stays.")
                raise ValidationError(words % {"day": date_format(form.instance.meets_on, "j F Y")})
        for form in self.formsets["meetings"].forms:
            if form.instance.pk and "meets_on" in form.changed_data and form.instance.is_held:
                words = _("The meeting of %(day)s has minutes: its day stays.")
                raise ValidationError(words % {"day": date_format(form.initial["meets_on"], "j F Y")})
        check_seats(_rows(self.formsets["memberships"]))
        touched = [form for form in self.formsets["memberships"].forms if form.has_changed()]
        mine = any(
            form.instance.person_id and is_self(self.for_user, form.instance.person) for form in touched
        )
        if mine and not self.for_user.is_superuser:
            raise ValidationError(_("Nobody gives a seat to themselves. Ask a colleague."))


class PersonForm(ClusterForm):
    dated = ("posts",)

    def clean_user(self):
        """Whoever ties a login to a person gives it all that the person may do."""
        login = self.cleaned_data["user"]
        if "user" not in self.changed_data or self.for_user.is_superuser:
            return login
        if not self.for_user.has_perm("kernel_accounts.change_user"):
            raise ValidationError(_("Only a user manager ties a login to a person."))
        if login == self.for_user:
            raise ValidationError(_("Nobody ties their own login to a person. Ask a colleague."))
        if login is not None and login.is_superuser:
            raise ValidationError(_("Only a superuser ties a superuser's login to a person."))
        return login

    def check_rows(self) -> None:
        posts = _rows(self.formsets["posts"])
        check_posts(posts)
        agency = self.cleaned_data.get("agency")
        if agency and any(post.team_id and post.team.agency_id != agency.pk for post in posts):
            raise ValidationError(_("A team of the posts belongs to another agency than the person."))
        for post in posts:
            if post.pk or self.instance.pk:
                post.person = self.instance
            post.clean()


class TeamForm(WagtailAdminModelForm):
    def check_rows(self) -> None:
        if self.instance.parent_id:
            self.instance.parent.refresh_from_db()
        self.instance.clean()


class ServiceForm(Dayed):
    """Saves through a service: ``act`` is called instead of ``save``."""

    def act(self, *, actor):
        raise NotImplementedError

    def _post_clean(self):
        """The service checks the whole row; here only the fields are asked."""


class LeaveForm(ServiceForm):
    last_day = forms.DateField(label=_("Last day"), help_text=_("The last day still counts."))

    def act(self, *, actor):
        return services.leave(
            self.instance, actor=actor, last_day=self.cleaned_data["last_day"], today=self.today
        )


class StandingForm(ServiceForm):
    sure = forms.BooleanField(label=_("Yes, suspend or reinstate this agency now"))

    def act(self, *, actor):
        run = services.suspend_agency if self.instance.active else services.reinstate_agency
        return run(self.instance, actor=actor, today=self.today)


class DelegateForm(ServiceForm):
    class Meta(WagtailAdminModelForm.Meta):
        model = Delegation
        fields = ["principal", "delegate", "body", "from_on", "until_on", "limits"]

    def act(self, *, actor):
        values = dict(self.cleaned_data)
        principal, to = values.pop("principal"), values.pop("delegate")
        return services.delegate(principal, actor=actor, to=to, **values)


class EndDelegationForm(ServiceForm):
    sure = forms.BooleanField(label=_("Yes, end this delegation now"))

    class Meta(WagtailAdminModelForm.Meta):
        model = Delegation
        fields: list[str] = []

    def act(self, *, actor):
        return services.end_delegation(self.instance, actor=actor, today=self.today)


class GrantForm(ServiceForm):
    role = forms.ChoiceField(label=_("role"))

    class Meta(WagtailAdminModelForm.Meta):
        model = RoleGrant
        fields = ["user", "role", "body", "agency", "team", "from_on", "until_on"]
        widgets = {"user": LoginWidget}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = [role for role in grants.all_roles() if role.how == grants.GRANT]
        allowed = [role for role in known if may_grant(self.for_user, role.slug, self.today)]
        self.fields["role"].choices = [("", "---------"), *((role.slug, role.label) for role in allowed)]

    def act(self, *, actor):
        values = dict(self.cleaned_data)
        return services.grant_role(values.pop("user"), actor=actor, today=self.today, **values)


class WithdrawForm(ServiceForm):
    sure = forms.BooleanField(label=_("Yes, take this role back now"))

    class Meta(WagtailAdminModelForm.Meta):
        model = RoleGrant
        fields: list[str] = []

    def act(self, *, actor):
        grant = self.instance
        services.withdraw_role(grant.user, role=grant.role, actor=actor, today=self.today, grant=grant)
        return grant
