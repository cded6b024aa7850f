"""Set-up screens in the admin, under one menu. Nothing is deleted; people are searched for, not listed whole."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import modelform_factory
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.admin.widgets import Button

from kernel.audit import record
from kernel.organisation import admin_forms, people
from kernel.organisation.chooser_views import LoginWidget
from kernel.organisation.models import (
    Agency,
    Body,
    Delegation,
    JobRole,
    RoleGrant,
    StaffGroup,
    StaffProfile,
    Team,
)
from kernel.organisation.services.rows import lock_lines

WORDS = {"place", "limits"}  # free text of the rows, which the trail's facts do not keep


def _plain(form) -> dict[str, str]:
    """Which row, and the new values of what changed in it; people and teams by key."""
    values = {name: form.cleaned_data.get(name) for name in form.changed_data if name not in WORDS}
    shown = {name: str(getattr(value, "pk", value)) for name, value in values.items()}
    return {"row": str(form.instance.pk), **shown}


def _facts(form) -> dict:
    rows = {
        name: [_plain(row) for row in formset.forms if row.has_changed()]
        for name, formset in getattr(form, "formsets", {}).items()
    }
    fields = [name for name in form.changed_data if name in form.fields]
    return {"fields": fields, "rows": {name: changed for name, changed in rows.items() if changed}}


class ShowsRefusals:
    """Hands the form the day. What a rule or a service refuses goes back to it, as words above it."""

    def get_form_kwargs(self):
        day = {"today": timezone.localdate()} if issubclass(self.get_form_class(), admin_forms.Dayed) else {}
        return {**super().get_form_kwargs(), **day}

    def refused(self, form, words):
        form.add_error(None, words)
        self.produced_error_message = self.get_error_message()
        return self.form_invalid(form)


class Recorded(ShowsRefusals):
    """Check again under lock, save, write it down: one transaction."""

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ValidationError as refusal:
            return self.refused(form, ValidationError(refusal.messages))

    def save_instance(self):
        lock_lines()
        if hasattr(self.form, "check_rows"):
            self.form.check_rows()
        instance = super().save_instance()
        facts = _facts(self.form)
        record("organisation.edit", actor=self.request.user, target=instance, facts=facts)
        if "user" in facts["fields"]:
            login = {"login": instance.user_id}
            record("organisation.link_login", actor=self.request.user, target=instance, facts=login)
        return instance


class RecordedCreate(Recorded, generic.CreateView):
    pass


class RecordedEdit(Recorded, generic.EditView):
    pass


class ByService(ShowsRefusals):
    """The form's own service does everything, its transaction and its trail included."""

    def form_valid(self, form):
        self.form = form
        try:
            self.object = form.act(actor=self.request.user)
        except ValidationError as refusal:
            return self.refused(form, ValidationError(refusal.messages))
        except PermissionDenied as refusal:
            return self.refused(form, str(refusal))
        return self.save_action()


class ServiceCreate(ByService, generic.CreateView):
    pass


class ServiceEdit(ByService, generic.EditView):
    pass


class SetUpList(generic.IndexView):
    """Fetches what its columns name together with the rows."""

    def get_base_queryset(self):
        columns = [field.name for field in self.model._meta.fields if field.is_relation]
        shown = [name for name in columns if name in self.list_display]
        rows = super().get_base_queryset()
        return rows.select_related(*shown) if shown else rows


class SetUp(ModelViewSet):
    """A plain list without copying, deleting or usage: what was in use stays on record."""

    index_view_class = SetUpList
    add_view_class = RecordedCreate
    edit_view_class = RecordedEdit
    copy_view_enabled = False
    add_to_reference_index = False
    gone = {"delete", "usage"}

    def get_common_view_kwargs(self, **kwargs):
        kwargs = super().get_common_view_kwargs(**kwargs)
        return {**kwargs, "delete_url_name": None, "usage_url_name": None}

    def get_urlpatterns(self):
        return [pattern for pattern in super().get_urlpatterns() if pattern.name not in self.gone]


class _WithAct(generic.EditView):
    """An edit screen with one more button, to the screen of an act."""

    act_url_name = None
    act_label = ""

    @property
    def header_more_buttons(self):
        url = reverse(self.act_url_name, args=[self.object.pk])
        return [*super().header_more_buttons, Button(self.act_label, url=url, icon_name="warning")]


class AgencyEdit(RecordedEdit, _WithAct):
    act_url_name = "organisation_agency:standing"
    act_label = _("Suspend or reinstate")


class PersonEdit(RecordedEdit, _WithAct):
    act_url_name = "organisation_person:leave"
    act_label = _("Let go")


class AgencyList(SetUpList):
    def render_to_response(self, context, **kwargs):
        silent = [] if self.results_only else people.agencies_without_contact(timezone.localdate())
        if names := ", ".join(agency.name for agency in silent):
            messages.warning(
                self.request, _("Without a training contact: %(agencies)s") % {"agencies": names}
            )
        return super().render_to_response(context, **kwargs)


