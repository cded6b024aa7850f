"""What people type about charges. They hold no rule: the services check everything again."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from course_catalogue.charging import documents, notice
from course_catalogue.charging.kinds import (
    Basis,
    Counting,
    EarlyRule,
    LateRule,
    Length,
    PriceKind,
    Unit,
)
from course_catalogue.models import PayerClass
from kernel.content.choices import OneOf
from kernel.content.dates import DateInputField
from kernel.lifecycle.enums import Nation

LENGTHS = tuple(Length)
TIERS = range(1, 5)
NO_EVIDENCE = "*"


class Amount(forms.DecimalField):
    """Pounds and pence; empty is no amount, which is not 0."""

    def __init__(self, **kwargs):
        super().__init__(required=False, min_value=Decimal(0), max_digits=8, decimal_places=2, **kwargs)
        self.widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 8, "class": "tc-amount"})


class PolicyForm(forms.Form):
    """A whole policy on one page; ``values`` gives what ``policies.add_policy`` takes."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    reference = forms.CharField(
        label=gettext_lazy("Reference of the charging policy"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Of the document that says these rules, for example CP-019."),
    )
    document = forms.ChoiceField(
        label=gettext_lazy("Document of the library that says these rules"), required=False
    )
    from_on = DateInputField(label=gettext_lazy("First day"))
    until_on = DateInputField(
        label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Empty: until another one.")
    )
    number = forms.IntegerField(
        label=gettext_lazy("Free cancelling until so many"), min_value=1, max_value=notice.MOST
    )
    unit = forms.ChoiceField(label=gettext_lazy("Counted in"), choices=Unit.choices)
    counting = forms.ChoiceField(
        label=gettext_lazy("How days are counted"), choices=Counting.choices, widget=forms.RadioSelect
    )
    cut_off = forms.TimeField(
        label=gettext_lazy("Until what time on the last day"),
        initial=notice.FIVE,
        widget=forms.TimeInput(format="%H:%M", attrs={"size": 6}),
        help_text=gettext_lazy("For example 17:00. Not used for hours."),
    )
    nation = forms.ChoiceField(label=gettext_lazy("Bank holidays of"), choices=Nation.choices)
    basis = forms.ChoiceField(label=gettext_lazy("What is charged"), choices=Basis.choices)
    percent = forms.DecimalField(
        label=gettext_lazy("Part of the price, in percent"), required=False, min_value=0, max_value=100
    )
    half_minutes = forms.IntegerField(
        label=gettext_lazy("A half day is at most, in minutes"), min_value=1, max_value=1440, initial=240
    )
    late_minutes = forms.IntegerField(
        label=gettext_lazy("Late after, in minutes"), required=False, min_value=0, max_value=1440
    )
    late_rule = forms.ChoiceField(label=gettext_lazy("Who comes later"), choices=LateRule.choices)
    early_minutes = forms.IntegerField(
        label=gettext_lazy("Left early after, in minutes"), required=False, min_value=0, max_value=1440
    )
    early_rule = forms.ChoiceField(label=gettext_lazy("Who leaves earlier"), choices=EarlyRule.choices)
    person_cancels = forms.BooleanField(
        label=gettext_lazy("The person may cancel"), required=False, initial=True
    )
    coordinator_cancels = forms.BooleanField(
        label=gettext_lazy("The agency's coordinator may cancel"), required=False, initial=True
    )
    extra_costs = forms.BooleanField(label=gettext_lazy("Extra costs are passed on"), required=False)
    extra_words = forms.CharField(
        label=gettext_lazy("Which extra costs"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("For example an interpreter."),
    )
    grounds = forms.CharField(
        label=gettext_lazy("Grounds for waiving a charge"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("One on each line. A star at the end: no evidence is needed."),
        max_length=4000,
    )
    OWN = ("grounds", "document")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = documents.choices()
        self.fields["document"].choices = [("", _("None")), *known]
        del self.fields["reference" if known else "document"]
        self.classes = list(PayerClass.objects.all())
        self.rules = list(self.fields)
        self.amounts = {name: key for name, _words, key in self._amounts()}
        for name, words, _key in self._amounts():
            self.fields[name] = Amount(label=words)
        for place in TIERS:
            self.fields[f"tier_{place}"] = forms.IntegerField(
                label=_("Step %(n)d: told later than") % {"n": place}, required=False, min_value=1
            )
            self.fields[f"tier_{place}_percent"] = forms.DecimalField(
                label=_("Step %(n)d: percent of the charge") % {"n": place},
                required=False,
                min_value=0,
                max_value=100,
                decimal_places=2,
            )
            self.fields[f"tier_{place}_amount"] = Amount(label=_("Step %(n)d: or pounds") % {"n": place})

    def clean(self):
        """A step has its number and one of the two: a part of the charge or pounds."""
        data = super().clean()
        for place in TIERS:
            name = f"tier_{place}"
            if {name, f"{name}_percent", f"{name}_amount"} & set(self.errors):
                continue
            given = [part for part in ("percent", "amount") if data.get(f"{name}_{part}") is not None]
            if data.get(name) is None and given:
                self.add_error(name, _("Say before how much time this step begins."))
            elif data.get(name) is not None and len(given) != 1:
                self.add_error(
                    f"{name}_percent", _("Enter a percentage or an amount in pounds, one of the two.")
                )
        return data

    def _amounts(self):
        """Name, label and (kind, class, length) of every amount that can be typed."""
        for kind in (PriceKind.LATE, PriceKind.ABSENT):
            for length in LENGTHS:
                yield f"{kind}_{length}", f"{kind.label}, {length.label}", (kind, None, length)
        for row in self.classes:
            kind = PriceKind.PLACE if row.pays else PriceKind.LATE
            for length in LENGTHS:
                words = f"{row.name}, {kind.label}, {length.label}"
                yield f"class_{row.pk}_{length}", words, (kind, row, length)

    @property
    def rule_fields(self):
        return [self[name] for name in self.rules]

    @property
    def amount_fields(self):
        return [self[name] for name in self.amounts]

    @property
    def tier_fields(self):
        ends = ("", "_percent", "_amount")
        return [self[f"tier_{place}{end}"] for place in TIERS for end in ends]

    @property
    def values(self) -> dict:
        data = self.cleaned_data
        values = {name: data[name] for name in self.rules if name not in self.OWN}
        values |= documents.fields(data.get("document", ""))
        values["percent"] = data["percent"] if data["basis"] == Basis.PERCENT else None
        values["prices"] = [
            (*key, data[name]) for name, key in self.amounts.items() if data.get(name) is not None
        ]
        values["tiers"] = [
            (data[f"tier_{place}"], data[f"tier_{place}_percent"], data[f"tier_{place}_amount"])
            for place in TIERS
            if data.get(f"tier_{place}")
        ]
        lines = [line.strip() for line in data["grounds"].splitlines() if line.strip()]
        values["grounds"] = [
            (line.rstrip(NO_EVIDENCE).strip()[:200], not line.endswith(NO_EVIDENCE)) for line in lines
        ]
        return values

    @property
    def rule(self) -> notice.Rule:
        data = self.cleaned_data
        return notice.Rule(
            data["number"],
            Unit(data["unit"]),
            Counting(data["counting"]),
            data["cut_off"],
            Nation(data["nation"]),
        )


class EndForm(forms.Form):
    until_on = DateInputField(
        label=gettext_lazy("Last day"), error_messages={"required": gettext_lazy("Enter the last day.")}
    )


class ClassForm(forms.Form):
    payer_class = OneOf(
        PayerClass.objects,
        label=gettext_lazy("Class"),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a class.")},
    )
    from_on = DateInputField(
        label=gettext_lazy("First day"), error_messages={"required": gettext_lazy("Enter the first day.")}
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=300,
        error_messages={"required": gettext_lazy("Say why this agency is in this class.")},
    )


class WaiverForm(forms.Form):
    ground = OneOf(
        None,
        label=gettext_lazy("Ground"),
        required=False,
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the ground in the charging policy.")},
    )
    words = forms.CharField(
        label=gettext_lazy("What happened"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Say what happened: it is decided upon it.")},
    )
    file = forms.FileField(
        label=gettext_lazy("Evidence, as a file"),
        required=False,
        help_text=gettext_lazy("PDF, Word, OpenDocument, plain text, PNG or JPEG; at most 10 MB."),
        error_messages={"empty": gettext_lazy("This file is empty.")},
    )
    link = forms.URLField(
        label=gettext_lazy("Or where the evidence is kept"), required=False, assume_scheme="https"
    )

    def __init__(self, *args, grounds, **kwargs):
        super().__init__(*args, **kwargs)
        if grounds.exists():
            self.fields["ground"].required = True
            self.fields["ground"].queryset = grounds
            self.fields["ground"].label_from_instance = _ground
        else:
            del self.fields["ground"]

    def clean(self):
        return {"ground": None} | super().clean()


def _ground(row) -> str:
    return _("%(words)s (evidence needed)") % {"words": row.words} if row.needs_evidence else row.words


class DecideForm(forms.Form):
    granted = forms.TypedChoiceField(
        label=gettext_lazy("Is the charge dropped?"),
        choices=[
            ("yes", gettext_lazy("Yes: waive it")),
            ("no", gettext_lazy("No: the charge stands")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether the charge is dropped.")},
    )
    answer = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why: who asked reads it.")},
    )


class ExtraForm(forms.Form):
    amount = forms.DecimalField(
        label=gettext_lazy("Amount in pounds"),
        max_digits=8,
        decimal_places=2,
        min_value=Decimal("0.01"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 8}),
        error_messages={"required": gettext_lazy("Enter the amount.")},
    )
    words = forms.CharField(
        label=gettext_lazy("For what"),
        max_length=120,
        error_messages={"required": gettext_lazy("Say what it was for.")},
    )


class PeriodForm(forms.Form):
    first = DateInputField(
        label=gettext_lazy("First day"), error_messages={"required": gettext_lazy("Enter the first day.")}
    )
    last = DateInputField(
        label=gettext_lazy("Last day"), error_messages={"required": gettext_lazy("Enter the last day.")}
    )
