import re

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.management.commands.collectstatic import Command
from django.core.management import call_command

from portal.finders import SERVED, SOURCE, NhsukFinder, served_css
from portal.storage import PortalStaticStorage
from tests.portal.test_refusals import load_production

OTHER_ORIGIN = re.compile(r"url\(\s*[\"']?(?:https?:)?//")


def test_the_css_asks_no_other_origin(settings):
    original = (settings.NHSUK_STATIC / SOURCE).read_text(encoding="utf-8")

    assert OTHER_ORIGIN.search(original)
    assert not OTHER_ORIGIN.search(served_css())
    assert "sourceMappingURL" not in served_css()
    assert ".nhsuk-button{" in served_css()


def test_the_copy_is_written_anew_when_it_differs(settings, tmp_path):
    settings.NHSUK_COPY = tmp_path
    (tmp_path / "nhsuk").mkdir()
    (tmp_path / SERVED).write_text("old", encoding="utf-8")

    assert NhsukFinder().find(SERVED) == str(tmp_path / SERVED)
    assert (tmp_path / SERVED).read_text(encoding="utf-8") == served_css()
    assert NhsukFinder().find("nhsuk/other.css") == []


def test_the_logos_of_the_package_are_not_served():
    assert finders.find("wagtailnhsukfrontend/favicons/favicon.svg") is None
    assert finders.find(SERVED) is not None


def test_every_static_file_is_hashed_for_production(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "portal.storage.PortalStaticStorage"}}

    call_command(Command(), interactive=False, verbosity=0)

    hashed = [path.name for path in (tmp_path / "portal").glob("site.*.css")]
    assert len(hashed) == 1
    assert (tmp_path / "staticfiles.json").exists()


def test_our_storage_looks_for_no_source_maps():
    rules = [
        rule if isinstance(rule, str) else rule[0]
        for _glob, rules in PortalStaticStorage.patterns
        for rule in rules
    ]

    assert rules
    assert not [rule for rule in rules if "sourceMappingURL" in rule]


def test_production_serves_hashed_files(monkeypatch):
    files = load_production(monkeypatch).STORAGES["staticfiles"]

    assert files == {"BACKEND": "portal.storage.PortalStaticStorage"}
