from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from wagtail.models import Page, Site

from portal.models import HomePage

SOUND = ([], [], [], [], [])
home_migration = import_module("portal.migrations.0002_home")


def models_as_they_were():
    """Not ``migrate``: its flush would take the first pages from every test that follows."""
    return MigrationLoader(connection).project_state([("portal", "0002_home")]).apps


def where():
    """The pages under the root, and which of them the site shows."""
    pages = list(Page.objects.filter(depth=2).values_list("title", "slug", "url_path"))
    return pages, Site.objects.get(is_default_site=True).root_page.title, Page.find_problems()


STOCK = "Welcome to your new Wagtail site!"


@pytest.mark.django_db
def test_a_fresh_site_has_our_home_and_no_welcome_page():
    assert where() == ([("Home", "home", "/home/")], "Home", SOUND)
    assert HomePage.objects.get().live is True


@pytest.mark.django_db
def test_the_way_back_and_forth():
    models = models_as_they_were()

    home_migration.bring_back_welcome(models, None)
    assert where() == ([(STOCK, "home", "/home/")], STOCK, SOUND)

    home_migration.make_home(models, None)
    assert where() == ([("Home", "home", "/home/")], "Home", SOUND)


@pytest.mark.django_db
@pytest.mark.parametrize("touch", [{"title": "Ours already"}, {"slug": "welcome"}])
def test_a_first_page_that_somebody_touched_stays(touch):
    models = models_as_they_were()
    home_migration.bring_back_welcome(models, None)
    Page.objects.filter(depth=2).update(**touch)
    before = where()

    home_migration.make_home(models, None)

    assert where() == before


@pytest.mark.django_db
def test_a_site_without_pages_gets_a_home():
    models = models_as_they_were()
    root = Page.get_first_root_node()
    Site.objects.update(root_page=root)
    HomePage.objects.get().delete()

    home_migration.make_home(models, None)

    assert where() == ([("Home", "start", "/start/")], "Home", SOUND)


@pytest.mark.django_db
def test_no_way_back_from_a_home_with_pages_under_it():
    HomePage.objects.get().add_child(instance=Page(title="Policies"))

    with pytest.raises(RuntimeError, match="has pages under it"):
        home_migration.bring_back_welcome(models_as_they_were(), None)
