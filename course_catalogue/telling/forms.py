"""What people type about mails. The services check everything again."""

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from course_catalogue.enums import MailKind
from course_catalogue.models import CoursePage
from course_catalogue.telling.subjects import LONGEST
from kernel.content.choices import OneOf


class MessageForm(forms.Form):
    """``key`` is that of one press; ``seen`` is how many people the writer was shown."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    subject = forms.CharField(
        label=_("Subject"),
        max_length=LONGEST,
        help_text=_("What it is about, for example: The room has changed. No names."),
        error_messages={"required": _("Enter the subject.")},
    )
    words = forms.CharField(
        label=_("Message"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Enter the message.")},
    )


class RuleForm(forms.Form):
    course = OneOf(
        CoursePage.objects.none(),
        label=_("Course"),
        required=False,
        empty_label=_("All courses"),
        help_text=_("A course's own rule takes the place of the rule for all courses of the same kind."),
    )
    kind = forms.ChoiceField(
        label=_("What is sent"),
        choices=MailKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is sent.")},
    )
    days_before = forms.IntegerField(
        label=_("Days before the first day"),
        min_value=0,
        max_value=90,
        error_messages={"required": _("Enter how many days before, 0 to 90.")},
    )
    words = forms.CharField(
        label=_("Words"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Enter the words that are sent.")},
    )
    links = forms.CharField(
        label=_("Links"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One on each line: the address, a space, then its title."),
        max_length=4000,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["course"].queryset = CoursePage.objects.live().order_by("title")

    def clean_links(self) -> list[tuple[str, str]]:
        """Pairs of title and address."""
        pairs = []
        for line in self.cleaned_data["links"].splitlines():
            if line.strip():
                url, _space, title = line.strip().partition(" ")
                pairs.append((title.strip(), url))
        if any(not title for title, _url in pairs):
            raise forms.ValidationError(
                _t("Each line is an address that begins with https://, a space, and its title.")
            )
        return pairs
