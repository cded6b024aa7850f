"""The arrows and house rules of docs/architecture.md hold; each checker catches a planted fault."""

from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models

from tests.architecture import rules

CHECKS = {
    "imports go down the arrows": rules.wrong_imports,
    "every package is in the table": rules.unknown_packages,
    "site is a folder": rules.site_made_a_package,
    "module names": rules.bad_module_names,
    "Wagtail 8 names only in compat": rules.names_of_wagtail_8,
    "sanitisers only in sanitise": rules.sanitisers_elsewhere,
    "no raw HTML": rules.raw_html,
    "the clock is handed in": rules.clock_readers,
    "no mocks": rules.mocks,
}
FAULTS = [
    (rules.wrong_imports, "policy_pages/models.py", "from compliance.models import Gap\n"),
    (rules.wrong_imports, "policy_pages/models.py", "def late():\n    import portal.views\n"),
    (rules.wrong_imports, "site/kernel/audit/models.py", "from ..accounts import models\n"),
    (rules.wrong_imports, "site/kernel/organisation/models.py", "from kernel import lifecycle\n"),
    (rules.wrong_imports, "evaluations/services.py", "from policy_pages import services\n"),
    (rules.unknown_packages, "site/extra/models.py", ""),
    (rules.site_made_a_package, "site/__init__.py", ""),
    (rules.site_made_a_package, "site/sitecustomize.py", ""),
    (rules.bad_module_names, "course_catalogue/calendar.py", ""),
    (rules.bad_module_names, "site/kernel/common/words.py", ""),
    (rules.bad_module_names, "policy_pages/utils.py", ""),
    (rules.names_of_wagtail_8, "policy_pages/hooks.py", "from wagtail import register_permission_policy\n"),
    (rules.sanitisers_elsewhere, "policy_pages/blocks.py", "import bleach\n"),
    (rules.sanitisers_elsewhere, "site/kernel/content/blocks.py", "from nh3 import clean\n"),
    (rules.raw_html, "policy_pages/blocks.py", "from django.utils.safestring import mark_safe\n"),
    (rules.raw_html, "policy_pages/blocks.py", "from wagtail import blocks\nx = blocks.RawHTMLBlock()\n"),
    (rules.clock_readers, "policy_pages/services.py", "from datetime import date\nx = date.today()\n"),
    (rules.clock_readers, "policy_pages/views.py", "import datetime\nx = datetime.datetime.now()\n"),
    (rules.clock_readers, "policy_pages/reports.py", "x = timezone.localdate()\n"),
    (rules.mocks, "tests/policy_pages/test_x.py", "from unittest import mock\n"),
    (rules.mocks, "tests/policy_pages/test_x.py", "def test_x(mocker): ...\n"),
]
GOOD = {
    "policy_pages/services.py": "from kernel.lifecycle import moves\nfrom . import models\n",
    "policy_pages/views.py": "x = timezone.localdate()\n",
    "policy_pages/issuing.py": "x = timezone.localdate(now)\n",
    "qa_standards/services.py": "import evaluations.models, django.db\n",
    "site/kernel/content/sanitise.py": "import bleach, nh3\n",
    "site/kernel/compat.py": "from wagtail import register_permission_policy\n",
    "site/kernel/organisation/models.py": "from kernel.accounts import models\nfrom kernel import compat\n",
    "site/portal/management/commands/go.py": "x = timezone.localdate()\n",
}


def plant(root, place: str, text: str) -> None:
    path = root / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS.keys())
def test_rule_holds_in_the_source(check):
    assert check(rules.ROOT) == []


@pytest.mark.parametrize(
    ("check", "place", "text"), FAULTS, ids=lambda value: getattr(value, "__name__", None)
)
def test_rule_catches_a_planted_fault(tmp_path, check, place, text):
    plant(tmp_path, place, text)

    assert len(check(tmp_path)) == 1


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS.keys())
def test_rule_passes_good_source(tmp_path, check):
    for place, text in GOOD.items():
        plant(tmp_path, place, text)

    assert check(tmp_path) == []


def test_the_table_has_no_cycle():
    assert rules.cycles(rules.ARROWS) == []


def test_a_cycle_in_the_table_is_caught():
    tied = {**rules.ARROWS, "course_catalogue": {"kernel", "compliance"}}

    assert "course_catalogue" in rules.cycles(tied)


def test_model_relations_follow_the_arrows():
    assert rules.wrong_relations(apps.get_models(include_auto_created=True), get_user_model()) == []


@pytest.mark.parametrize(
    ("importer", "target", "caught"),
    [
        ("kernel.audit.models", "kernel.accounts.models", True),
        ("policy_pages.models", "compliance.models", True),
        ("compliance.models", "policy_pages.models", False),
    ],
)
def test_a_relation_against_the_arrows_is_caught(importer, target, caught):
    related = SimpleNamespace(__module__=target, _meta=SimpleNamespace(label="Target"))
    field = SimpleNamespace(
        name="it", remote_field=models.ManyToOneRel, auto_created=False, related_model=related
    )
    meta = SimpleNamespace(label="Model", get_fields=lambda include_hidden: [field])

    found = rules.wrong_relations([SimpleNamespace(__module__=importer, _meta=meta)], get_user_model())

    assert found == (["Model.it points at Target"] if caught else [])


def test_the_user_model_is_open_to_all_but_the_lowest_parts():
    user = get_user_model()
    field = SimpleNamespace(
        name="it", remote_field=models.ManyToOneRel, auto_created=False, related_model=user
    )
    meta = SimpleNamespace(label="Model", get_fields=lambda include_hidden: [field])
    places = ["kernel.lifecycle.models", "kernel.outbox.models"]

    found = [
        bool(rules.wrong_relations([SimpleNamespace(__module__=place, _meta=meta)], user)) for place in places
    ]

    assert found == [False, True]
