"""The bench's own content. The first policies go the real way through the services; the other rows of the two
thousand are copies of one of them, written through the models with ``bulk_create`` (a base table and its child
table apart, because Django cannot bulk-create a model with a parent)."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from bench.stock.models import StockIndex, StockPage, StockText
from kernel.lifecycle.models import Submission
from kernel.organisation.models import SiteLabels
from policy_pages.enums import Audience
from policy_pages.models import PolicyPage, PolicyVersion, Review, ReviewCycle
from tests.factories import organisation, policies

WORDS = (
    "Staff who are worried about a child or an adult at risk must tell the named nurse on the same day, write down "
    "what they saw and heard in the words that were used, and stay with the person until somebody takes over. "
)
CLAUSES = 12
MARK = "until somebody takes over"
READER = "Rowan Reader"


def body_of(clauses: int) -> list:
    rows = [policies.clause(f"{WORDS} Clause {number}.") for number in range(1, clauses + 1)]
    return [policies.section("What everybody does"), *rows]


def first(audience: str = Audience.STAFF) -> PolicyVersion:
    """One policy through every service, in force today."""
    today = timezone.localdate()
    return policies.issue(draft(CLAUSES, audience=audience), today=today)


def draft(clauses: int, **values) -> PolicyPage:
    """A complete draft; in a transaction, because saving one looks at the submission under a lock."""
    with transaction.atomic():
        return policies.make_policy(body=body_of(clauses), **values)


def labels() -> None:
    site = policies.make_home().sites_rooted_here.get()
    SiteLabels.objects.update_or_create(
        site=site, defaults={"board_name": "Fenbrook Safeguarding Partnership", "help_phone": "01632 960 001"}
    )


def reader():
    """An ordinary member of staff with a post; decides nothing and writes nothing."""
    person = organisation.make_person(user=True, name=READER)
    organisation.make_post(person=person)
    return person.user


def policies_up_to(count: int, like: PolicyVersion) -> None:
    """Copies of ``like`` and its page until ``count`` policies stand in the library."""
    start = PolicyPage.objects.count()
    parent = like.policy.get_parent()
    pages = _bulk_children(parent, PolicyPage, count - start, "copy")
    for number, page in enumerate(pages, start=start + 1):
        child = PolicyPage(
            page_ptr=page,
            reference=f"CO-{number:04}",
            audience=Audience.STAFF,
            policy_owner=like.policy.policy_owner,
            approving_body=like.policy.approving_body,
            ratifying_body=like.policy.ratifying_body,
        )
        _add_child_row(child)
    _versions(pages, like)


def _add_child_row(child) -> None:
    """The row of the page's own table alone; the base row stands already."""
    with disable_reference_index_auto_update():
        child.save_base(raw=True)


def _versions(pages, like) -> None:
    rows = []
    for page in pages:
        row = Submission.objects.get(pk=like.submission_id)
        row.pk, row.page_id = None, page.pk
        rows.append(row)
    submissions = Submission.objects.bulk_create(rows, batch_size=500)
    versions = []
    for page, submission in zip(pages, submissions, strict=True):
        row = PolicyVersion.objects.get(pk=like.pk)
        row.pk, row.policy_id, row.submission = None, page.pk, submission
        row.title, row.reference, row.audience = page.title, f"CO-{page.pk}", Audience.STAFF
        versions.append(row)
    PolicyVersion.objects.bulk_create(versions, batch_size=100)
    _reviews(versions)


def _reviews(versions) -> None:
    cycles = [ReviewCycle(policy_id=row.policy_id, main=True, months=36) for row in versions]
    cycles = ReviewCycle.objects.bulk_create(cycles, batch_size=500)
    facts = {"main": True, "number": 1}
    rows = [
        Review(
            cycle=cycle,
            policy_id=row.policy_id,
            opened_on=row.ratified_on,
            first_due=row.review_due,
            due=row.review_due,
            **facts,
        )
        for cycle, row in zip(cycles, versions, strict=True)
    ]
    Review.objects.bulk_create(rows, batch_size=500)


def stock_pages(count: int) -> None:
    """Plain pages until ``count`` stand beneath an index, each with the words of a policy."""
    index = StockIndex.objects.first() or policies.make_home().add_child(
        instance=StockIndex(title="Stock pages", slug="stock")
    )
    body = "<h2>What everybody does</h2>" + "".join(f"<p>{WORDS}</p>" for _ in range(CLAUSES * 2))
    for number, page in enumerate(_bulk_children(index, StockPage, count - index.numchild, "plain")):
        words = "ladder" if number % 10 == 0 else ""
        words += " zebrafinch" if number == 7 else ""
        _add_child_row(StockPage(page_ptr=page, body=f"{body}<p>{words}</p>"))


def stock_text(clauses: int, number: int, user) -> StockText:
    """A live page with the same blocks as a policy, and a newer draft."""
    page = StockText(title=f"Text {clauses} {number}", slug=f"text-{clauses}-{number}", live=False)
    page.body = body_of(clauses)
    policies.make_home().add_child(instance=page)
    page.save_revision(user=user)
    page.refresh_from_db()
    return page


def _bulk_children(parent, model, count: int, word: str) -> list[Page]:
    if count < 1:
        return []
    parent.refresh_from_db()
    start = parent.numchild
    now = timezone.now() - timedelta(days=1)
    shared = {
        "depth": parent.depth + 1,
        "live": True,
        "content_type": ContentType.objects.get_for_model(model),
        "first_published_at": now,
        "last_published_at": now,
        "locale_id": parent.locale_id,
        "has_unpublished_changes": False,
    }
    rows = []
    for number in range(start + 1, start + count + 1):
        slug = f"{word}-{number}"
        path = Page._get_path(parent.path, parent.depth + 1, number)
        title = f"{word.title()} {number:04}"
        names = {"title": title, "draft_title": title, "slug": slug, "url_path": f"{parent.url_path}{slug}/"}
        rows.append(Page(path=path, **names, **shared))
    made = Page.objects.bulk_create(rows, batch_size=500)
    Page.objects.filter(pk=parent.pk).update(numchild=start + count)
    return made