class Agencies(SetUp):
    """The list names the partners that have nobody for training, or somebody who has left."""

    model = Agency
    index_view_class = AgencyList
    name = "organisation_agency"
    url_prefix = "organisation/agencies"
    icon = "site"
    edit_view_class = AgencyEdit
    list_display = ["name", "kind", "sector", "contributes_to_board", "active"]
    form_fields = [
        "name",
        "short_name",
        "slug",
        "kind",
        "sector",
        "contributes_to_board",
        "turnover_band",
        "training_contact",
        "contact_name",
        "contact_email",
        "contact_phone",
    ]

    def standing_view(self):
        form = modelform_factory(Agency, form=admin_forms.StandingForm, fields=[])
        kwargs = {**self.get_edit_view_kwargs(), "panel": None, "form_class": form}
        return self.construct_view(ServiceEdit, **kwargs)

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("standing/<key:pk>/", self.standing_view(), name="standing")]


class Teams(SetUp):
    model = Team
    name = "organisation_team"
    url_prefix = "organisation/teams"
    icon = "list-ul"
    list_display = ["name", "kind", "parent", "agency"]
    list_filter = ["agency", "kind"]
    edit_handler = ObjectList(
        [FieldPanel("agency"), FieldPanel("parent"), FieldPanel("kind"), FieldPanel("name")],
        base_form_class=admin_forms.TeamForm,
    )


class JobRoles(SetUp):
    model = JobRole
    name = "organisation_job_role"
    url_prefix = "organisation/job-roles"
    icon = "tag"
    list_display = ["name", "code"]
    form_fields = ["name", "code"]


class StaffGroups(SetUp):
    model = StaffGroup
    name = "organisation_staff_group"
    url_prefix = "organisation/staff-groups"
    icon = "group"
    form_fields = ["name", "job_roles"]


class Bodies(SetUp):
    model = Body
    name = "organisation_body"
    url_prefix = "organisation/bodies"
    icon = "group"
    list_display = ["name", "short_name", "quorum", "ratifies_by"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("short_name"),
            FieldPanel("quorum"),
            FieldPanel("ratifies_by"),
            FieldPanel("approves_by"),
            FieldPanel("approvals_needed"),
            FieldPanel("meets"),
            FieldPanel("reviews_a_meeting"),
            FieldPanel("contact"),
            MultiFieldPanel(
                [
                    FieldPanel(name)
                    for name in (
                        "nation",
                        "consultation_lead",
                        "papers_lead",
                        "in_force_lead",
                        "reading_lead",
                    )
                ],
                heading=_("Dates worked back from a meeting"),
            ),
            InlinePanel(
                "memberships",
                heading=_("Members"),
                panels=[FieldPanel(name) for name in ("person", "capacity", "from_on", "until_on")],
            ),
            InlinePanel(
                "meetings",
                heading=_("Meeting dates"),
                panels=[FieldPanel(name) for name in ("meets_on", "starts_at", "place", "papers_due_on")],
            ),
        ],
        base_form_class=admin_forms.BodyForm,
    )


class People(SetUp):
    model = StaffProfile
    name = "organisation_person"
    url_prefix = "organisation/people"
    icon = "user"
    edit_view_class = PersonEdit
    list_display = ["name", "agency", "kind", "active", "left_on"]
    list_filter = ["agency", "kind", "active"]
    search_fields = ["name", "staff_number", "email"]
    edit_handler = ObjectList(
        [
            *(FieldPanel(name) for name in ("name", "agency", "kind", "staff_number", "email")),
            FieldPanel("user", widget=LoginWidget),
            InlinePanel(
                "posts",
                heading=_("Posts"),
                panels=[
                    FieldPanel(name)
                    for name in ("team", "job_role", "manager", "from_on", "until_on", "primary")
                ],
            ),
        ],
        base_form_class=admin_forms.PersonForm,
    )

    def leave_view(self):
        form = modelform_factory(StaffProfile, form=admin_forms.LeaveForm, fields=[])
        kwargs = {**self.get_edit_view_kwargs(), "panel": None, "form_class": form}
        return self.construct_view(ServiceEdit, **kwargs)

    def get_urlpatterns(self):
        return [*super().get_urlpatterns(), path("leave/<key:pk>/", self.leave_view(), name="leave")]


class Delegations(SetUp):
    model = Delegation
    name = "organisation_delegation"
    url_prefix = "organisation/delegations"
    icon = "redirect"
    add_view_class = ServiceCreate
    edit_view_class = ServiceEdit
    list_display = ["principal", "delegate", "body", "from_on", "until_on", "withdrawn_on"]

    def get_form_class(self, for_update=False):
        return admin_forms.EndDelegationForm if for_update else admin_forms.DelegateForm


class RolesHeld(SetUp):
    model = RoleGrant
    name = "organisation_role"
    url_prefix = "organisation/roles-held"
    icon = "key"
    add_view_class = ServiceCreate
    edit_view_class = ServiceEdit
    list_display = ["role", "user", "body", "agency", "team", "from_on", "until_on", "withdrawn_on"]

    def get_form_class(self, for_update=False):
        return admin_forms.WithdrawForm if for_update else admin_forms.GrantForm


class OrganisationGroup(ModelViewSetGroup):
    menu_label = _("Organisation")
    menu_icon = "group"
    menu_order = 700
    items = (Agencies, Teams, JobRoles, StaffGroups, Bodies, People, Delegations, RolesHeld)
