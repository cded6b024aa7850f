"""What people type about reports, audits and reviews by bodies. The services check everything again."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernel.content.choices import OneOf
from kernel.content.dates import DateInputField
from kernel.organisation.models import Body, StaffProfile
from policy_pages.models import Frequency


def _words(label, *, rows=3, required=True, missing="", **more):
    messages = {"required": missing} if missing else {}
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, widget=area, max_length=4000, required=required, error_messages=messages, **more
    )


def _body(label, missing):
    return OneOf(
        label=label,
        queryset=Body.objects.order_by("name"),
        empty_label=_("Choose one"),
        error_messages={"required": missing},
    )


class ScheduleForm(forms.Form):
    name = forms.CharField(
        label=_("Report"),
        max_length=200,
        help_text=_("For example: incidents of lone working, yearly."),
        error_messages={"required": _("Enter what is reported.")},
    )
    body = _body(_("Committee"), _("Choose the committee that gets it."))
    every_months = forms.TypedChoiceField(
        label=_("How often"),
        choices=Frequency,
        coerce=int,
        error_messages={"required": _("Choose how often.")},
    )
    first_due = DateInputField(
        label=_("First due"),
        help_text=_("The last day on which the first report is in time."),
        error_messages={"required": _("Enter the day on which the first report is due.")},
    )


class ReportForm(forms.Form):
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    made_on = DateInputField(
        label=_("Given on"), required=False, help_text=_("Empty where there was no report for this due day.")
    )
    minute_reference = forms.CharField(label=_("Minute reference"), max_length=60, required=False)
    note = _words(_("Note, or why there was no report"), required=False)


class EndForm(forms.Form):
    reason = _words(
        _("Why it is not wanted any more"), missing=_("Say why the report is not wanted any more.")
    )


class PlanForm(forms.Form):
    planned_on = DateInputField(
        label=_("Planned for"), error_messages={"required": _("Enter the day on which it is to be done.")}
    )
    auditor = forms.CharField(
        label=_("Auditor"),
        max_length=255,
        help_text=_("Work e-mail, staff number or whole name. Not the owner or the deputy."),
        error_messages={"required": _("Enter who does the audit.")},
    )
    standard = _words(
        _("Standard"),
        help_text=_("What should be found, and in how many cases."),
        missing=_("Enter the standard against which it is audited."),
    )

    def clean_auditor(self) -> StaffProfile:
        words = self.cleaned_data["auditor"].strip()
        named = Q(email__iexact=words) | Q(user__email__iexact=words) | Q(staff_number__iexact=words)
        found = list(StaffProfile.objects.filter(named | Q(name__iexact=words), active=True).distinct()[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise ValidationError(_("More than one person has that name. Enter the work e-mail."))
        raise ValidationError(_("Nobody in the staff list has that e-mail, number or name."))


class CompleteForm(forms.Form):
    completed_on = DateInputField(
        label=_("Completed on"), error_messages={"required": _("Enter the day on which it was completed.")}
    )
    finding = _words(
        _("Finding"),
        rows=5,
        help_text=_("Where it was not carried out, say that, and why."),
        missing=_("Enter what the audit found."),
    )
    reported_to = _body(_("Reported to"), _("Choose the body that was told."))


class BodyReviewForm(forms.Form):
    body = _body(_("Body"), _("Choose the body."))
    reviewed_on = DateInputField(
        label=_("Reviewed on"),
        required=False,
        help_text=_("Empty to agree the day of the next review alone."),
    )
    minute_reference = forms.CharField(label=_("Minute reference"), max_length=60, required=False)
    found = _words(_("What it found"), required=False)
    next_on = DateInputField(label=_("Reviews it again by"), required=False)

    def __init__(self, *args, bodies=None, **kwargs):
        super().__init__(*args, **kwargs)
        if bodies is not None:
            field = self.fields["body"]
            field.queryset = field.queryset.filter(pk__in=bodies)
