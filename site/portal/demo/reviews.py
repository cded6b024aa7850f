"""Reviews of the demo: one due soon, one overdue, one document with two reviews, and the mails about them."""

from datetime import date

from kernel.lifecycle.review import add_months
from policy_pages.models import PolicyPage, ReviewCycle, ReviewRules
from policy_pages.reviews import orphans, reminding, services
from portal.demo import plans
from portal.demo.days import lived_on, months_ago
from portal.demo.organisation import person


def build(today: date) -> bool:
    """True if it built anything; the dates of the texts themselves follow from their plans."""
    if ReviewCycle.objects.filter(main=False).exists():
        return False
    rules = ReviewRules.objects.first() or ReviewRules()
    rules.first_months = 24
    rules.save()
    _programme(today)
    orphans.find(today)
    reminding.remind(today)
    return True


def _programme(today: date) -> None:
    """Two reviews on one document: its text every two years, the programme beside it every 18 months."""
    page = PolicyPage.objects.get(reference=plans.INFECTION.reference)
    day = months_ago(today, 9)
    with lived_on(day):
        services.add_cycle(
            page,
            name="Review of the yearly programme of audits",
            months=18,
            starts_on=add_months(today.replace(day=1), -16),
            actor=person(plans.INFECTION.owner).user,
            today=day,
        )
