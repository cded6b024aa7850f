"""Every address at which a text is read, for every kind of reader. The days lie in the past of any clock."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.models import Site

from kernel.lifecycle import workflows
from kernel.organisation.models import SiteLabels
from policy_pages.models import PolicyVersion
from tests.factories import policies as make
from tests.factories.organisation import make_person

pytestmark = pytest.mark.django_db
FIRST, SECOND = date(2024, 1, 8), date(2024, 6, 3)
MARK = "zebrafinch"


def two_versions(audience="staff", **values):
    page = make.make_policy(
        title=f"{MARK} handling", slug=f"{MARK}-handling", reference="ZF-1", audience=audience, **values
    )
    make.issue(page, today=FIRST)
    make.edit(page, body=[make.section("One"), make.clause(f"The second {MARK}.")])
    make.issue(page, today=SECOND)
    return page


def open_older(opened=True):
    labels = SiteLabels.for_site(Site.objects.get(is_default_site=True))
    labels.superseded_open_to_audience = opened
    labels.save()


OLD = f"/policies/{MARK}-handling/v/1.0/"
THEN = f"/policies/{MARK}-handling/@2024-03-01/"
NOW = f"/policies/{MARK}-handling/"


@pytest.mark.parametrize("opened", [False, True])
@pytest.mark.parametrize(
    ("audience", "who", "now", "older"),
    [
        ("public", "visitor", 200, (302, 200)),
        ("public", "partner", 200, (404, 200)),
        ("public", "staff", 200, (200, 200)),
        ("partners", "visitor", 302, (302, 302)),
        ("partners", "outsider", 404, (404, 404)),
        ("partners", "partner", 200, (404, 200)),
        ("partners", "staff", 200, (200, 200)),
        ("staff", "visitor", 302, (302, 302)),
        ("staff", "partner", 404, (404, 404)),
        ("staff", "staff", 200, (200, 200)),
        ("groups", "staff", 404, (404, 404)),
        ("groups", "partner", 404, (404, 404)),
    ],
)
def test_current_older_and_as_at(people_by_name, sign_in, group, opened, audience, who, now, older):
    values = {"audience_groups": [group]} if audience == "groups" else {}
    two_versions(audience, **values)
    open_older(opened)
    client = sign_in(people_by_name[who])

    statuses = [client.get(address).status_code for address in (NOW, OLD, THEN)]

    assert statuses == [now, older[opened], older[opened]]


def surfaces(page, version):
    return [
        NOW,
        OLD,
        THEN,
        f"/policies/{MARK}-handling/v/2.0/",
        f"/policies/{MARK}-handling/v/9.9/",
        f"/policies/{MARK}-handling/@2023-01-01/",
        f"/policies/{MARK}-handling/@2099-01-01/",
        "/p/ZF-1/",
        "/p/ZF-1/v/1.0/",
        "/p/ZF-1/@2024-03-01/",
        "/policies/",
        "/",
        "/desk/",
        f"/search/?q={MARK}",
        "/search/?q=ZF-1",
        f"/policy/{page.pk}/draft/",
        f"/policy/{page.pk}/decide/",
        f"/policy/{page.pk}/history/",
        f"/policy/{page.pk}/submit/",
        f"/policy/{page.pk}/recall/",
        f"/policy/{page.pk}/placeholders/",
    ]


@pytest.mark.parametrize("who", ["visitor", "outsider", "partner"])
def test_a_restricted_policy_leaves_no_word_on_any_surface(people_by_name, sign_in, who):
    """A2, A9: neither in the answer nor in the address to which it leads, but for the address that was asked."""
    page = two_versions("staff")
    client = sign_in(people_by_name[who])
    for address in surfaces(page, PolicyVersion.objects.last()):
        answer = client.get(address)
        told = answer.content.decode().replace(address, "").replace(address.split("=")[-1], "")
        where = answer.headers.get("Location", "")
        assert MARK not in told.lower(), address
        assert MARK in address or MARK not in where, (address, where)


def test_control_staff_find_it_on_the_same_surfaces(people_by_name, sign_in):
    two_versions("staff")
    client = sign_in(people_by_name["staff"])

    for address in (NOW, OLD, THEN, "/policies/", "/search/?q=ZF-1"):
        assert MARK in client.get(address).content.decode(), address
    assert client.get("/p/ZF-1/").headers["Location"] == NOW


@pytest.mark.parametrize("who", ["visitor", "outsider", "partner"])
@pytest.mark.parametrize(
    ("hidden", "missing"),
    [
        (NOW, "/policies/no-such-policy/"),
        (OLD, "/policies/no-such-policy/v/1.0/"),
        (THEN, "/policies/no-such-policy/@2024-03-01/"),
        ("/p/ZF-1/", "/p/NO-1/"),
        ("/p/ZF-1/v/1.0/", "/p/NO-1/v/1.0/"),
        ("/p/ZF-1/@2024-03-01/", "/p/NO-1/@2024-03-01/"),
    ],
)
def test_hidden_looks_like_missing(people_by_name, sign_in, who, hidden, missing):
    two_versions("staff")
    client = sign_in(people_by_name[who])

    there, nowhere = client.get(hidden), client.get(missing)

    assert there.status_code == nowhere.status_code
    bodies = [answer.content.decode().replace(a, "") for answer, a in ((there, hidden), (nowhere, missing))]
    assert _without_tokens(bodies[0]) == _without_tokens(bodies[1])


def _without_tokens(text):
    return [
        line
        for line in text.splitlines()
        if "csrf" not in line and "next" not in line and "nonce" not in line
    ]


@pytest.mark.parametrize(
    ("day", "status", "words"),
    [
        ("2024-01-07", 200, "No version was in force on 7 January 2024; 1.0 began on 8 January 2024."),
        ("2024-01-08", 200, "On 8 January 2024 version 1.0 was in force; its review was in date."),
        ("2024-02-29", 200, "On 29 February 2024 version 1.0 was in force; its review was in date."),
        (
            "2024-06-03",
            200,
            "On 3 June 2024 version 2.0 was in force; its review was in date. It is still in force.",
        ),
        ("2099-12-31", 200, "We can show only what is decided"),
        ("2023-02-29", 404, ""),
        ("2024-13-01", 404, ""),
        ("0000-01-01", 404, ""),
    ],
)
def test_as_at_addresses(people_by_name, sign_in, day, status, words):
    two_versions("staff")

    answer = sign_in(people_by_name["staff"]).get(f"{NOW}@{day}/")

    assert answer.status_code == status
    assert words in answer.content.decode()


def test_text_of_each_day_is_the_text_of_that_day(people_by_name, sign_in):
    two_versions("staff")
    client = sign_in(people_by_name["staff"])

    then, now = client.get(THEN).content.decode(), client.get(NOW).content.decode()

    assert ("named nurse" in then, f"The second {MARK}" in then) == (True, False)
    assert ("named nurse" in now, f"The second {MARK}" in now) == (False, True)
    assert "Do not follow this version" in then
    assert "Do not follow this version" not in now


def test_short_address_survives_moving_and_renaming(people_by_name, sign_in):
    page = two_versions("staff")
    second = page.get_parent().copy(update_attrs={"slug": "other", "title": "Other"}, recursive=False)
    workflows.attach(second)
    page.move(second, pos="last-child")
    page.refresh_from_db()
    client = sign_in(people_by_name["staff"])

    assert client.get("/p/zf-1/").headers["Location"] == f"/other/{MARK}-handling/"
    make.edit(page, title="New name", slug="new-name")
    make.issue(page, today=date(2024, 9, 2))
    for address, target in [
        ("/p/ZF-1/", "/other/new-name/"),
        ("/p/ZF-1/v/1.0/", "/other/new-name/v/1.0/"),
        ("/p/ZF-1/@2024-03-01/", "/other/new-name/@2024-03-01/"),
    ]:
        assert client.get(address).headers["Location"] == target
        assert client.get(target).status_code == 200


def test_an_attachment_has_the_rule_of_its_version(people_by_name, sign_in):
    document = get_document_model().objects.create(title="Form", file=ContentFile(b"words", name="form.txt"))
    body = [make.clause("See below."), ("attachment", {"title": "Form", "document": document})]
    page = two_versions("staff", body=[*make.BODY])
    make.edit(page, body=body)
    version = make.issue(page, today=date(2024, 9, 2))
    kept = version.files.get()
    address = f"/policy-file/{version.pk}/{kept.sha256}/form.txt"

    statuses = {name: sign_in(user).get(address).status_code for name, user in people_by_name.items()}

    assert statuses == {"visitor": 302, "outsider": 404, "partner": 404, "staff": 200}
    shown = sign_in(people_by_name["staff"]).get(NOW).content.decode()
    assert f'href="/policy-file/{version.pk}/{kept.sha256}/' in shown
    answer = sign_in(people_by_name["staff"]).get(address)
    assert (b"".join(answer.streaming_content), answer["X-Content-Type-Options"]) == (b"words", "nosniff")
    assert answer["Content-Disposition"].startswith("attachment")


def test_reader_sees_the_issued_text_while_a_new_one_waits_is_refused_or_is_scheduled(
    people_by_name, sign_in
):
    """C1."""
    page = two_versions("staff")
    client = sign_in(people_by_name["staff"])
    seen = [client.get(NOW).content]
    make.edit(page, title="Another", body=[make.clause("Forthcoming.")])
    seen.append(client.get(NOW).content)
    submission = make.submit(page, wanted_from=date(2099, 1, 1))
    seen.append(client.get(NOW).content)
    make.sign(make.approve(submission))

    for content in seen:
        assert b"Forthcoming." not in content
        assert b"The second" in content
    text = client.get(NOW).content
    assert b"Forthcoming." not in text
    assert b"Version 3.0 takes effect on 1 January 2099." in text
    assert b'v/3.0/">Read it now</a>' in text
    assert b"takes effect" not in seen[-1]
    assert b"Version 3.0 takes effect on 1 January 2099" in client.get(f"{NOW}v/3.0/").content


@pytest.mark.parametrize("address", [OLD, THEN, "/p/ZF-1/"])
def test_reading_addresses_take_no_post(people_by_name, sign_in, address):
    two_versions("staff")

    assert sign_in(people_by_name["staff"]).post(address).status_code in (404, 405)


def test_an_older_text_of_narrower_audience_is_not_named_to_a_wider_one(sign_in):
    """The page of a public version tells no title of a version that only staff may read."""
    page = make.make_policy(title=f"{MARK} secret", slug="plain", audience="staff")
    make.issue(page, today=FIRST)
    make.edit(page, title="Plain", audience="public")
    make.issue(page, today=SECOND)

    answer = sign_in(None).get("/policies/plain/")

    assert (answer.status_code, MARK in answer.content.decode()) == (200, False)
    assert make_person() is not None


ODD = ["%00", "a%00b", "%0A", "a%0Ab", "%7F", "%C2%85", "%FF", "a%20b", "%F0%9F%90%A6"]
FORMS = [
    "/p/{}/",
    "/p/{}/v/1.0/",
    "/p/{}/@2024-03-01/",
    "/p/ZF-1/v/{}/",
    "/p/ZF-1/@{}/",
    "/policy-file/1/{}/form.txt",
    "/policies/{}/",
    "/policies/{}/v/1.0/",
]


@pytest.mark.parametrize("who", ["visitor", "staff"])
def test_odd_signs_in_an_address_are_not_found(client, sign_in, who):
    two_versions("public")
    reader = client if who == "visitor" else sign_in(make_person(user=True).user)
    paths = [form.format(odd) for form in FORMS for odd in ODD]

    assert {path: reader.get(path).status_code for path in paths} == dict.fromkeys(paths, 404)


def test_control_signs_in_the_name_of_a_file_are_not_found(client):
    page = two_versions("public")
    page = make.edit(page, body=[*make.BODY, ("attachment", {"document": form_of_text(), "title": "Form"})])
    row = make.issue(page, today=SECOND).files.get()
    start = f"/policy-file/{row.version_id}/{row.sha256}/"

    names = ("form.txt", "%00", "a%0Ab.txt", "%7F.txt", "%C2%85.txt")
    assert [client.get(start + name).status_code for name in names] == [200, 404, 404, 404, 404]


def form_of_text():
    return get_document_model().objects.create(title="Form", file=ContentFile(b"form", name="form.txt"))
