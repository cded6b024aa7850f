"""What officers type about sessions. The forms hold no rule: the services check everything again."""

from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from course_catalogue.models import CoursePage, CourseSession
from course_catalogue.planning.day_forms import DayRows
from course_catalogue.planning.days import MOST_DAYS
from course_catalogue.planning.fields import (
    closing_to_day,
    day_to_closing,
    day_to_opening,
)
from course_catalogue.planning.programme_forms import NeedForm
from kernel.content.choices import OneOf
from kernel.content.dates import DateInputField
from kernel.lifecycle.templatetags.dates import clock, day_and_date
from kernel.organisation.models import Agency, AgencyKind

MOST_PLACES = 5000


class StartForm(forms.Form):
    """Which course, and on how many days: asked first, so that no script is needed for the rows."""

    course = OneOf(CoursePage.objects.filter(live=True).order_by("title"), label=gettext_lazy("Course"))
    days = forms.IntegerField(
        label=gettext_lazy("Number of days"), min_value=1, max_value=MOST_DAYS, initial=1
    )


class ValuesForm(forms.Form):
    """What a session says of itself beside its days."""

    host = OneOf(Agency.objects.filter(active=True), label=gettext_lazy("Host"))
    partners = forms.MultipleChoiceField(
        label=gettext_lazy("Held together with"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Each sees the bookings of its own people alone."),
    )
    capacity = forms.IntegerField(
        label=gettext_lazy("Places"),
        required=False,
        min_value=0,
        max_value=MOST_PLACES,
        help_text=gettext_lazy("Empty: as many as come."),
    )
    minimum = forms.IntegerField(
        label=gettext_lazy("Least number of people"),
        required=False,
        min_value=0,
        max_value=MOST_PLACES,
        help_text=gettext_lazy("Empty or 0: it goes ahead however many come."),
    )
    decide_days = forms.IntegerField(
        label=gettext_lazy("Working days before, on which it is decided whether it goes ahead"),
        required=False,
        min_value=0,
        max_value=60,
    )
    days_needed = forms.IntegerField(
        label=gettext_lazy("Days needed for the certificate"),
        required=False,
        min_value=1,
        max_value=MOST_DAYS,
        help_text=gettext_lazy("Empty: as the course says, else all days."),
    )
    opens_on = DateInputField(
        label=gettext_lazy("First day to book"), required=False, help_text=gettext_lazy("Empty: at once.")
    )
    closes_on = DateInputField(
        label=gettext_lazy("Last day to book"),
        required=False,
        help_text=gettext_lazy("Empty: until it begins."),
    )
    needs_approval = forms.BooleanField(
        label=gettext_lazy("The line manager releases people"), required=False, initial=True
    )
    keeps_list = forms.BooleanField(
        label=gettext_lazy("Keep a waiting list when it is full"), required=False, initial=True
    )
    online_link = forms.URLField(
        label=gettext_lazy("Link to join online"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy("Shown to nobody but those who are booked."),
    )
    joining_words = forms.CharField(
        label=gettext_lazy("Joining instructions"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        agencies = list(Agency.objects.filter(active=True).order_by("name"))
        self.agencies = {str(row.pk): row for row in agencies}
        self.fields["partners"].choices = [(str(row.pk), row.name) for row in agencies]
        host = next((row for row in agencies if row.kind == AgencyKind.HOST), None)
        self.fields["host"].initial = host.pk if host else None

    @property
    def values(self) -> dict:
        """The cleaned values as the services of planning take them."""
        data = dict(self.cleaned_data)
        return {
            "host": data["host"],
            "partners": [self.agencies[key] for key in data["partners"]],
            "capacity": data["capacity"],
            "minimum": data["minimum"] or 0,
            "decide_days": data["decide_days"] or 0,
            "days_needed": data["days_needed"],
            "opens_at": day_to_opening(data["opens_on"]),
            "closes_at": day_to_closing(data["closes_on"]),
            "needs_approval": data["needs_approval"],
            "keeps_list": data["keeps_list"],
            "online_link": data["online_link"],
            "joining_words": data["joining_words"].strip(),
        }


class ScheduleForm(DayRows, ValuesForm, NeedForm):
    """One form to plan a session; the fields of the need stand on it only where they are asked for."""

    uid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)

    def __init__(self, *args, asks_need: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.asks_need = asks_need
        if not asks_need:
            del self.fields["cost"], self.fields["need"]

    @property
    def beside(self) -> list:
        """The fields that are not of a day."""
        names = [*ValuesForm.base_fields, *(NeedForm.base_fields if self.asks_need else ())]
        return [self[name] for name in names]


class ChangeForm(ValuesForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    held_closed = forms.BooleanField(label=gettext_lazy("Close booking by hand now"), required=False)
    overbooked_because = forms.CharField(
        label=gettext_lazy("Why more are booked than there are places"), required=False, max_length=300
    )

    @property
    def values(self) -> dict:
        more = {name: self.cleaned_data[name] for name in ("held_closed", "overbooked_because")}
        return super().values | more


def initial_of(session) -> dict:
    """The values of a session as ``ChangeForm`` begins with them."""
    names = (
        "capacity",
        "minimum",
        "decide_days",
        "days_needed",
        "needs_approval",
        "keeps_list",
        "online_link",
    )
    more = ("joining_words", "held_closed", "overbooked_because", "version")
    return {
        "host": session.host_id,
        "partners": [str(key) for key in session.partners.values_list("pk", flat=True)],
        "opens_on": timezone.localdate(session.opens_at) if session.opens_at else None,
        "closes_on": closing_to_day(session.closes_at),
        **{name: getattr(session, name) for name in (*names, *more)},
    }


class MoveForm(DayRows):
    version = forms.IntegerField(widget=forms.HiddenInput)


class OtherDate(OneOf):
    def label_from_instance(self, session):
        return f"{day_and_date(session.first_at)}, {clock(session.first_at)}"


class CancelForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Why is it cancelled?"),
        max_length=300,
        help_text=gettext_lazy("Whoever is booked or waits reads this."),
        error_messages={
            "required": gettext_lazy("Say why the session is cancelled: whoever is booked reads it.")
        },
    )

    to = OtherDate(
        CourseSession.objects.none(),
        label=gettext_lazy("Move everybody to another date first"),
        required=False,
        help_text=gettext_lazy("Their order stays. If one of them cannot come along, nothing happens."),
    )

    def __init__(self, *args, others=None, **kwargs):
        super().__init__(*args, **kwargs)
        if others is None:
            del self.fields["to"]
        else:
            self.fields["to"].queryset = others


class GoForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("Why it goes ahead with fewer people"), max_length=300, required=False
    )
