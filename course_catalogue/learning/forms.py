"""What people type when they book, answer, cancel or give away. The services check everything again."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from course_catalogue.booking.priorities import MOST, MOST_WORDS
from course_catalogue.enums import CancelledBy
from kernel.content.choices import OneOf
from kernel.lifecycle.templatetags.dates import clock, day_and_date

HELP = gettext_lazy("What helps you take part?")
SHOWN = 40
RELEASED = [("yes", gettext_lazy("Yes, protected time")), ("not yet", gettext_lazy("Not yet"))]


class WhoForm(forms.Form):
    """Step 1. ``people``: whom this login may book; ``found``: those offered to tick, the others can be searched.
    ``alone``: the login may book its own person and nobody else, so nobody is ticked.
    """

    who = forms.MultipleChoiceField(
        label=gettext_lazy("Who is it for?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Choose who the place is for."),
            "invalid_choice": gettext_lazy("Choose people from the list."),
        },
    )
    needs = forms.CharField(
        label=HELP,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=1000,
        help_text=gettext_lazy(
            "For example a hearing loop, papers in large print, a seat near the door. Seen by the trainer and the "
            "training team alone, and erased after the day."
        ),
    )

    override = forms.CharField(
        label=gettext_lazy("Why a limit is passed over"),
        required=False,
        max_length=300,
        help_text=gettext_lazy(
            "Only for the training team: booking that is not open, a limit of an agency or sector, a course that is "
            "needed first. Never the number of places. The reason is kept. Empty: nothing is passed over."
        ),
    )
    priority = forms.IntegerField(
        label=gettext_lazy("Priority on the waiting list"),
        required=False,
        min_value=0,
        max_value=MOST,
        help_text=gettext_lazy("From 1 to 9, the highest first. Empty: the line as it is."),
    )
    priority_reason = forms.CharField(
        label=gettext_lazy("Why this person comes first"), required=False, max_length=MOST_WORDS
    )
    OFFICE = ("override", "priority", "priority_reason")

    def __init__(self, *args, people, found, me=None, alone=False, office=False, **kwargs):
        super().__init__(*args, **kwargs)
        for name in () if office else self.OFFICE:
            del self.fields[name]
        self.people = people
        self.fields["who"].choices = [(str(row.pk), _("Me") if row == me else _named(row)) for row in found]
        if alone:
            del self.fields["who"]
            self.only = [me]

    def clean_who(self):
        keys = [int(key) for key in self.cleaned_data["who"]]
        found = {row.pk: row for row in self.people.filter(pk__in=keys)}
        if set(found) != set(keys):
            raise forms.ValidationError(_("Choose people from the list."))
        return [found[key] for key in keys]

    def clean(self):
        data = super().clean()
        if data.get("priority") and not data.get("priority_reason", "").strip():
            self.add_error("priority_reason", _("Say why this person comes first on the list."))
        return data

    @property
    def office(self) -> dict:
        """What the training team alone says, for the sheet."""
        said = {name: self.cleaned_data.get(name) for name in self.OFFICE if name in self.fields}
        return {name: value.strip() if isinstance(value, str) else value or 0 for name, value in said.items()}

    @property
    def chosen(self):
        return self.cleaned_data["who"] if "who" in self.fields else self.only


def _named(person):
    return _("%(name)s, %(agency)s") % {"name": person.name, "agency": person.agency.short_name}


class TermsForm(forms.Form):
    """Step 2. A tick where the agency is to pay something; what helps each one where several are booked.

    ``managers``: of the one person who is booked, where there are several to choose from.
    """

    agreed = forms.BooleanField(
        error_messages={"required": gettext_lazy("Tick that your agency agrees, or leave the date.")}
    )
    auto_accept = forms.BooleanField(
        label=gettext_lazy("If a place becomes free, book it at once and tell me"), required=False
    )

    released = forms.ChoiceField(
        label=gettext_lazy("Released from duty for these hours?"), choices=RELEASED, widget=forms.RadioSelect
    )

    manager = forms.TypedChoiceField(
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say which manager is to be asked.")},
    )

    def __init__(self, *args, persons=(), asks="", waits=False, releases=False, managers=(), **kwargs):
        super().__init__(*args, **kwargs)
        if not releases:
            del self.fields["released"]
        if managers:
            words = {"name": persons[0].name}
            self.fields["manager"].label = _("Which line manager is asked to release %(name)s?") % words
            self.fields["manager"].choices = [(row.pk, row.name) for row in managers]
        else:
            del self.fields["manager"]
        if asks:
            self.fields["agreed"].label = asks
        else:
            del self.fields["agreed"]
        if not waits:
            del self.fields["auto_accept"]
        for person in persons if len(persons) > 1 else ():
            self.fields[f"needs_{person.pk}"] = forms.CharField(
                label=_("What helps %(name)s take part?") % {"name": person.name},
                widget=forms.Textarea(attrs={"rows": 2}),
                required=False,
                max_length=1000,
            )

    def needs(self, persons) -> dict[str, str]:
        """By key of the person, for those who need something."""
        said = {str(person.pk): self.cleaned_data.get(f"needs_{person.pk}", "").strip() for person in persons}
        return {key: words for key, words in said.items() if words}


class ReleaseForm(forms.Form):
    released = forms.ChoiceField(
        label=gettext_lazy("Released from duty for these hours?"),
        choices=RELEASED,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Say whether the time is protected. Not yet is an answer too.")
        },
    )


class PriorityForm(forms.Form):
    """Of somebody who waits."""

    priority = forms.IntegerField(
        label=gettext_lazy("Priority"),
        min_value=0,
        max_value=MOST,
        help_text=gettext_lazy("From 1 to 9, the highest first; 0: in the order of asking, as everybody."),
        error_messages={"required": gettext_lazy("Enter a number from 0 to 9.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=MOST_WORDS,
        help_text=gettext_lazy("Those behind read it, without the name."),
        error_messages={"required": gettext_lazy("Say why.")},
    )


class PressForm(forms.Form):
    """Nothing to type."""


class OfferForm(forms.Form):
    """A tick where the agency is to pay something."""

    agreed = forms.BooleanField(
        error_messages={"required": gettext_lazy("Tick that your agency agrees, or let it go.")}
    )

    def __init__(self, *args, asks="", **kwargs):
        super().__init__(*args, **kwargs)
        if asks:
            self.fields["agreed"].label = asks
        else:
            del self.fields["agreed"]


class MoveForm(forms.Form):
    to = OneOf(
        label=gettext_lazy("To which date?"),
        queryset=None,
        empty_label=gettext_lazy("Choose a date"),
        error_messages={
            "required": gettext_lazy("Choose the date."),
            "invalid_choice": gettext_lazy("Choose a date from the list."),
        },
    )

    agreed = forms.BooleanField(
        error_messages={"required": gettext_lazy("Tick that your agency agrees, or choose another date.")}
    )

    def __init__(self, *args, dates, asks="", **kwargs):
        super().__init__(*args, **kwargs)
        if asks:
            self.fields["agreed"].label = asks
        else:
            del self.fields["agreed"]
        self.fields["to"].queryset = dates
        self.fields["to"].label_from_instance = _date


def _date(session) -> str:
    return f"{day_and_date(session.first_at)}, {clock(session.first_at)}"


class RefusalForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why not?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The person reads these words."),
        error_messages={"required": gettext_lazy("Say why not: the person reads it.")},
    )


class CancelForm(forms.Form):
    """``owed`` comes back as it was shown: an amount that changed meanwhile is shown before anything is done."""

    why = forms.ChoiceField(
        label=gettext_lazy("What is the reason?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the reason.")},
    )
    diverted_by = forms.CharField(
        label=gettext_lazy("Who asked for the other task?"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Only if somebody asked for another task: their name."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Anything we should know"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    owed = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, owed: str, for_agency: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.now = owed
        self.fields["owed"].initial = owed
        kinds = [CancelledBy.OWN, CancelledBy.DIVERTED, *([CancelledBy.AGENCY] if for_agency else [])]
        self.fields["why"].choices = [(kind.value, kind.label.capitalize()) for kind in kinds]

    def clean(self):
        data = super().clean()
        if data.get("why") == CancelledBy.DIVERTED and not data.get("diverted_by", "").strip():
            self.add_error("diverted_by", _("Enter who asked for the other task."))
        if data.get("owed", "") != self.now:
            self.data = self.data.copy()
            self.data[self.add_prefix("owed")] = self.now
            raise forms.ValidationError(
                _("What it costs changed since you opened this page. Read what holds now, then press again.")
            )
        return data


class GiveForm(forms.Form):
    to = OneOf(
        label=gettext_lazy("Who takes the place?"),
        queryset=None,
        empty_label=gettext_lazy("Choose a colleague"),
        error_messages={
            "required": gettext_lazy("Choose who takes the place."),
            "invalid_choice": gettext_lazy("Choose a colleague from the list."),
        },
    )

    def __init__(self, *args, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues


class WithdrawForm(forms.Form):
    """One ground alone: patients would not be safe. There is nothing to choose, only what happened (S0-42)."""

    note = forms.CharField(
        label=gettext_lazy("What makes it unsafe for patients?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "No other ground ends a place. The note is kept; HR sees how often it happens."
        ),
        error_messages={
            "required": gettext_lazy("Say what makes it unsafe: without it a place is not withdrawn.")
        },
    )
    rebook = forms.BooleanField(required=False)

    def __init__(self, *args, next_words="", **kwargs):
        super().__init__(*args, **kwargs)
        if next_words:
            self.fields["rebook"].label = next_words
            self.fields["rebook"].initial = True
        else:
            del self.fields["rebook"]


class SkillsForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("What would help?"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("For example: signing in, finding files, video meetings."),
    )
