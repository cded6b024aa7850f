"""A4, A5, A12 and double presses, for every form of a policy's way."""

import threading

import pytest
from django.apps import apps
from django.db import connection, connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kernel.lifecycle.models import Decision, Submission
from policy_pages.models import Placeholder, PolicyPage, PolicyVersion
from portal.addresses import rule_for
from portal.role_sync import sync_roles
from tests.factories import policies as make
from tests.factories.files import make_root_collection
from tests.factories.organisation import make_body, make_person, make_role_holder
from tests.portal.stages import MORE
from tests.portal.stages_of_charges import CHARGES
from tests.portal.stages_of_planning import PLANNING
from tests.portal.stages_of_training import TRAINING
from tests.portal.walking import addresses, changed, tables

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in(user, **options):
    client = Client(**options)
    client.force_login(user, backend=BACKEND)
    return client


def every_field_name() -> set[str]:
    """Every name of a field of every model, with and without _id: what a deceitful form might carry."""
    names = set()
    for model in apps.get_models():
        for field in model._meta.get_fields():
            names |= {field.name, getattr(field, "attname", field.name)}
    return names | {"actor", "today", "is_superuser", "approved_by", "user", "body", "person"}


OWN = ["submit", "approve", "send_back", "sign", "minute", "confirm", "dispute", "recall", "placeholder"]
FORMS = [*OWN, *MORE]
OF_TRAINING = TRAINING | PLANNING | CHARGES


class Stage:
    """The situation in which one form is pressed: its address, who presses, and what an honest press sends."""

    def __init__(self, form):
        self.today = timezone.localdate()
        secretary = make_person(user=True)
        members = [make_person(user=True) for _ in range(3)]
        way = "signatures" if form == "sign" else "meeting"
        body = make_body(members=members, secretary=secretary, quorum=2, ratifies_by=way)
        mark = make.clause("Call [insert organisation name].")
        self.page = make.make_policy(
            ratifying_body=body, body=[*make.BODY, mark] if form == "placeholder" else make.BODY
        )
        self.members, self.secretary = [person.user for person in members], secretary.user
        self.form = form
        getattr(self, f"_{form}")()
        self.address = reverse(f"policy_{self.place}", args=[self.page.pk])

    def _set(self, place, user, **data):
        self.place, self.user, self.data = place, user, data

    def _submit(self):
        self._set("submit", self.page.policy_owner.user, change_note="First issue.")

    def _waits_for_approval(self):
        return make.submit(self.page, today=self.today)

    def _approve(self):
        submission = self._waits_for_approval()
        self._set("decide", make.members_of(submission.approving_body)[0], act="approve", statement="Right.")

    def _send_back(self):
        submission = self._waits_for_approval()
        self._set("decide", make.members_of(submission.approving_body)[0], act="send_back", reason="Not yet.")

    def _recall(self):
        self._waits_for_approval()
        self._set("recall", self.page.policy_owner.user, reason="Not ready.")

    def _sign(self):
        make.approve(self._waits_for_approval(), today=self.today)
        self._set("decide", self.members[0], act="sign", statement="Agreed.")

    def _minute(self):
        make.approve(self._waits_for_approval(), today=self.today)
        day = {"day": self.today.day, "month": self.today.month, "year": self.today.year}
        dates = {
            f"{name}_{part}": value for name in ("meeting_on", "in_force_from") for part, value in day.items()
        }
        present = [user.staff_profile.pk for user in self.members[:2]]
        words = {"minute_reference": "B/7", "outcome": "ratify", "statement": "", "present": present}
        words |= {"no_part": []}
        self._set("decide", self.secretary, act="minute", **dates, **words)

    def _confirm(self):
        self._minute()
        assert (
            signed_in(self.user).post(reverse("policy_decide", args=[self.page.pk]), self.data).status_code
            == 302
        )
        self._set("decide", self.members[0], act="confirm")

    def _dispute(self):
        self._confirm()
        self._set("decide", self.members[0], act="dispute", reason="It was another day.")

    def _placeholder(self):
        make_root_collection()
        sync_roles()
        author = make_role_holder("author")
        self._set("placeholders", author, mark="insert organisation name", value="Fenbrook Trust")

    def press(self, client=None, **more):
        return (client or signed_in(self.user)).post(self.address, {**self.data, **more})

    def facts(self):
        """What the press is about, by values: every evidence row, state and version."""
        return {
            "submissions": list(Submission.objects.order_by("pk").values_list("state", "in_force_from")),
            "decisions": list(
                Decision.objects.order_by("pk").values_list("kind", "actor_id", "for_name", "counted")
            ),
            "versions": list(
                PolicyVersion.objects.order_by("pk").values_list("major", "minor", "title", "audience")
            ),
            "placeholders": list(Placeholder.objects.values_list("key", "value")),
            "pages": list(
                PolicyPage.objects.order_by("pk").values_list("title", "live", "audience", "owner_deputy")
            ),
        }


