"""Set-up screens of training: the words by which courses are found, and why something is on the programme."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSetGroup

from course_catalogue.models import (
    AudienceGroup,
    Framework,
    Level,
    Method,
    OpportunityKind,
    Priority,
    Subject,
)
from kernel.audit import record
from kernel.organisation.admin_views import SetUp

WORD = ("name", "key", "place", "active")


class Recorded:
    """Written down with the names of the fields that changed; the generic view saves in one transaction."""

    def save_instance(self):
        instance = super().save_instance()
        facts = {"fields": self.form.changed_data}
        record("training.edit_vocabulary", actor=self.request.user, target=instance, facts=facts)
        return instance


class RecordedCreate(Recorded, generic.CreateView):
    pass


class RecordedEdit(Recorded, generic.EditView):
    pass


def _fields(*names) -> ObjectList:
    return ObjectList([FieldPanel(name) for name in names])


class Words(SetUp):
    """Nothing is deleted: what is not used any more is switched off."""

    add_view_class = RecordedCreate
    edit_view_class = RecordedEdit
    icon = "list-ul"


class Subjects(Words):
    model = Subject
    name = "training_subject"
    url_prefix = "training/subjects"
    list_display = ["name", "specialist", "active"]
    edit_handler = _fields(*WORD, "specialist")


class Kinds(Words):
    model = OpportunityKind
    name = "training_kind"
    url_prefix = "training/kinds"
    list_display = ["name", "first_level", "last_level", "event", "active"]
    edit_handler = _fields(*WORD, "first_level", "last_level", "event")


class Frameworks(Words):
    model = Framework
    name = "training_framework"
    url_prefix = "training/frameworks"
    list_display = ["name", "edition"]
    edit_handler = _fields("name", "edition")


class Levels(Words):
    model = Level
    name = "training_level"
    url_prefix = "training/levels"
    list_display = ["number", "framework", "words"]
    edit_handler = _fields("framework", "number", "words")


class Groups(Words):
    model = AudienceGroup
    name = "training_group"
    url_prefix = "training/audience-groups"
    list_display = ["name", "words", "tag", "active"]
    edit_handler = _fields(*WORD, "words", "tag")


class Methods(Words):
    model = Method
    name = "training_method"
    url_prefix = "training/methods"
    list_display = ["name", "digital", "active"]
    edit_handler = _fields(*WORD, "digital")


class Priorities(Words):
    model = Priority
    name = "training_priority"
    url_prefix = "training/priorities"
    list_display = ["name", "source", "stated_on", "active"]
    list_filter = ["source", "active"]
    edit_handler = _fields("name", "source", "words", "stated_on", "active")


class TrainingGroup(ModelViewSetGroup):
    menu_label = _("Training")
    menu_icon = "calendar"
    menu_order = 710
    items = (Subjects, Kinds, Frameworks, Levels, Groups, Methods, Priorities)
