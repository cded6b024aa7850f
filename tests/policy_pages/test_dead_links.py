import pytest
from wagtail.models import Page

from policy_pages import freezing
from policy_pages.dead_links import dead_links
from tests.factories import policies as make

pytestmark = pytest.mark.django_db


def dead_in(words):
    page = make.make_policy(body=[*make.BODY, make.clause(words)])
    return dead_links(freezing.freeze(page).content)


@pytest.mark.parametrize(
    ("words", "dead"),
    [
        ('See the <a href="#">training calendar</a>.', [("1.2", "training calendar")]),
        ('See the <a linktype="page" id="999999">gone page</a>.', [("1.2", "gone page")]),
        ('See the <a linktype="document" id="999999">gone form</a>.', [("1.2", "gone form")]),
        ('See <a href="#no-such-clause">there</a>.', [("1.2", "there")]),
        ('See <a href="https://example.org/">a site</a>.', []),
        ('Press <a href="javascript:run()">here</a>.', [("1.2", "here")]),
        ("See nothing.", []),
    ],
)
def test_links_that_lead_nowhere_are_found_with_their_place(words, dead):
    assert dead_in(words) == dead


def test_a_link_to_a_clause_of_the_same_text_lives():
    draft = make.make_policy().get_latest_revision_as_object()
    clause = draft.body[1].id
    draft.body.append(make.clause(f'As in <a href="#{clause}">1.1</a>.'))

    assert dead_links(freezing.freeze(draft).content) == []


def test_a_dead_link_stops_the_submission_and_is_named():
    page = make.make_policy(body=[*make.BODY, make.clause('The <a href="#">charging policy</a>.')])

    assert page.problems() == ["1.2: the link “charging policy” leads nowhere."]


def dead_links_to(page):
    return dead_in(f'See <a linktype="page" id="{page.pk}">there</a>.')


def test_a_link_to_a_policy_that_was_never_issued_is_dead():
    target = make.make_policy()
    assert dead_links_to(target) == [("1.2", "there")]

    make.issue(target)
    assert dead_links_to(target) == []


def test_a_link_to_a_page_that_is_not_live_is_dead():
    library = make.make_library()
    assert dead_links_to(library) == []

    Page.objects.filter(pk=library.pk).update(live=False)
    assert dead_links_to(library) == [("1.2", "there")]
