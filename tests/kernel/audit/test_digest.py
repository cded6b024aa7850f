from datetime import UTC, date, datetime, timedelta, timezone

from kernel.audit import digest
from kernel.audit.models import AuditEntry, AuditWords

MOMENT = datetime(2027, 3, 12, 9, 30, tzinfo=UTC)


def _entry(**overrides):
    return AuditEntry(**{"pk": 5, "at": MOMENT, "action": "suite.tea", "facts": {"b": 1, "a": 2}} | overrides)


def test_canonical_text_does_not_depend_on_order():
    assert digest.canonical({"b": 1, "a": "é"}) == '{"a":"é","b":1}' == digest.canonical({"a": "é", "b": 1})


def test_plain_values_are_what_a_database_gives_back():
    assert digest.plain({"on": date(2027, 3, 12), "share": 1e22, "many": (1, 2)}) == {
        "on": "2027-03-12",
        "share": "1e+22",
        "many": [1, 2],
    }


def test_words_have_another_digest_under_another_salt():
    one = AuditWords(actor_name="Ada", salt="00")
    other = AuditWords(actor_name="Ada", salt="01")

    assert len(digest.words_digest(one)) == 64
    assert digest.words_digest(one) == digest.words_digest(AuditWords(actor_name="Ada", salt="00"))
    assert digest.words_digest(one) != digest.words_digest(other)


def test_a_seal_covers_every_field_the_place_and_the_hash_before():
    whole = digest.seal_hash(_entry(), 1, "")
    others = [
        digest.seal_hash(_entry(pk=6), 1, ""),
        digest.seal_hash(_entry(at=MOMENT + timedelta(microseconds=1)), 1, ""),
        digest.seal_hash(_entry(action="suite.milk"), 1, ""),
        digest.seal_hash(_entry(actor_id="1"), 1, ""),
        digest.seal_hash(_entry(target_type="a.b"), 1, ""),
        digest.seal_hash(_entry(target_id="1"), 1, ""),
        digest.seal_hash(_entry(facts={}), 1, ""),
        digest.seal_hash(_entry(refused=True), 1, ""),
        digest.seal_hash(_entry(words_digest="1"), 1, ""),
        digest.seal_hash(_entry(), 2, ""),
        digest.seal_hash(_entry(), 1, "1"),
    ]

    assert len({whole, *others}) == 12


def test_a_seal_does_not_depend_on_the_time_zone_of_the_connection():
    summer = _entry(at=MOMENT.astimezone(timezone(timedelta(hours=1))))

    assert digest.seal_hash(summer, 1, "") == digest.seal_hash(_entry(), 1, "")


def test_every_field_of_an_entry_is_covered():
    covered = {
        "id",
        "at",
        "action",
        "actor_id",
        "target_type",
        "target_id",
        "facts",
        "refused",
        "words_digest",
    }

    assert {field.name for field in AuditEntry._meta.concrete_fields} == covered
