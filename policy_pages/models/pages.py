from django.core.validators import RegexValidator
from django.db import models
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.models import Page
from wagtail.search import index

from kernel.lifecycle.controlled import ControlledPageMixin, ControlledParentMixin
from kernel.organisation.asking import asking
from policy_pages import completeness, freezing, issuing, library, permissions
from policy_pages.blocks import PolicyBodyField
from policy_pages.converters import REFERENCE
from policy_pages.enums import Audience, DocumentType, Topic
from policy_pages.models.version import PolicyVersion
from policy_pages.panels import StandingPanel
from policy_pages.reviews.months import MonthsWidget
from policy_pages.screening import gates

# The reference is a part of the short address, /p/SG-042/.
REFERENCE_FITS = RegexValidator(
    rf"^{REFERENCE}\Z",
    _("Write the reference with letters A to Z, digits, dots and hyphens alone, for example SG-042."),
)


def _optional(model, label, related_name="+"):
    """A person or body that a draft may lack and a submission may not."""
    return models.ForeignKey(
        f"kernel_organisation.{model}",
        models.PROTECT,
        null=True,
        blank=True,
        related_name=related_name,
        verbose_name=label,
    )


class PolicyIndexPage(ControlledParentMixin, Page):
    """The library: policies stand beneath it. What it lists is asked for each reader, never kept."""

    parent_page_types = ["portal.HomePage"]
    subpage_types = ["policy_pages.PolicyPage"]

    class Meta:
        verbose_name = _("policy library")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        today = timezone.localdate()
        may_add = asking(request, today).empowered and self.may_add(request.user)
        listing = library.listing(request, today, title=self.title, page_id=self.pk, may_add=may_add)
        return context | listing.context | {"sheet": listing.sheet}

    def may_add(self, user) -> bool:
        return self.permissions_for_user(user).can_add_subpage()


class PolicyPage(ControlledPageMixin, Page):
    """The working text of one policy and its control fields. Readers see its issued versions, never this."""

    reference = models.CharField(
        _("reference"),
        max_length=30,
        unique=True,
        null=True,
        blank=True,
        validators=[REFERENCE_FITS],
        help_text=_("For example SG-042."),
    )
    document_type = models.CharField(
        _("type"), max_length=20, choices=DocumentType, default=DocumentType.POLICY
    )
    topic = models.CharField(_("topic"), max_length=20, choices=Topic, default=Topic.CORPORATE)
    body = PolicyBodyField(verbose_name=_("text"), blank=True)
    owner_role = _optional("JobRole", _("owner's job role"))
    policy_owner = _optional("StaffProfile", _("owner"), "policies_owned")
    owner_deputy = _optional("StaffProfile", _("owner's deputy"), "policies_deputised")
    sponsor = _optional("StaffProfile", _("sponsor"))
    approving_body = _optional("Body", _("approved by"))
    ratifying_body = _optional("Body", _("ratified by"))
    audience = models.CharField(_("who may read it"), max_length=10, choices=Audience, default=Audience.STAFF)
    audience_groups = ParentalManyToManyField(
        "kernel_organisation.StaffGroup",
        blank=True,
        related_name="+",
        verbose_name=_("named staff groups"),
        help_text=_("Only where named staff groups alone may read it."),
    )
    review_months = models.PositiveSmallIntegerField(_("review every"), default=36)
    high_risk = models.BooleanField(
        _("high risk"),
        default=False,
        help_text=_("Where a mistake could harm somebody: reviewed sooner, by the rules of review."),
    )

    parent_page_types = ["policy_pages.PolicyIndexPage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["reference"]
    search_fields = [*Page.search_fields, index.FilterField("audience")]
    text_panels = [
        StandingPanel(heading=_("Where this stands")),
        *Page.content_panels,
        FieldRowPanel([FieldPanel("reference"), FieldPanel("document_type"), FieldPanel("topic")]),
        FieldPanel("body"),
    ]
    control_panels = [
        MultiFieldPanel(
            [
                FieldPanel("owner_role"),
                FieldPanel("policy_owner"),
                FieldPanel("owner_deputy"),
                FieldPanel("sponsor"),
                FieldRowPanel([FieldPanel("approving_body"), FieldPanel("ratifying_body")]),
                FieldRowPanel(
                    [
                        FieldPanel(
                            "review_months",
                            widget=MonthsWidget,
                            help_text=_("Sooner, where the rules of review ask for it; never later."),
                        ),
                        FieldPanel("high_risk"),
                    ]
                ),
            ],
            heading=_("Control"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("audience"),
                FieldPanel("audience_groups"),
            ],
            heading=_("Readers"),
        ),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(text_panels, heading=_("Text")),
            ObjectList(
                [*control_panels, FieldPanel("slug"), CommentPanel()], heading=_("Owner, bodies and readers")
            ),
        ]
    )

    class Meta:
        verbose_name = _("policy")
        indexes = [
            # The register reads these from here: the rows themselves are as long as their texts.
            models.Index(
                fields=[
                    "policy_owner",
                    "owner_deputy",
                    "approving_body",
                    "ratifying_body",
                    "topic",
                    "document_type",
                ],
                name="policy_pages_control",
            ),
        ]

    def __str__(self):
        return f"{self.reference} {self.title}" if self.reference else self.title

    def clean(self):
        super().clean()
        self.reference = (self.reference or "").strip().upper() or None

    def full_clean(self, *args, **kwargs):
        self.reference = (self.reference or "").strip().upper() or None
        super().full_clean(*args, **kwargs)

    def serve(self, request, *args, **kwargs):
        """Readers get issued versions, from views of their own: the working text has no page."""
        raise Http404

    def serve_preview(self, request, mode_name):
        """What the editor shows beside the form."""
        context = {
            "policy": self,
            "blocks": freezing.freeze(self).content["blocks"],
            "files": f"/policy/{self.pk}/draft-file/",
        }
        return render(request, "policy_pages/preview.html", context)

    def versions_issued(self) -> int:
        return PolicyVersion.objects.filter(policy_id=self.pk).count()

    def issued_digest(self) -> str:
        digests = PolicyVersion.objects.filter(policy_id=self.pk).newest_first()
        return digests.values_list("text_sha256", flat=True).first() or ""

    def has_version(self, revision) -> bool:
        return PolicyVersion.objects.filter(policy_id=self.pk, revision_id=revision.pk).exists()

    def text_digest(self) -> str:
        return freezing.freeze(self).digest

    def problems(self) -> list[str]:
        return completeness.problems(self)

    def open_gates(self) -> list[str]:
        return gates.open_gates(self)

    def issue(self, submission, *, actor):
        return issuing.issue_version(submission, actor=actor)

    def may_submit(self, user) -> bool:
        return permissions.can_submit(user, self)

    def may_propose(self, user) -> bool:
        return permissions.can_propose(user, self)

    def version_in_force(self, today):
        return (
            PolicyVersion.objects.filter(policy_id=self.pk).in_force(today).defer("content", "html").first()
        )

    def accountable(self) -> list:
        """The logins of the owner, the deputy and the sponsor."""
        people = (self.policy_owner, self.owner_deputy, self.sponsor)
        return list({person.user: None for person in people if person and person.user})

    def decision_address(self) -> str:
        return reverse("policy_decide", args=[self.pk])

    def proposal_address(self, proposal) -> str:
        return reverse("policy_proposal", args=[proposal.pk])

    def chair_action_address(self, action) -> str:
        return reverse("policy_chair_action", args=[action.pk])
