"""What people type on the screens of a policy's way. They hold no rule: the services check everything again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.content.choices import OneOf, SomeOf
from kernel.content.dates import DateInputField
from kernel.content.fields import asked_for
from kernel.lifecycle.conditions import Asked
from kernel.lifecycle.enums import Outcome
from kernel.organisation.models import JobRole, StaffGroup


class SubmitForm(forms.Form):
    """``told`` is what the author was shown about who hears of it: the page compares it at the press."""

    significance = forms.ChoiceField(
        label=_("Must anyone do something differently?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether anyone must do something differently.")},
    )
    asks = forms.ChoiceField(
        label=_("If so, who is asked to read it again?"), widget=forms.RadioSelect, required=False
    )
    roles = forms.MultipleChoiceField(
        label=_("Job roles whose clauses changed"), widget=forms.CheckboxSelectMultiple, required=False
    )
    change_note = forms.CharField(
        label=_("What changed"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        help_text=_("Readers see these words beside the version."),
        error_messages={"required": _("Enter what changed: readers see it beside the version.")},
    )
    wanted_from = DateInputField(
        label=_("First day in force"),
        required=False,
        help_text=_("Empty: the day on which it is ratified."),
    )

    def __init__(self, *args, outlook, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["significance"].choices = outlook.significances()
        self.fields["asks"].choices, self.fields["asks"].initial = outlook.asks(), outlook.preview.proposal
        self.fields["roles"].choices = outlook.roles()
        if not outlook.roles():
            del self.fields["asks"], self.fields["roles"]
        if outlook.is_first:
            del self.fields["significance"]


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        error_messages={"required": _("Say why: the reason is kept with the decision.")},
    )


class StatementForm(forms.Form):
    statement = forms.CharField(
        label=_("Your words for the record"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
    )


class PressForm(forms.Form):
    """A form that asks nothing: the press alone is the answer."""


class ClosureForm(forms.Form):
    words = forms.CharField(
        label=_("What was done"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        error_messages={"required": _("Say what was done.")},
    )


class PlainMeetingForm(forms.Form):
    """What a meeting decided. ``members`` sat on any day since the matter was raised; ``outcomes`` are its own."""

    meeting_on = DateInputField(
        label=_("Date of the meeting"), error_messages={"required": _("Enter the date of the meeting.")}
    )
    present = asked_for(
        SomeOf(
            label=_("Members present"),
            queryset=None,
            widget=forms.CheckboxSelectMultiple,
            required=False,
            help_text=_("A decision needs a quorum of them."),
        )
    )
    no_part = SomeOf(
        label=_("Of these, took no part"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Members with an interest of their own. They make no quorum."),
    )
    minute_reference = forms.CharField(
        label=_("Minute reference"),
        max_length=60,
        error_messages={"required": _("Enter the minute reference.")},
    )
    outcome = forms.ChoiceField(
        label=_("What the meeting decided"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the meeting decided.")},
    )
    statement = asked_for(
        forms.CharField(
            label=_("Reason, if it is refused"),
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
            max_length=4000,
        )
    )

    def __init__(self, *args, members, outcomes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["present"].queryset = self.fields["no_part"].queryset = members
        self.fields["outcome"].choices = outcomes.choices


class ConditionRows(forms.Form):
    """Rows of three fields, as many as a screen holds without a script; those left empty are none."""

    ROWS = 4

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        for number in range(1, self.ROWS + 1):
            for name, field in self._row(number, people):
                self.fields[f"{name}_{number}"] = field

    def _row(self, number, people):
        said = {"number": number}
        words = forms.CharField(
            label=_("Condition %(number)d: what must be done") % said,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
            max_length=2000,
        )
        owner = OneOf(label=_("Condition %(number)d: who sees to it") % said, queryset=people, required=False)
        due = DateInputField(label=_("Condition %(number)d: by") % said, required=False)
        return ("words", words), ("owner", owner), ("due", due)

    def rows(self) -> list:
        """The fields of the conditions, drawn apart from the rest."""
        names = [f"{name}_{n}" for n in range(1, self.ROWS + 1) for name in ("words", "owner", "due")]
        return [self[name] for name in names]

    def others(self) -> list:
        mine = {field.name for field in self.rows()}
        return [field for field in self if field.name not in mine]

    def clean(self):
        """Give ``conditions`` in the place of the single fields."""
        cleaned, found = super().clean(), []
        for number in range(1, self.ROWS + 1):
            row = [cleaned.pop(f"{name}_{number}", None) for name in ("words", "owner", "due")]
            if any(row) and not all(row):
                said = {"number": number}
                self.add_error(
                    f"words_{number}",
                    _("Condition %(number)d needs words, a person and a day.") % said,
                )
            elif all(row):
                found.append(Asked(words=row[0], owner=row[1], due=row[2]))
        return {**cleaned, "conditions": found}


class ConditionsForm(ConditionRows, StatementForm):
    def clean(self):
        cleaned = super().clean()
        if not cleaned["conditions"] and not self.errors:
            self.add_error("words_1", _("Enter at least one condition."))
        return cleaned


class MeetingForm(ConditionRows, PlainMeetingForm):
    """What a meeting decided about a submitted text."""

    in_force_from = asked_for(
        DateInputField(
            label=_("First day in force, if it is ratified"), required=False, help_text=_("Today or later.")
        )
    )

    def __init__(self, *args, outcomes=None, **kwargs):
        super().__init__(*args, outcomes=outcomes or Outcome, **kwargs)
        self.fields["statement"].label = _("Reason, if it is sent back or rejected")
        self.fields["present"].help_text = _("A decision needs a quorum of them; sending back needs none.")


class PlaceholderForm(forms.Form):
    mark = forms.CharField(widget=forms.HiddenInput)
    value = forms.CharField(
        label=_("Words that stand in its place"),
        max_length=300,
        error_messages={"required": _("Enter the words that stand in its place.")},
    )


class BringForm(forms.Form):
    """A document for a new policy; the library is asked for where there are several."""

    file = forms.FileField(
        label=_("Document"),
        help_text=_(
            "Word (.docx), OpenDocument (.odt), a web page (.html), Markdown (.md) or plain text (.txt)."
        ),
        error_messages={
            "required": _("Choose the document."),
            "empty": _("This file is empty. Save it again in Word and bring that."),
        },
    )
    library = OneOf(label=_("Library"), queryset=None, empty_label=None)

    def __init__(self, *args, libraries, **kwargs):
        super().__init__(*args, **kwargs)
        if len(libraries) > 1:
            keys = [library.pk for library in libraries]
            self.fields["library"].queryset = type(libraries[0]).objects.filter(pk__in=keys).order_by("title")
        else:
            del self.fields["library"]


class AcceptForm(forms.Form):
    """What is asked of whoever accepts: its title, if a new policy's document has none; why words may be missing."""

    title = forms.CharField(
        label=_("Title"),
        max_length=255,
        help_text=_("The document states none. This is the name of the file."),
        error_messages={"required": _("Enter the title of the policy.")},
    )
    seen = forms.BooleanField(
        label=_("I have seen these places and go on without the words. This is recorded with my name."),
        error_messages={
            "required": _("Tick to go on without the missing words, or discard and mend the file.")
        },
    )
    losses_reason = forms.CharField(
        label=_("Why it goes on without them"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        error_messages={"required": _("Say why it goes on without the missing words.")},
    )

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].initial = row.working_title
        if row.is_again or not row.receipt or row.receipt["title"]:
            del self.fields["title"]
        if not row.lost:
            del self.fields["seen"], self.fields["losses_reason"]


class LocalRoleForm(forms.Form):
    """What a role as written is in one organisation; all empty takes it back."""

    local_name = forms.CharField(
        label=_("What it is called here"),
        required=False,
        max_length=200,
        help_text=_(
            "For example HR Admin Team. Readers of your organisation see it beside the written role."
        ),
    )
    job_roles = SomeOf(
        label=_("Job roles that have these duties here"),
        queryset=JobRole.objects.order_by("name"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose one or several. Whoever holds one of them has these duties."),
    )
    staff_group = OneOf(
        label=_("Or a staff group"),
        queryset=StaffGroup.objects.order_by("name"),
        required=False,
        empty_label=_("No staff group"),
    )

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **kwargs)
        if row is not None:
            self.initial = {
                "local_name": row.local_name,
                "job_roles": row.job_roles.all(),
                "staff_group": row.staff_group,
            }
