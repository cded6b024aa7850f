import json
import logging

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from kernel.audit import act, record
from kernel.audit.models import AuditEntry, AuditWords
from kernel.audit.registry import UnknownAction
from kernel.lifecycle.models import ClosedDay
from tests.factories.audit import make_actor, make_entry

pytestmark = pytest.mark.django_db


def _closed(**overrides):
    return ClosedDay.objects.create(**{"day": "2027-03-12", "reason": "Stocktaking"} | overrides)


def _kept(entry):
    entry = AuditEntry.objects.select_related("beside").get(pk=entry.pk)
    return {
        "action": entry.action,
        "actor": (entry.actor_id, entry.actor_name),
        "target": (entry.target_type, entry.target_id, entry.target_title),
        "facts": entry.facts,
        "words": entry.words,
        "refused": entry.refused,
    }


def test_an_act_is_kept_with_names_that_outlive_the_rows(tea):
    actor = make_actor()
    group = _closed(reason="Ward 7")
    entry = record(tea, actor=actor, target=group, facts={"cups": 2}, words={"to": "Ada"})
    actor_id, group_id, title = actor.pk, group.pk, str(group)
    group.delete()
    actor.delete()

    assert _kept(entry) == {
        "action": "suite.tea",
        "actor": (str(actor_id), "Ada Byron"),
        "target": ("kernel_lifecycle.closedday", str(group_id), title),
        "facts": {"cups": 2},
        "words": {"to": "Ada"},
        "refused": False,
    }


def test_the_system_acts_without_a_user(tea):
    assert _kept(record(tea, actor=None)) == {
        "action": "suite.tea",
        "actor": ("", "the system"),
        "target": ("", "", ""),
        "facts": {},
        "words": {},
        "refused": False,
    }


def test_somebody_who_is_not_signed_in_is_called_so(tea):
    assert _kept(record(tea, actor=AnonymousUser()))["actor"] == ("", "nobody signed in")


def test_a_user_without_names_is_called_by_the_login(tea):
    actor = make_actor("grace")
    actor.first_name = actor.last_name = ""

    assert _kept(record(tea, actor=actor))["actor"] == (str(actor.pk), "grace")


def test_a_user_model_without_names_is_enough(tea):
    class Login:
        pk = 7

        def get_username(self):
            return "host-7"

    assert _kept(record(tea, actor=Login()))["actor"] == ("7", "host-7")


def test_a_long_title_is_cut(tea):
    group = _closed(reason="w" * 200)
    group.reason = "w" * 400

    assert len(record(tea, actor=None, target=group).target_title) == 255


def test_an_unknown_action_is_refused_and_leaves_nothing():
    with pytest.raises(UnknownAction):
        record("suite.coffee", actor=None)

    assert AuditEntry.objects.count() == 0


def test_recording_costs_two_inserts(tea, django_assert_num_queries):
    actor = make_actor()

    with django_assert_num_queries(2) as queries:
        record(tea, actor=actor, target=actor, words={"why": "thirst"})

    assert [query["sql"].split()[0] for query in queries] == ["INSERT", "INSERT"]


def test_each_entry_has_its_own_salt():
    make_entry()
    make_entry()

    assert AuditWords.objects.values("salt").distinct().count() == 2


@act("suite.tea")
def pour(closed_day, *, actor, cups):
    closed_day.reason = f"{cups} cups"
    closed_day.save()
    if cups > 3:
        raise ValidationError("Too many cups.")
    if cups < 1:
        raise PermissionDenied("No tea for you.")
    record("suite.tea", actor=actor, target=closed_day, facts={"cups": cups})
    return cups


def test_an_act_that_succeeds_writes_its_own_row(tea):
    assert pour(_closed(), actor=make_actor(), cups=2) == 2

    assert list(AuditEntry.objects.values_list("facts", "refused")) == [({"cups": 2}, False)]


@pytest.mark.parametrize(
    ("cups", "error", "why"),
    [(4, ValidationError, "Too many cups."), (0, PermissionDenied, "No tea for you.")],
)
def test_a_refused_act_is_rolled_back_and_written_down(tea, cups, error, why):
    actor, day = make_actor(), _closed()

    with pytest.raises(error, match=why):
        pour(day, actor=actor, cups=cups)

    day.refresh_from_db()
    assert day.reason == "Stocktaking"
    kept = _kept(AuditEntry.objects.get())
    assert (kept["facts"], kept["words"]) == ({}, {"why": why})
    assert kept["refused"] is True
    assert kept["actor"] == (str(actor.pk), "Ada Byron")
    assert kept["target"][:2] == ("kernel_lifecycle.closedday", str(day.pk))


def test_several_reasons_are_kept_together(tea):
    @act(tea)
    def refuse(*, actor):
        raise ValidationError({"day": ["No day."], "reason": ["No reason."]})

    with pytest.raises(ValidationError):
        refuse(actor=None)

    assert AuditWords.objects.get().words == {"why": "No day. No reason."}


def test_a_mistake_in_the_programme_is_no_refusal(tea):
    @act(tea)
    def stumble(*, actor):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stumble(actor=None)

    assert AuditEntry.objects.count() == 0


def test_an_act_under_an_unknown_name_does_nothing():
    @act("suite.coffee")
    def brew(*, actor):
        _closed()

    with pytest.raises(UnknownAction):
        brew(actor=None)

    assert ClosedDay.objects.count() == 0


def test_the_log_line_follows_the_commit_and_holds_no_names(tea, caplog, django_capture_on_commit_callbacks):
    caplog.set_level(logging.INFO, "audit")
    actor = make_actor()
    with django_capture_on_commit_callbacks(execute=True):
        entry = record(tea, actor=actor, target=actor, facts={"cups": 2}, words={"to": "Ada"})
        assert caplog.messages == []

    assert [json.loads(line) for line in caplog.messages] == [
        {
            "entry": entry.pk,
            "at": entry.at.isoformat(),
            "action": "suite.tea",
            "actor": str(actor.pk),
            "target": f"kernel_accounts.user:{actor.pk}",
            "refused": False,
        }
    ]


def test_an_act_that_is_rolled_back_leaves_no_log_line(tea, caplog, django_capture_on_commit_callbacks):
    caplog.set_level(logging.INFO, "audit")
    with django_capture_on_commit_callbacks(execute=True):
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            record(tea, actor=None)
            raise ZeroDivisionError

    assert caplog.messages == []
