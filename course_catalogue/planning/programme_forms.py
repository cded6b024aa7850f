"""What officers type about the programme of a year. The services check everything again."""

from django import forms
from django.utils.translation import gettext_lazy

from course_catalogue.models import CoursePage
from course_catalogue.planning.programme import Need
from kernel.content.choices import OneOf
from kernel.content.dates import DateInputField


class NeedForm(forms.Form):
    """Asked when the course is not on the programme and 1 April has passed (S4-22)."""

    cost = forms.DecimalField(
        label=gettext_lazy("Emerging need: what it costs, in pounds"),
        max_digits=9,
        decimal_places=2,
        required=False,
    )
    need = forms.CharField(
        label=gettext_lazy("Emerging need: which, and why now"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=4000,
    )

    @property
    def said(self) -> Need | None:
        cost, words = self.cleaned_data.get("cost"), self.cleaned_data.get("need") or ""
        return Need(cost, words) if cost is not None or words else None


class AddCourseForm(NeedForm):
    course = OneOf(CoursePage.objects.filter(live=True).order_by("title"), label=gettext_lazy("Course"))
    field_order = ["course", "cost", "need"]


class ProgrammeForm(forms.Form):
    review_due = DateInputField(label=gettext_lazy("Yearly review due"))
    words = forms.CharField(
        label=gettext_lazy("What the programme is for"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
    )


class TakeOffForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why it is taken off"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why the course is taken off.")},
    )


class ReviewForm(forms.Form):
    held_on = DateInputField(label=gettext_lazy("Day on which the review was held"))
    findings = forms.CharField(
        label=gettext_lazy("What the review found"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Say what the review found.")},
        max_length=4000,
    )
