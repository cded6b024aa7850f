"""What people type about the end of a review. The services check everything again."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernel.content.dates import DateInputField
from policy_pages import search


class SeenForm(forms.Form):
    """``seen`` comes back as it was shown: what changed meanwhile is told before anything is done."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, seen: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.now = seen
        self.fields["seen"].initial = seen

    def clean(self):
        data = super().clean()
        if data.pop("seen", "") != self.now:
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = self.now
            raise forms.ValidationError(
                _(
                    "The text in force or the day of its review changed since you opened this page. "
                    "Read what holds now, then press again."
                )
            )
        return data


class NoChangeForm(SeenForm):
    reason = forms.CharField(
        label=gettext_lazy("What did your review find?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        help_text=gettext_lazy("What you looked at, and why the words can stay. The body decides upon it."),
        error_messages={"required": gettext_lazy("Say what your review found: the body decides upon it.")},
    )


class MoreTimeForm(SeenForm):
    to_due = DateInputField(
        label=gettext_lazy("New date"),
        error_messages={"required": gettext_lazy("Enter the new date of the review.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Why more time is needed"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=300,
        help_text=gettext_lazy("Readers see these words after “because”."),
        error_messages={"required": gettext_lazy("Say why: readers see it beside the new date.")},
    )
    risk = forms.CharField(
        label=gettext_lazy("What may go wrong meanwhile, and what you do about it"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
        error_messages={
            "required": gettext_lazy("Say what may go wrong meanwhile, and what you do about it.")
        },
    )


class RetireForm(SeenForm):
    reason = forms.CharField(
        label=gettext_lazy("Why it is withdrawn"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        help_text=gettext_lazy("Readers see these words."),
        error_messages={"required": gettext_lazy("Say why: readers see the reason.")},
    )
    replaced_by = forms.CharField(
        label=gettext_lazy("Reference of the policy to use instead"),
        required=False,
        max_length=30,
        help_text=gettext_lazy("For example CP-019. Empty: nothing takes its place."),
    )
    withdrawn_from = DateInputField(
        label=gettext_lazy("First day without it"),
        help_text=gettext_lazy("If it is decided later than that: the day of the decision."),
        error_messages={"required": gettext_lazy("Enter the first day on which nobody follows it.")},
    )

    def __init__(self, *args, readable, **kwargs):
        super().__init__(*args, **kwargs)
        self.readable = readable

    def clean_replaced_by(self):
        """The policy of that reference among those in force that this person may read."""
        typed = self.cleaned_data["replaced_by"].strip()
        if not typed:
            return None
        found = search.referenced(self.readable, typed)
        if found is None:
            words = _(
                "No policy in force has the reference %(typed)s. Leave it empty if nothing takes its place."
            )
            raise forms.ValidationError(words % {"typed": typed})
        return found
