"""Set-up screens for site administrators: kinds of screening with their rows, and what a type of document needs."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList
from wagtail.admin.views import generic

from kernel.audit import record
from kernel.organisation import grants
from kernel.organisation.admin_views import SetUp
from policy_pages.models import DocumentTemplate, ScreeningKind


class Recorded:
    """Written down with the names of the fields that changed; the generic view saves in one transaction."""

    def save_instance(self):
        instance = super().save_instance()
        facts = {"fields": self.form.changed_data}
        record("policies.set_up_screening", actor=self.request.user, target=instance, facts=facts)
        return instance


class RecordedCreate(Recorded, generic.CreateView):
    pass


class RecordedEdit(Recorded, generic.EditView):
    pass


class KindForm(WagtailAdminModelForm):
    """The role is chosen among those that are given to people with dates."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        roles = [(role.slug, role.label) for role in grants.all_roles() if role.how == grants.GRANT]
        field = self.fields["lead_role"]
        field.widget = forms.Select(choices=[("", _("Nobody: it opens nothing")), *roles])


class ScreeningKinds(SetUp):
    """Changing a row changes what is asked from now on; records keep the words of their day."""

    model = ScreeningKind
    name = "screening_kind"
    url_prefix = "screening/kinds"
    icon = "tasks"
    add_to_settings_menu = True
    add_view_class = RecordedCreate
    edit_view_class = RecordedEdit
    list_display = ["name", "slug", "answer_set", "lead_role"]
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("slug"),
            FieldPanel("introduction"),
            FieldPanel("aims"),
            FieldPanel("answer_set"),
            FieldPanel("adverse"),
            FieldPanel("lead_role"),
            InlinePanel("rows", heading=_("Rows"), panels=[FieldPanel("label"), FieldPanel("guidance")]),
        ],
        base_form_class=KindForm,
    )


class DocumentTemplates(SetUp):
    """An emptied template asks for nothing; a type without one neither."""

    model = DocumentTemplate
    name = "document_template"
    url_prefix = "screening/templates"
    icon = "doc-full"
    add_to_settings_menu = True
    add_view_class = RecordedCreate
    edit_view_class = RecordedEdit
    list_display = ["document_type"]
    edit_handler = ObjectList(
        [
            FieldPanel("document_type"),
            FieldPanel("screenings", widget=forms.CheckboxSelectMultiple),
            InlinePanel(
                "sections",
                heading=_("Sections required"),
                panels=[FieldPanel("heading"), FieldPanel("alternatives"), FieldPanel("guidance")],
            ),
        ]
    )
