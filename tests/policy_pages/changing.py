"""A policy with two issued versions, and the words of a page, for the tests of the change view."""

from datetime import date

from bs4 import BeautifulSoup
from wagtail.models import Site
from wagtail.rich_text import RichText

from kernel.organisation.models import SiteLabels
from tests.factories import policies as make

FIRST, SECOND, THIRD, FAR = date(2024, 1, 8), date(2024, 6, 3), date(2025, 2, 3), date(2091, 4, 2)
MARK = "zebrafinch"
HERE = f"/policies/{MARK}-handling/"
CHANGES = f"{HERE}changes/1.0/2.0/"


def two_versions(audience="staff", **values):
    """1.0 says must in its second clause, 2.0 says should there and has a third clause."""
    page = make.make_policy(
        title=f"{MARK} handling",
        slug=f"{MARK}-handling",
        reference="ZF-1",
        audience=audience,
        body=[
            make.section("One"),
            make.clause("Ring the bell."),
            make.clause(f"Staff must feed the {MARK}."),
        ],
        **values,
    )
    make.issue(page, today=FIRST)
    reword(page, 2, f"Staff should feed the {MARK}.", more=[make.clause("Bins must be shut.")])
    make.issue(page, today=SECOND)
    return page


def reword(page, place, words, *, more=(), **values):
    """Another draft in which one clause has other words; the permanent ids of all stay."""
    draft = page.get_latest_revision_as_object()
    draft.body[place].value["text"] = RichText(f"<p>{words}</p>")
    for block in more:
        draft.body.append(block)
    for name, value in values.items():
        setattr(draft, name, value)
    draft.save_revision(user=make.author_of(page))
    page.refresh_from_db()


def open_older(opened=True):
    labels = SiteLabels.for_site(Site.objects.get(is_default_site=True))
    labels.superseded_open_to_audience = opened
    labels.save()


def words(answer) -> str:
    """What stands in the main part of a page."""
    main = BeautifulSoup(answer.content.decode(), "html.parser").find("main")
    return " ".join(main.get_text(" ").split())
