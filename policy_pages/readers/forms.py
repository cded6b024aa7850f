"""What people type on the screens of reading. They hold no rule: the services check everything again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.content.choices import OneOf
from kernel.content.dates import DateInputField
from kernel.organisation.models import Agency, JobRole, PersonKind, StaffGroup, StaffProfile, Team
from policy_pages.models.reading import DAYS, MOST_DAYS
from policy_pages.readers.questions import FEWEST_ANSWERS, MOST_ANSWERS

# So much of a clause is shown where one is chosen.
SHOWN = 90


class ConfirmForm(forms.Form):
    """The words somebody puts their name to, and the questions of the version."""

    person = forms.IntegerField(widget=forms.HiddenInput)
    read = forms.BooleanField(error_messages={"required": _("Tick the box to say that you have read it.")})

    def __init__(self, *args, statement: str, questions=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["read"].label = statement
        self.questions = list(questions)
        for row in self.questions:
            self.fields[f"question_{row.number}"] = forms.ChoiceField(
                label=row.question,
                choices=[(str(place), words) for place, words in enumerate(row.answers)],
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose an answer.")},
            )
        self.order_fields(["person", *[f"question_{row.number}" for row in self.questions], "read"])

    @property
    def answers(self) -> dict[int, str]:
        return {row.number: self.cleaned_data.get(f"question_{row.number}") for row in self.questions}


class QuestionForm(forms.Form):
    """One question with up to four answers; the service gets the answers as a list."""

    question = forms.CharField(
        label=_("Question"),
        max_length=300,
        help_text=_("One thing that the text asks people to do. Not a trap."),
        error_messages={"required": _("Enter the question.")},
    )
    right = forms.TypedChoiceField(
        label=_("Which answer is right?"),
        choices=[(str(place), _("Answer %(n)d") % {"n": place + 1}) for place in range(MOST_ANSWERS)],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the answer that is right.")},
    )
    clause = forms.ChoiceField(
        label=_("Clause that answers it"),
        help_text=_("It is shown to whoever answers otherwise."),
        error_messages={"required": _("Choose the clause that answers it.")},
    )

    def __init__(self, *args, clauses, **kwargs):
        super().__init__(*args, **kwargs)
        for place in range(1, MOST_ANSWERS + 1):
            self.fields[f"answer_{place}"] = forms.CharField(
                label=_("Answer %(n)d") % {"n": place},
                max_length=200,
                required=place <= FEWEST_ANSWERS,
                error_messages={"required": _("Enter answer %(n)d.") % {"n": place}},
            )
        short = [(key, words if len(words) <= SHOWN else f"{words[:SHOWN]}…") for key, words in clauses]
        self.fields["clause"].choices = [("", _("Choose one")), *short]
        names = [f"answer_{place}" for place in range(1, MOST_ANSWERS + 1)]
        self.order_fields(["question", *names, "right", "clause"])

    def clean(self):
        data = super().clean()
        given = [data.pop(f"answer_{place}", "") for place in range(1, MOST_ANSWERS + 1)]
        while given and not given[-1]:
            given.pop()
        data["answers"] = given
        return data


class RuleForm(forms.Form):
    essential = forms.TypedChoiceField(
        label=_("How much must they know it?"),
        choices=[
            ("yes", _("Essential: they confirm that they have read it")),
            ("no", _("For information: they confirm nothing")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether it is essential or for information.")},
    )
    staff_group = OneOf(StaffGroup.objects, label=_("Staff group"), required=False)
    job_role = OneOf(JobRole.objects, label=_("Job role"), required=False)
    agency = OneOf(Agency.objects.filter(active=True), label=_("Agency"), required=False)
    team = OneOf(Team.objects, label=_("Team and all below it"), required=False)
    person_kind = forms.ChoiceField(
        label=_("Kind of person"), choices=[("", "---------"), *PersonKind.choices], required=False
    )
    days = forms.IntegerField(
        label=_("Days to read, from the first day in force"), min_value=1, max_value=MOST_DAYS, initial=DAYS
    )
    joiner_days = forms.IntegerField(
        label=_("Days for joiners, from their first day in the post"),
        min_value=1,
        max_value=MOST_DAYS,
        initial=DAYS,
    )
    from_on = DateInputField(label=_("First day"), required=False, help_text=_("Empty: today."))


class PersonChoice(OneOf):
    def label_from_instance(self, person):
        return f"{person.name}, {person.staff_number}" if person.staff_number else person.name


class PaperForm(forms.Form):
    person = PersonChoice(
        StaffProfile.objects.none(),
        label=_("Who read it"),
        help_text=_("People who are asked to read it and cannot sign in."),
        error_messages={"required": _("Choose who read it.")},
    )
    read_on = DateInputField(
        label=_("Day on which they read it"), error_messages={"required": _("Enter the day.")}
    )
    where = forms.CharField(
        label=_("Where the signed sheet is kept"),
        max_length=200,
        help_text=_("For example: blue folder, ward office, Ward 4."),
        error_messages={"required": _("Say where the signed sheet is kept.")},
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people
