"""How an admin form asks for a person or a login: a field, the window in which one searches, its addresses.

A plain select would list everybody. Whoever has left is not offered; a value that stands in a form stays shown.
"""

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, OuterRef, Q, Subquery
from django.http import Http404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets import BaseChooser

from kernel.organisation.models import Post, StaffProfile
from kernel.organisation.permissions import may_choose_logins, may_choose_people


def people_offered(request):
    """Whoever is here today; the post tells namesakes apart."""
    if not may_choose_people(request.user):
        raise Http404
    today = timezone.localdate()
    posts = Post.objects.on(today).filter(person=OuterRef("pk")).order_by("-primary", "pk")
    people = StaffProfile.objects.here(today).select_related("agency")
    return people.annotate(post=Subquery(posts.values("job_role__name")[:1]))


def logins_offered(request):
    """Open logins; a superuser's only to superusers."""
    if not may_choose_logins(request.user):
        raise Http404
    logins = get_user_model().objects.filter(is_active=True).select_related("staff_profile")
    return logins if request.user.is_superuser else logins.filter(is_superuser=False)


class WordsForm(BaseFilterForm):
    """Every word typed must stand somewhere in the row's own words."""

    searched: tuple[str, ...] = ()
    q = forms.CharField(label=gettext_lazy("Search by name"), required=False, max_length=100)

    def filter(self, rows):
        self.search_query = self.cleaned_data["q"]
        self.is_searching = bool(self.search_query)
        for word in self.search_query.split():
            found = [Q(**{f"{name}__icontains": word}) for name in self.searched]
            rows = rows.filter(Q.create(found, connector=Q.OR))
        return super().filter(rows)


class PeopleWords(WordsForm):
    searched = ("name", "agency__name")


class LoginWords(WordsForm):
    searched = ("email", "first_name", "last_name", "staff_profile__name")


class _Offers:
    """What the window lists is also all that it hands out."""

    offered = None
    called = ""

    @property
    def title_column(self):
        column = super().title_column
        column.label = self.called
        return column

    def get_object_list(self):
        return type(self).offered(self.request)

    def get_object(self, pk):
        return type(self).offered(self.request).get(pk=int(pk) if pk.isdecimal() else None)

    def get_objects(self, pks):
        return type(self).offered(self.request).filter(pk__in=[pk for pk in pks if pk.isdecimal()])

    def get_edit_item_url(self, instance):
        return None

    def can_create(self):
        return False


class _People(_Offers):
    offered = people_offered
    filter_form_class = PeopleWords
    ordering = ("name", "pk")

    called = gettext_lazy("Name")

    @property
    def columns(self):
        more = [Column("post", label=_("Post")), Column("agency", label=_("Agency"))]
        return [*super().columns, *more]


class _Logins(_Offers):
    offered = logins_offered
    filter_form_class = LoginWords
    ordering = ("email", "pk")
    called = gettext_lazy("E-mail address")

    @property
    def columns(self):
        return [*super().columns, Column("person", label=_("Person"), accessor=person_of)]


def person_of(login) -> str:
    person = getattr(login, "staff_profile", None)
    return person.name if person else login.get_full_name()


class PeopleChoose(_People, chooser.ChooseView):
    pass


class PeopleResults(_People, chooser.ChooseResultsView):
    pass


class PeopleChosen(_People, chooser.ChosenView):
    pass


class PeopleChosenMultiple(_People, chooser.ChosenMultipleView):
    pass


class LoginChoose(_Logins, chooser.ChooseView):
    pass


class LoginResults(_Logins, chooser.ChooseResultsView):
    pass


class LoginChosen(_Logins, chooser.ChosenView):
    pass


class LoginChosenMultiple(_Logins, chooser.ChosenMultipleView):
    pass


class KnowingChooser(BaseChooser):
    """Shows what is chosen; ``known`` saves a form with many rows a question for each."""

    js_constructor = "ReturningChooser"
    show_edit_link = False
    clear_choice_text = gettext_lazy("Choose nobody")

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.known = {}

    @cached_property
    def media(self):
        return super().media + forms.Media(js=[versioned_static("kernel_organisation/chooser.js")])

    def get_instance(self, value):
        return self.known.get(value) or super().get_instance(value)

    def get_value_data_from_instance(self, instance):
        return {"id": instance.pk, "title": self.get_display_title(instance), "edit_url": None}


class ShownPerson(KnowingChooser):
    def get_display_title(self, person):
        if person.left_on is None:
            return person.name
        words = {"name": person.name, "day": date_format(person.left_on, "j F Y")}
        return _("%(name)s (last day %(day)s)") % words


class _Chooser(ChooserViewSet):
    """Nobody is made here: a person or login is entered on the screen that asks for all of it."""

    icon = "user"
    register_widget = False
    choose_another_text = gettext_lazy("Choose somebody else")

    def get_urlpatterns(self):
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]


class PeopleChooserViewSet(_Chooser):
    model = StaffProfile
    choose_one_text = gettext_lazy("Choose a person")
    base_widget_class = ShownPerson
    choose_view_class = PeopleChoose
    choose_results_view_class = PeopleResults
    chosen_view_class = PeopleChosen
    chosen_multiple_view_class = PeopleChosenMultiple


class LoginChooserViewSet(_Chooser):
    model = get_user_model()
    choose_one_text = gettext_lazy("Choose a login")
    base_widget_class = KnowingChooser
    choose_view_class = LoginChoose
    choose_results_view_class = LoginResults
    chosen_view_class = LoginChosen
    chosen_multiple_view_class = LoginChosenMultiple


people_chooser = PeopleChooserViewSet("organisation_people_chooser", url_prefix="organisation/choose-person")
login_chooser = LoginChooserViewSet("organisation_login_chooser", url_prefix="organisation/choose-login")
PersonWidget = people_chooser.widget_class
LoginWidget = login_chooser.widget_class


class PersonField(forms.ModelChoiceField):
    """Somebody who is here today, or who stood in the form before. Its buttons name the field."""

    current = None

    def get_bound_field(self, form, field_name):
        self.current = self.prepare_value(form.get_initial_for_field(self, field_name))
        for words in ("choose_one_text", "choose_another_text"):
            setattr(self.widget, words, f"{getattr(people_chooser, words)}: {self.label}")
        return super().get_bound_field(form, field_name)

    def to_python(self, value):
        person = super().to_python(value)
        if person and person.pk != self.current and not person.is_here(timezone.localdate()):
            words = _("%(name)s has left, or their agency is suspended. Choose somebody else.")
            raise ValidationError(words % {"name": person.name})
        return person


# Here and not when the windows are registered: forms of a model are made as soon as their module is read.
register_form_field_override(
    ForeignKey, to=StaffProfile, override={"form_class": PersonField, "widget": PersonWidget}
)


def know_people(rows) -> None:
    """Ask once for everybody whom the forms of ``rows`` show."""
    asked = [(row, name, field) for row in rows for name, field in row.fields.items()]
    fields = [(row, name, field) for row, name, field in asked if isinstance(field, PersonField)]
    numbers = {field.prepare_value(row.get_initial_for_field(field, name)) for row, name, field in fields}
    known = StaffProfile.objects.in_bulk(numbers - {None, ""}) if numbers - {None, ""} else {}
    for _row, _name, field in fields:
        field.widget.known = known
