"""What the editor of Wagtail's admin offers for a course, in three tabs."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
    TitleFieldPanel,
)

TICKS = forms.CheckboxSelectMultiple


def tabs() -> TabbedInterface:
    return TabbedInterface(
        [
            ObjectList(_course(), heading=_("Course")),
            ObjectList(_readers(), heading=_("Who and why")),
            ObjectList(_control(), heading=_("Cost, expert and review")),
        ]
    )


def _course() -> list:
    return [
        TitleFieldPanel("title"),
        FieldRowPanel([FieldPanel("code"), FieldPanel("minutes"), FieldPanel("days_needed")]),
        FieldPanel("aim"),
        FieldPanel("content"),
        InlinePanel(
            "outcomes",
            heading=_("Outcomes"),
            panels=[
                FieldPanel("words"),
                FieldRowPanel([FieldPanel("assess_months"), FieldPanel("refresh_months")]),
            ],
        ),
        FieldRowPanel([FieldPanel("delivery"), FieldPanel("kind"), FieldPanel("level")]),
        InlinePanel(
            "methods",
            heading=_("How it is taught"),
            panels=[FieldRowPanel([FieldPanel("method"), FieldPanel("minutes")])],
        ),
        InlinePanel(
            "sources",
            heading=_("What it rests on"),
            panels=[
                FieldPanel("title"),
                FieldRowPanel([FieldPanel("kind"), FieldPanel("dated_on")]),
                FieldPanel("address"),
            ],
        ),
    ]


def _readers() -> list:
    return [
        FieldPanel("subjects", widget=TICKS),
        FieldPanel("audiences", widget=TICKS),
        InlinePanel(
            "prerequisites",
            heading=_("Needed first"),
            panels=[
                PageChooserPanel("needs", "course_catalogue.CoursePage"),
                FieldPanel("manager_may_confirm"),
            ],
        ),
        FieldPanel("priorities", widget=TICKS),
        MultiFieldPanel([FieldPanel("agency"), FieldPanel("open_to_partners")], heading=_("Shared or not")),
    ]


def _control() -> list:
    return [
        MultiFieldPanel(
            [FieldPanel("cost"), FieldPanel("cost_words"), FieldPanel("rationale")],
            heading=_("Cost and reason"),
        ),
        MultiFieldPanel([FieldPanel("subject_expert"), FieldPanel("review_due")], heading=_("Approval")),
        FieldPanel("slug"),
        CommentPanel(),
    ]
