"""What people type about meetings. The forms hold no rule: the services check everything again."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernel.content.dates import DateInputField
from kernel.content.fields import asked_for
from kernel.meetings.enums import NOT_DECIDED
from kernel.meetings.kinds import Condition
from kernel.meetings.recording import Said

# Conditions of one item, as many as a screen holds without a script.
CONDITIONS = range(1, 4)


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("What the minutes get wrong"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        error_messages={"required": gettext_lazy("Say what the minutes get wrong.")},
    )


class MinutesForm(forms.Form):
    """Who was there, once; then each item. Days and reference are worked out and can be changed."""

    def __init__(self, *args, meeting, items, standings, members, first_day, **kwargs):
        super().__init__(*args, **kwargs)
        self.items, self.standings = items, standings
        self.known = {str(person.pk): person for person in members}
        self.fields["present"] = asked_for(_people(_("Members present"), members))
        self.fields["present"].help_text = _("A decision needs a quorum of them; sending back needs none.")
        self.fields["reference"] = forms.CharField(
            label=_("Minute reference"),
            max_length=50,
            initial=f"{meeting.body.short_name.upper()}/{meeting.meets_on:%y}/{meeting.meets_on:%m}",
            help_text=_("Each item gets its number behind it."),
            error_messages={"required": _("Enter the minute reference.")},
        )
        for item in items:
            self._add(item, standings.get(item.pk), members, first_day)

    def _add(self, item, known, members, first_day) -> None:
        offered = known.outcomes if known and not known.problem else ()
        choices = [(row.key, row.label) for row in offered] + [(NOT_DECIDED, _("Not decided today"))]
        self.fields[f"outcome_{item.pk}"] = forms.ChoiceField(
            label=_("What was decided: %(title)s") % {"title": item.title},
            choices=choices,
            widget=forms.RadioSelect,
            initial=None if offered else NOT_DECIDED,
            error_messages={"required": _("Choose what was decided: %(title)s.") % {"title": item.title}},
        )
        if any(row.asks_day for row in offered):
            self.fields[f"from_{item.pk}"] = asked_for(
                DateInputField(
                    label=_("First day in force, if it is ratified: %(title)s") % {"title": item.title},
                    required=False,
                    initial=first_day,
                    help_text=_("Today or later."),
                )
            )
        if any(row.asks_words for row in offered):
            self.fields[f"words_{item.pk}"] = asked_for(
                forms.CharField(
                    label=_("Reason, if it goes back: %(title)s") % {"title": item.title},
                    required=False,
                    widget=forms.Textarea(attrs={"rows": 2}),
                    max_length=4000,
                )
            )
        if any(row.asks_conditions for row in offered):
            self._add_conditions(item, known.people, members)
        if offered:
            label = _("Present, but took no part: %(title)s") % {"title": item.title}
            self.fields[f"apart_{item.pk}"] = _people(label, members)

    def _add_conditions(self, item, people, members) -> None:
        names = dict(people) | {person.pk: person.name for person in members}
        choices = [("", _("Choose a person")), *((str(pk), name) for pk, name in names.items())]
        for number in CONDITIONS:
            said = {"number": number, "title": item.title}
            self.fields[f"what{number}_{item.pk}"] = forms.CharField(
                label=_("Condition %(number)d, what must be done: %(title)s") % said,
                required=False,
                max_length=2000,
            )
            self.fields[f"who{number}_{item.pk}"] = forms.ChoiceField(
                label=_("Condition %(number)d, who sees to it: %(title)s") % said,
                choices=choices,
                required=False,
            )
            self.fields[f"by{number}_{item.pk}"] = DateInputField(
                label=_("Condition %(number)d, by: %(title)s") % said, required=False
            )

    def conditions_of(self, number) -> list:
        """The fields of the conditions of one item, drawn apart from the rest."""
        names = [f"{part}{row}_{number}" for row in CONDITIONS for part in ("what", "who", "by")]
        return [self[name] for name in names if name in self.fields]

    def clean(self):
        for item in self.items:
            for row in CONDITIONS:
                values = self._row(item.pk, row)
                if any(values) and not all(values):
                    words = _("%(title)s: condition %(number)d needs words, a person and a day.")
                    said = {"title": item.title, "number": row}
                    self.add_error(f"what{row}_{item.pk}", words % said)
        return self.cleaned_data

    def _row(self, number, row) -> list:
        return [self.cleaned_data.get(f"{part}{row}_{number}") for part in ("what", "who", "by")]

    def _conditions(self, number) -> list[Condition]:
        rows = [self._row(number, row) for row in CONDITIONS]
        names = dict(self.fields[f"who1_{number}"].choices)
        return [
            Condition(words=what, person_id=int(who), name=names[who], due=by)
            for what, who, by in rows
            if what and who and by
        ]

    @property
    def present(self) -> list:
        return [self.known[key] for key in self.cleaned_data["present"]]

    def said(self) -> list[Said]:
        return [self._said(item) for item in self.items]

    def _said(self, item) -> Said:
        values, number = self.cleaned_data, item.pk
        outcome = values[f"outcome_{number}"]
        known = self.standings.get(number)
        chosen = next((row for row in known.outcomes if row.key == outcome), None) if known else None
        return Said(
            item_id=number,
            outcome=outcome,
            in_force_from=values.get(f"from_{number}") if chosen and chosen.asks_day else None,
            statement=values.get(f"words_{number}", "") if chosen and chosen.asks_words else "",
            conditions=self._conditions(number) if chosen and chosen.asks_conditions else [],
            took_no_part=[self.known[key] for key in values.get(f"apart_{number}", ())],
        )


def _people(label, members) -> forms.Field:
    """Names that are asked for once, however many items there are."""
    return forms.MultipleChoiceField(
        label=label,
        choices=[(str(person.pk), person.name) for person in members],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
