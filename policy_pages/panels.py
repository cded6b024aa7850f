"""The first panel of a policy's editor: where the text stands and what still stops it."""

from wagtail.admin.panels import Panel

from policy_pages import freezing
from policy_pages.duties import advice
from policy_pages.reviews.services import open_review


class StandingPanel(Panel):
    """Facts about the saved draft, above the fields; nothing to fill in."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "policy_pages/panels/standing.html"

        def is_shown(self):
            return super().is_shown() and bool(self.instance.pk)

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            page = self.instance
            return context | {
                "policy": page,
                "submission": page.open_submission,
                "issued": page.versions.newest_first().first(),
                "problems": page.problems(),
                "review": open_review(page.pk),
                "advice": advice.of(freezing.freeze(page).content),
            }
