"""What officers type about the training pool. The forms hold no rule: the services check everything again."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from course_catalogue.enums import TrainerGround
from course_catalogue.models import SpecificationPoint, Subject
from course_catalogue.planning.pool import teaching_days
from kernel.content.choices import OneOf, SomeOf
from kernel.content.dates import DateInputField
from kernel.lifecycle.templatetags.dates import full_date
from kernel.organisation.models import StaffProfile


class PersonChoice(OneOf):
    def label_from_instance(self, person):
        return f"{person.name}, {person.agency.short_name}"


class JoinForm(forms.Form):
    person = PersonChoice(StaffProfile.objects.none(), label=gettext_lazy("Person"))

    def __init__(self, *args, trainer=None, now=None, **kwargs):
        super().__init__(*args, **kwargs)
        here = StaffProfile.objects.here(timezone.localdate(now)).select_related("agency")
        self.fields["person"].queryset = here.exclude(trainer__active=True).order_by("name", "pk")


class OfTrainer(forms.Form):
    """A form of one trainer; ``now`` is the moment at which it is shown."""

    def __init__(self, *args, trainer, now, **kwargs):
        super().__init__(*args, **kwargs)
        self.trainer, self.now = trainer, now
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the trainer."""

    @property
    def values(self) -> dict:
        return self.cleaned_data


class GroundForm(OfTrainer):
    ground = forms.ChoiceField(
        label=gettext_lazy("What lets them teach"), choices=TrainerGround.choices, widget=forms.RadioSelect
    )
    from_on = DateInputField(label=gettext_lazy("Since when, or the day on which the course was completed"))
    until_on = DateInputField(
        label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Empty: it does not end.")
    )
    evidence = forms.CharField(
        label=gettext_lazy("Where it is seen"),
        max_length=300,
        help_text=gettext_lazy("For example: certificate in the personnel file."),
    )


class EndForm(OfTrainer):
    until_on = DateInputField(label=gettext_lazy("Last day on which it counts"))


class SpecificationForm(OfTrainer):
    met = forms.MultipleChoiceField(
        label=gettext_lazy("Tick what they meet"), required=False, widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(
        label=gettext_lazy("Notes"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )

    def prepare(self):
        points = SpecificationPoint.objects.filter(active=True)
        self.fields["met"].choices = [(str(point.pk), point.words) for point in points]

    @property
    def values(self) -> dict:
        return {"met": [int(key) for key in self.cleaned_data["met"]], "words": self.cleaned_data["words"]}


class ObservationForm(OfTrainer):
    observed_on = DateInputField(label=gettext_lazy("Day"))
    day = forms.ChoiceField(label=gettext_lazy("Session"), required=False)
    observer = forms.CharField(label=gettext_lazy("Observed by"), max_length=255)
    findings = forms.CharField(
        label=gettext_lazy("Findings"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )
    development = forms.CharField(
        label=gettext_lazy("Development notes"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
    )

    def prepare(self):
        past = teaching_days(self.trainer).filter(starts_at__lte=self.now).order_by("-starts_at")[:20]
        self.known = {str(row.pk): row for row in past}
        named = [
            (key, f"{row.session.course.title}, {full_date(row.starts_at)}")
            for key, row in self.known.items()
        ]
        self.fields["day"].choices = [("", _("None of those here")), *named]

    @property
    def values(self) -> dict:
        return {**self.cleaned_data, "day": self.known.get(self.cleaned_data["day"])}


class AwayForm(OfTrainer):
    from_on = DateInputField(label=gettext_lazy("First day"))
    until_on = DateInputField(
        label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Empty: until further notice.")
    )
    words = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=200)


class DaysForm(OfTrainer):
    given_on = DateInputField(label=gettext_lazy("Day"))
    days = forms.DecimalField(
        label=gettext_lazy("Days given"),
        max_digits=4,
        decimal_places=2,
        min_value=0,
        max_value=31,
        help_text=gettext_lazy("Quarters of a day, for example 0.5."),
    )
    words = forms.CharField(label=gettext_lazy("For what"), max_length=300)


class CorrectForm(OfTrainer):
    days = forms.DecimalField(
        label=gettext_lazy("Days that were given"), max_digits=4, decimal_places=2, min_value=0, max_value=31
    )
    words = forms.CharField(label=gettext_lazy("Why it is corrected"), max_length=300)


class TopicsForm(OfTrainer):
    topics = SomeOf(
        Subject.objects.filter(active=True),
        label=gettext_lazy("Topics"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def prepare(self):
        self.fields["topics"].initial = [row.pk for row in self.trainer.topics.all()]

    @property
    def values(self) -> dict:
        return {"topics": list(self.cleaned_data["topics"])}
