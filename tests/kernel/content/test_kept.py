import pytest
from wagtail.models import Site

from kernel.content import kept
from kernel.organisation.models import SiteLabels


@pytest.fixture(autouse=True)
def nothing_kept():
    kept.forget()
    yield
    kept.forget()


def asker():
    answers = iter(range(10))
    return lambda: next(answers)


def test_an_answer_is_kept_for_a_while(settings):
    settings.KEPT_SECONDS = 60
    ask = asker()

    assert [kept.kept("a", ask), kept.kept("a", ask), kept.kept("b", ask)] == [0, 0, 1]


def test_nothing_is_kept_for_no_time(settings):
    settings.KEPT_SECONDS = 0
    ask = asker()

    assert [kept.kept("a", ask), kept.kept("a", ask)] == [0, 1]


def test_many_addresses_do_not_fill_the_memory(settings):
    settings.KEPT_SECONDS = 60
    for number in range(kept.MOST * 2):
        kept.kept(("site", f"host:{number}"), lambda: None)

    assert len(kept._kept) <= kept.MOST


@pytest.mark.django_db
def test_a_changed_name_is_asked_again(settings):
    settings.KEPT_SECONDS = 60
    ask = asker()
    kept.kept("a", ask)

    SiteLabels.for_site(Site.objects.get()).save()

    assert kept.kept("a", ask) == 1