def staged(form):
    return MORE[form]() if form in MORE else Stage(form)


def without_numbers(facts):
    """The same without the logins' numbers, to compare two situations."""
    if "decisions" not in facts:
        return facts
    decisions = [(kind, for_name, counted) for kind, _actor, for_name, counted in facts["decisions"]]
    pages = [row[1:] for row in facts["pages"]]
    versions = [(*row[:2], row[3]) for row in facts["versions"]]
    return {**facts, "decisions": decisions, "pages": pages, "versions": versions}


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS)
def test_fields_that_the_form_does_not_have_change_nothing_more(form):
    honest = staged(form)
    before = without_numbers(honest.facts())
    assert honest.press().status_code == 302
    wanted = without_numbers(honest.facts())
    assert wanted != before
    for model in (Placeholder,):
        model.objects.all().delete()

    deceitful = staged(form)
    known = {name.removesuffix("_day") for name in deceitful.data}
    extra = {name: "1" for name in every_field_name() - set(deceitful.data) - known}
    extra = {
        name: value for name, value in extra.items() if not name.startswith(("in_force_from", "wanted_from"))
    }
    assert deceitful.press(**extra).status_code == 302

    found = without_numbers(deceitful.facts())
    once = wanted.pop("placeholders", None)  # the mark is the site's, not the text's
    for name, rows in wanted.items():
        assert found[name][len(rows) :] == rows, name
        assert len(found[name]) == 2 * len(rows), name
    assert found.get("placeholders") == once


@pytest.mark.django_db
@pytest.mark.parametrize("form", [form for form in FORMS if form not in MORE or MORE[form].elsewhere])
def test_the_address_of_another_text_is_not_there_and_nothing_changes(form):
    """Somebody with a seat of their own presses on a text of other bodies."""
    mine, other = staged(form), staged(form)
    client, before = signed_in(mine.user), other.facts()

    status = client.post(other.address, other.data).status_code

    if form == "placeholder":  # authors write in the whole library
        assert status == 302
    elif form in MORE:
        assert (status, other.facts()) == (other.elsewhere, before)
    else:
        assert (status, other.facts()) == (404, before)


@pytest.mark.django_db
def test_people_of_another_body_cannot_be_entered_as_present():
    stage = Stage("minute")
    strangers = [make_person(user=True).pk, make_person(user=True).pk]
    before = stage.facts()

    response = stage.press(present=strangers)

    assert response.status_code == 200
    assert "is not one of the available choices" in response.content.decode()
    assert stage.facts() == before


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS)
def test_a_press_without_a_token_is_refused_and_one_with_it_is_taken(form):
    stage = staged(form)
    client, before = signed_in(stage.user, enforce_csrf_checks=True), stage.facts()

    refused = stage.press(client)
    assert (refused.status_code, stage.facts()) == (403, before)

    client.get(stage.address)
    token = client.cookies["csrftoken"].value
    foreign = client.post(
        stage.address,
        {**stage.data, "csrfmiddlewaretoken": token},
        headers={"origin": "https://evil.example"},
    )
    assert (foreign.status_code, stage.facts()) == (403, before)
    assert stage.press(client, csrfmiddlewaretoken=token).status_code == 302
    assert stage.facts() != before


