import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin

from kernel.content.registers import ReadOnlyPermission, RegisterAdmin
from kernel.outbox.models import OutboxMail
from portal.admin_views import Registers
from tests.factories.accounts import make_user
from tests.factories.outbox import make_mail
from tests.factories.policies import issue, make_policy

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
REGISTERS = Registers.items
ACTIONS = ["index", "create", "inspect", "edit", "delete", "history"]


def make_reader(*permissions):
    return make_user(permissions=["wagtailadmin.access_admin", *permissions])


def addresses(register, pk):
    helper = register().url_helper
    for action in ACTIONS:
        if action in ("index", "create"):
            yield action, helper.get_action_url(action)
        elif action != "history":
            yield action, helper.get_action_url(action, pk)


def every_register(cls=RegisterAdmin):
    return {found for child in cls.__subclasses__() for found in {child} | every_register(child)}


def test_every_register_is_in_the_menu_and_so_in_these_tests():
    assert every_register() == set(REGISTERS)


@pytest.mark.parametrize("register", REGISTERS)
@pytest.mark.parametrize("verb", ["get", "post"])
def test_admin_access_alone_opens_no_address(client, register, verb):
    client.force_login(make_reader(), backend=BACKEND)
    make_mail()
    issue(make_policy())
    row = register.model.objects.first()

    for action, address in addresses(register, row.pk):
        response = getattr(client, verb)(address)
        assert (action, response.status_code, response["Location"]) == (
            action,
            302,
            reverse("wagtailadmin_home"),
        )


@pytest.mark.parametrize("register", REGISTERS)
def test_nobody_changes_a_row(register):
    superuser = make_user(is_superuser=True)
    helper = register().permission_helper

    assert isinstance(helper, ReadOnlyPermission)
    assert helper.user_can_inspect_obj(superuser, None)
    assert not any(
        [
            helper.user_can_create(superuser),
            helper.user_can_edit_obj(superuser, None),
            helper.user_can_delete_obj(superuser, None),
        ]
    )


def test_the_stock_helper_would_let_a_superuser_change_rows():
    superuser = make_user(is_superuser=True)

    assert ModelAdmin.permission_helper_class is None
    assert PermissionHelper(OutboxMail).user_can_create(superuser)


@pytest.mark.parametrize("register", REGISTERS)
def test_no_register_has_a_history(register):
    assert register.history_view_enabled is False
    assert not [url for url in register().get_admin_urls_for_registration() if "history" in str(url.pattern)]


def test_a_superuser_is_sent_away_from_every_changing_address(client):
    mail = make_mail()
    client.force_login(make_user(is_superuser=True, is_staff=True), backend=BACKEND)
    register = next(item for item in REGISTERS if item.model is OutboxMail)

    told = {
        action: client.post(address, {"kind": "x"}).status_code
        for action, address in addresses(register, mail.pk)
    }

    assert (told["create"], told["edit"], told["delete"]) == (302, 302, 302)
    mail.refresh_from_db()
    assert (mail.kind, OutboxMail.objects.count()) == ("policies.due", 1)


class TestOutboxRegister:
    address = "/admin/kernel_outbox/outboxmail/"

    @pytest.fixture(autouse=True)
    def somebody_who_may_view(self, client, db):
        client.force_login(make_reader("kernel_outbox.view_outboxmail"), backend=BACKEND)

    def test_it_lists_and_shows_without_the_text(self, client):
        mail = make_mail(subject="Marker-subject", text="Marker-text")

        for address in (self.address, f"{self.address}inspect/{mail.pk}/"):
            html = client.get(address).content.decode()
            assert "policies.due" in html
            assert "Marker" not in html

    def test_csv_is_inert(self, client):
        make_mail(kind="=1+1", to=["a@trust.example"])

        body = b"".join(client.get(f"{self.address}?export=csv").streaming_content).decode()

        rows = list(csv.DictReader(io.StringIO(body)))
        assert rows[0]["Kind"] == "'=1+1"

    def test_xlsx_is_inert(self, client):
        make_mail(kind="=1+1\x0b")

        response = client.get(f"{self.address}?export=xlsx")

        sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).worksheets[0]
        assert [cell.data_type for cell in sheet[2]].count("f") == 0
        assert sheet["C2"].value == "=1+1"


ODD = [
    "next=/x/",
    "nothing=1",
    "pk__in=x",
    "kind__nothing=1",
    "kind__exact=%00",
    "p=99",
    "p=-1",
    "p=x",
    "o=99",
]
ODD += ["o=-x.1", "q=%00", "e=1", "export=pdf", "state__exact=none", "refused__exact=maybe", "kind=1&kind=2"]


@pytest.mark.parametrize("register", REGISTERS)
def test_whatever_an_address_asks_is_answered(client, register):
    client.force_login(make_user(is_superuser=True, is_staff=True), backend=BACKEND)
    make_mail()
    issue(make_policy())
    address = register().url_helper.get_action_url("index")

    answers = {odd: client.get(f"{address}?{odd}").status_code for odd in ODD}

    assert {odd: status for odd, status in answers.items() if status not in (200, 404)} == {}
    assert (answers["next=/x/"], answers["nothing=1"], answers["pk__in=x"]) == (200, 200, 200)


def test_no_column_is_guessed_that_the_list_does_not_show(client):
    client.force_login(make_reader("kernel_outbox.view_outboxmail"), backend=BACKEND)
    make_mail(kind="first", text="Marker-text")
    make_mail(kind="second", text="Other words")
    address = "/admin/kernel_outbox/outboxmail/"

    guessed = client.get(f"{address}?text__contains=Marker").content.decode()
    offered = client.get(f"{address}?kind=first").content.decode()

    assert ("first" in guessed, "second" in guessed) == (True, True)
    assert "2 total" not in offered
    assert offered.count('data-object-pk="') == 1
    assert guessed.count('data-object-pk="') == 2
