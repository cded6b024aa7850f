"""K2 and K5: the headers of every kind of answer, and no other origin in any page or mail."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from kernel.outbox.models import OutboxMail
from policy_pages.models import VersionFile
from portal.role_sync import sync_roles
from tests.factories import policies as make
from tests.factories.accounts import PASSWORD
from tests.factories.files import make_image
from tests.factories.organisation import make_person
from tests.portal.meeting import BACKEND
from tests.portal.telling import told
from tests.portal.walking import addresses

pytestmark = pytest.mark.django_db
OWN = ("http://localhost", "http://testserver", "https://localhost", "https://testserver")
# Addresses that are names and never asked for: of the languages of drawings and documents.
NAMES = ("http://www.w3.org/", "https://www.w3.org/")
LOADS = re.compile(
    r"""(?:src|srcset|action|poster|data-src|data-url)=["']?\s*((?:https?:)?//[^"'\s>]+)"""
    r"""|<link[^>]+href=["']?\s*((?:https?:)?//[^"'\s>]+)"""
    r"""|url\(["']?((?:https?:)?//[^"')]+)|@import\s+["']((?:https?:)?//[^"']+)""",
    re.IGNORECASE,
)
ANY = re.compile(r"""https?://[^\s"'<>]+""")


@pytest.fixture
def site(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
    make.make_library()
    sync_roles()
    figure = ("figure", {"image": make_image(), "alt": "A square", "caption": ""})
    page = make.make_policy(
        audience="public", reference="SG-042", slug="lone-working", body=[*make.BODY, figure]
    )
    make.issue(page)
    return page


def superuser():
    user = make_person(user=True).user
    user.is_superuser = True
    user.save()
    return user


def other_origins(html) -> set[str]:
    """What a browser would fetch from elsewhere."""
    found = {next(filter(None, hit.groups())) for hit in LOADS.finditer(html)}
    return {place for place in found if not place.startswith(OWN)}


def kinds_of_answer():
    """(address, status) of a page, a redirect, refusals, a file, data, style, a mistake."""
    kept = VersionFile.objects.get()
    return [
        ("/policies/lone-working/", 200),
        ("/p/SG-042/", 302),
        ("/nothing/", 302),
        ("/admin/", 302),
        (f"/policy-file/{kept.version_id}/{kept.sha256}/{kept.name}", 200),
        ("/static/portal/site.css", 200),
        ("/accounts/login/", 200),
        ("/media/issued/x", 301),
        ("/admin/api/main/pages/", 302),
    ]


KINDS_SIGNED_IN = [
    ("/desk/", 200),
    ("/admin/", 200),
    ("/admin/api/main/pages/", 200),
    ("/nothing/", 404),
    ("/admin/reports/workflow/?export=csv", 200),
    ("/admin/kernel_audit/auditentry/?export=xlsx", 200),
    ("/admin/api/main/images/", 404),
]


def lacking(response) -> list[str]:
    policy, missing = response.get("Content-Security-Policy", ""), []
    wanted = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    missing += [name for name, value in wanted.items() if response.get(name) != value]
    missing += [] if "default-src 'self'" in policy or "default-src 'none'" in policy else ["policy"]
    missing += [] if "frame-ancestors 'self'" in policy or "sandbox" in policy else ["frame-ancestors"]
    missing += [name for name in ("Server", "X-Powered-By") if name in response]
    missing += ["star or other origin in policy"] if re.search(r"\*|https?:", policy) else []
    return missing


def test_every_kind_of_answer_has_the_headers(site):
    visitor, person = Client(), Client()
    person.force_login(superuser(), backend=BACKEND)
    asked = [(visitor, *row) for row in kinds_of_answer()] + [(person, *row) for row in KINDS_SIGNED_IN]

    for client, address, status in asked:
        response = client.get(address)
        told(response)
        assert (address, response.status_code, lacking(response)) == (address, status, [])
        if client is person:
            assert response["Cache-Control"] == "no-store"


def test_without_the_middlewares_they_would_lack(site, settings):
    dropped = ("portal.middleware.PolicyByPath", "django.middleware.security.SecurityMiddleware")
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name not in dropped]

    assert set(lacking(Client().get("/policies/lone-working/"))) == {
        "X-Content-Type-Options",
        "Referrer-Policy",
        "Cross-Origin-Opener-Policy",
        "policy",
        "frame-ancestors",
    }


def test_https_is_demanded_and_kept_in_production_settings(site, settings):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True

    assert Client().get("/policies/lone-working/")["Location"] == "https://testserver/policies/lone-working/"
    secure = Client().get("/policies/lone-working/", secure=True)
    assert secure["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"


def test_cookies_tell_nothing_to_script_and_go_nowhere_else(site):
    client = Client()
    client.get("/accounts/login/")
    email = make_person(user=True).user.email
    client.post("/accounts/login/", {"login": email, "password": PASSWORD})

    for name in ("csrftoken", "sessionid"):
        morsel = client.cookies[name]
        assert (name, bool(morsel["httponly"]), morsel["samesite"]) == (name, True, "Lax")


def test_no_page_asks_another_origin(site):
    client = Client(raise_request_exception=False)
    client.force_login(superuser(), backend=BACKEND)
    found = {}
    for address in addresses():
        if others := other_origins(told(client.get(address.path))):
            found[str(address)] = others

    assert found == {}


def test_an_origin_elsewhere_is_seen():
    assert other_origins(
        '<img src="//cdn.example/x.png"><link rel=x href="https://fonts.example/a.css">'
    ) == {
        "//cdn.example/x.png",
        "https://fonts.example/a.css",
    }
    assert other_origins(
        '<style>a{background:url(http://e.example/x)}</style><script src="/static/a.js">'
    ) == {"http://e.example/x"}


def test_mail_links_to_this_site_alone(site):
    texts = [mail.subject + mail.text + mail.html for mail in OutboxMail.objects.all()]

    links = {link for text in texts for link in ANY.findall(text)}
    assert len(texts) >= 4
    assert len(links) >= 1
    assert {link for link in links if not link.startswith(OWN)} == set()
