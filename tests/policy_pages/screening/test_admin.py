import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from kernel.audit.models import AuditEntry
from policy_pages.models import DocumentTemplate, RequiredSection, ScreeningKind, ScreeningRow
from portal.role_sync import sync_roles
from tests.factories import screenings
from tests.factories.organisation import make_role_holder

pytestmark = pytest.mark.django_db
SCREENS = ("screening_kind", "document_template")


@pytest.fixture
def enter(client):
    sync_roles()

    def enter(role):
        client.force_login(make_role_holder(role))
        return client

    return enter


def addresses():
    kind, template = screenings.make_kind(), screenings.require()
    for screen, row in zip(SCREENS, (kind, template), strict=True):
        yield from (reverse(f"{screen}:{name}") for name in ("index", "add"))
        yield from (reverse(f"{screen}:{name}", args=[row.pk]) for name in ("edit", "history"))


def test_a_site_administrator_sees_the_set_up(enter):
    client = enter("site-administrator")

    assert {client.get(address).status_code for address in addresses()} == {200}


@pytest.mark.parametrize("role", ["author", "user-manager", "education-officer", "ld-officer"])
def test_others_with_admin_access_do_not(enter, role):
    client = enter(role)

    assert {client.get(address).status_code for address in addresses()} == {302}


@pytest.mark.parametrize("role", ["equality-lead", "reader"])
def test_without_admin_access_nothing_is_there(enter, role):
    client = enter(role)

    assert not {client.get(address).status_code for address in addresses()} & {200}


def kind_data(rows, initial=0, **overrides):
    values = {
        "name": "Environment",
        "slug": "environment",
        "introduction": "",
        "aims": "",
        "answer_set": "yes no",
        "adverse": "no",
        "lead_role": "",
        "rows": inline_formset(rows, initial=initial),
    }
    return nested_form_data({**values, **overrides})


def test_a_kind_of_one_s_own_is_added_and_written_down(enter):
    row = {"id": "", "label": "Less travel than before", "guidance": "Count the journeys."}

    answer = enter("site-administrator").post(reverse("screening_kind:add"), kind_data([row]))

    assert answer.status_code == 302
    kind = ScreeningKind.objects.get(slug="environment")
    assert list(kind.rows.values_list("label", "guidance")) == [
        ("Less travel than before", "Count the journeys.")
    ]
    assert AuditEntry.objects.filter(action="policies.set_up_screening").count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"adverse": "negative"}, "Choose one of the answers that its rows offer."),
        ({"answer_set": "impact", "adverse": "positive"}, "A negative impact always needs words."),
        ({"lead_role": "author"}, "Choose a role that is given to people with dates."),
        ({"lead_role": "no-such-role"}, "There is no role"),
    ],
)
def test_what_does_not_fit_together_is_refused(enter, changes, words):
    answer = enter("site-administrator").post(reverse("screening_kind:add"), kind_data([], **changes))

    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert ScreeningKind.objects.count() == 0


def test_the_defaults_are_loaded_once_and_never_over_an_edit():
    call_command("load_screenings", "--require", "policy")
    ScreeningRow.objects.filter(label="Age").update(guidance="Ask the youth council.")
    RequiredSection.objects.filter(heading="Scope").delete()

    call_command("load_screenings", "--require", "policy")

    assert list(ScreeningKind.objects.order_by("pk").values_list("slug", "lead_role")) == [
        ("equality", "equality-lead"),
        ("privacy", "records-lead"),
        ("mental-capacity", ""),
    ]
    assert ScreeningRow.objects.filter(kind__slug="equality").count() == 11
    assert ScreeningRow.objects.get(label="Age").guidance == "Ask the youth council."
    assert DocumentTemplate.objects.get().sections.count() == 4


def test_without_asking_no_type_needs_anything():
    call_command("load_screenings")

    assert DocumentTemplate.objects.count() == 0


def test_the_rows_as_shipped_pass_their_own_rules():
    screenings.make_kind()

    for kind in ScreeningKind.objects.all():
        try:
            kind.full_clean()
        except ValidationError as refusal:
            pytest.fail(f"{kind}: {refusal}")
