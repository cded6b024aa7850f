"""What people type about a screening. The rules stand in ``entry`` and ``services``; the form asks them at once."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.content.dates import DateInputField
from policy_pages.screening.entry import Entry, problems
from policy_pages.screening.enums import FullOutcome

THIS, OTHER = "this", "other"


class MonthOrDayField(DateInputField):
    """A month of a year, or a day of it; cleans to the date and whether the day is known, or None."""

    def to_python(self, value) -> tuple[date, bool] | None:
        parts = [str(part or "").strip() for part in value or ("", "", "")]
        if not parts[0] and all(parts[1:]):
            return self._day(["1", *parts[1:]]), False
        day = super().to_python(value)
        return (day, True) if day else None

    @staticmethod
    def parts(day: date, day_known: bool = True) -> list[str]:
        """What the three fields show."""
        return [str(day.day) if day_known else "", str(day.month), str(day.year)]


class ScreeningForm(forms.Form):
    """One answer and one comment for each row of the kind, after who assessed what, and when."""

    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    which = forms.ChoiceField(label=_("What was assessed"), widget=forms.RadioSelect)
    document = forms.CharField(
        label=_("Name of the other document"),
        required=False,
        max_length=255,
        help_text=_("Whoever reads or decides is then told that it assesses another document."),
    )
    reviewer_name = forms.CharField(
        label=_("Reviewer's name"),
        max_length=120,
        error_messages={"required": _("Enter the reviewer's name.")},
    )
    reviewer_role = forms.CharField(
        label=_("Reviewer's job role"),
        max_length=120,
        error_messages={"required": _("Enter the reviewer's job role.")},
    )
    assessed_on = MonthOrDayField(
        label=_("Date of the assessment"),
        help_text=_("For example 7 2026, or 14 7 2026. The day may be left out."),
        error_messages={"required": _("Enter the month and the year of the assessment, or the day.")},
    )

    def __init__(self, *args, kind, rows, title, today, again=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind, self.rows, self.today = kind, rows, today
        self.fields["which"].choices = [
            (THIS, _("This document: %(title)s") % {"title": title}),
            (OTHER, _("Another document")),
        ]
        for row in rows:
            self._add_row(row)
        if again:
            self.fields["reason"] = forms.CharField(
                label=_("What is different from the record before"),
                required=False,
                max_length=4000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def _add_row(self, row) -> None:
        missing = _("Choose an answer for “%(row)s”.") % {"row": row.label}
        self.fields[f"answer_{row.pk}"] = forms.ChoiceField(
            label=row.label,
            help_text=row.guidance,
            choices=self.kind.choices,
            widget=forms.RadioSelect,
            error_messages={"required": missing},
        )
        self.fields[f"comment_{row.pk}"] = forms.CharField(
            label=_("Comment on “%(row)s”") % {"row": row.label},
            required=False,
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def clean(self):
        cleaned = super().clean()
        for name, words in problems(self.entry(), self.kind, self.rows, self.today).items():
            if name in self.fields and name not in self.errors:
                self.add_error(name, words)
        return cleaned

    def entry(self) -> Entry:
        data = self.cleaned_data
        day, day_known = data.get("assessed_on") or (None, True)
        return Entry(
            of_this_document=data.get("which") != OTHER,
            document=data.get("document", ""),
            reviewer_name=data.get("reviewer_name", ""),
            reviewer_role=data.get("reviewer_role", ""),
            assessed_on=day,
            day_known=day_known,
            answers={
                row.pk: (data.get(f"answer_{row.pk}", ""), data.get(f"comment_{row.pk}", ""))
                for row in self.rows
            },
            reason=data.get("reason", ""),
        )

    def _typed(self, number) -> tuple[str, str]:
        return tuple(self.cleaned_data.get(f"{name}_{number}", "") for name in ("answer", "comment"))

    @property
    def facts(self):
        """The fields above the rows."""
        return [self[name] for name in ("which", "document", "reviewer_name", "reviewer_role", "assessed_on")]

    @property
    def pairs(self):
        return [(self[f"answer_{row.pk}"], self[f"comment_{row.pk}"]) for row in self.rows]


class ConfirmForm(forms.Form):
    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = forms.CharField(
        label=_("Why the answers still hold"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        error_messages={"required": _("Say why the answers still hold.")},
    )


class FindingsForm(forms.Form):
    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    text_sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    mitigations = forms.CharField(
        label=_("What is done against the negative impact"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        error_messages={
            "required": _("Enter what is done against the negative impact, or why nothing can be.")
        },
    )
    consultation = forms.CharField(
        label=_("Who was asked, and what they said"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        error_messages={"required": _("Enter who was asked and what they said.")},
    )
    decision = forms.ChoiceField(
        label=_("Your decision"),
        choices=[(value, label.capitalize()) for value, label in FullOutcome.choices],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you decide.")},
    )
    reason = forms.CharField(
        label=_("Why"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        help_text=_("The author reads it."),
        error_messages={"required": _("Say why: the author reads it.")},
    )