@pytest.mark.django_db
def test_every_post_address_of_the_site_refuses_a_press_without_a_token():
    superuser = make_person(user=True).user
    superuser.is_superuser = True
    superuser.save()
    client, before, open_ones = signed_in(superuser, enforce_csrf_checks=True), tables(), []

    for address in addresses():
        rule = rule_for(address.name, address.route)
        status = client.post(address.path).status_code
        if "POST" in rule.methods and status != 403:
            open_ones.append((address.name, status))

    assert sorted(changed(before, tables())) == []
    assert [(name, status) for name, status in open_ones if status not in (302, 404, 405)] == []


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS)
def test_a_second_press_does_nothing_more(form):
    stage = staged(form)
    client = signed_in(stage.user)
    assert stage.press(client).status_code == 302
    once = stage.facts()

    again = stage.press(client)

    assert again.status_code in {200, 302} | getattr(stage, "late", set())
    assert stage.facts() == once


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS)
def test_a_field_that_holds_anything_at_all_is_answered(form):
    """The client raises what the site would answer with 500."""
    stage = staged(form)
    client = signed_in(stage.user)

    for name in stage.data:
        for odd in ("9" * 5000, "9" * 30, "-1", "x\0y"):
            assert stage.press(client, **{name: odd}).status_code < 500, (name, odd[:30])


def press_at_once(stage, number) -> list[int]:
    cookie = signed_in(stage.user).cookies["sessionid"].value
    gate, statuses = threading.Barrier(number), []

    def press():
        mine = Client(raise_request_exception=False)
        mine.cookies["sessionid"] = cookie
        gate.wait()
        try:
            statuses.append(stage.press(mine).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press) for _ in range(number)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return statuses


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("form", OWN)
def test_ten_presses_in_the_same_moment_count_once(form):
    stage = Stage(form)

    statuses = press_at_once(stage, 10)

    assert connection.vendor == "postgresql"
    assert set(statuses) <= {200, 302, 403, 404}  # late ones are told that it is done, or refused
    kinds = [kind for kind, *_rest in stage.facts()["decisions"]]
    act = {"recall": "recall", "send_back": "send back", "placeholder": None}.get(form, form)
    assert kinds.count(act) == (1 if act else 0)
    assert len(stage.facts()["placeholders"]) == (form == "placeholder")
    assert len(stage.facts()["versions"]) == (form == "confirm")


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("form", [form for form in MORE if form not in OF_TRAINING])
def test_ten_presses_of_a_later_form_write_what_one_writes(form):
    single = staged(form)
    assert single.press().status_code == 302
    wanted = single.facts()
    stage = staged(form)

    statuses = press_at_once(stage, 10)

    found = stage.facts()
    assert set(statuses) <= {200, 302, 403, 404}
    assert {name: rows[len(wanted[name]) :] for name, rows in found.items()} == wanted


def rows_after(facts, counts) -> dict:
    return {name: rows[counts[name] :] for name, rows in facts.items()}


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("forms", [TRAINING, PLANNING, CHARGES], ids=["training", "planning", "charges"])
def test_ten_presses_of_training_write_what_one_writes(forms):
    """Form after form on the same tables: emptying them costs more than the presses."""
    for form, situation in forms.items():
        counts = {name: len(rows) for name, rows in situation.facts(situation.__new__(situation)).items()}
        single = situation()
        assert single.press().status_code == 302, form
        wanted = rows_after(single.facts(), counts)
        counts = {name: number + len(wanted[name]) for name, number in counts.items()}
        stage = situation()

        statuses = press_at_once(stage, 10)

        assert set(statuses) <= {200, 302, 403, 404} | stage.late, (form, statuses)
        assert (form, rows_after(stage.facts(), counts)) == (form, wanted)
