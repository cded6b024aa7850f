"""Asks every address as one person and says where a mark was met: in text, header, cookie or workbook."""

import re
from urllib.parse import quote

from django.test import Client

from tests.portal.numbers import NUMBER
from tests.portal.telling import ask
from tests.portal.test_addresses import UPSTREAM_FAULTS
from tests.portal.walking import addresses

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MARK = "zebrafinch"
LISTS = re.compile("index|results|choose|chooser|report|search|list|explore|bulk|usage|history")
PAGE_ACTIONS = ("publish", "unpublish", "delete", "move")
FILE_ACTIONS = ("delete", "add_to_collection", "add_tags")
BULK = [f"/admin/bulk/wagtailcore/page/{action}/" for action in PAGE_ACTIONS] + [
    f"/admin/bulk/{model}/{action}/"
    for model in ("wagtailimages/image", "wagtaildocs/document")
    for action in FILE_ACTIONS
]
MORE = [
    "/admin/api/main/pages/?child_of={library}&for_explorer=1",
    "/admin/api/main/pages/?search=zebra",
    "/admin/api/main/pages/?descendant_of={library}",
    "/admin/api/main/images/?search=zebra",
    "/admin/api/main/documents/?search=zebra",
    "/admin/reports/site-history/?export=csv",
    "/admin/reports/workflow/?export=xlsx",
    "/admin/reports/workflow_tasks/?export=csv",
    "/admin/reports/aging-pages/?export=csv",
    "/admin/reports/locked/?export=csv",
    "/admin/choose-page/search/?q=zebra",
    "/admin/choose-page/{library}/?page_type=policy_pages.policypage",
    "/search/?q=zebra",
    "/policies/?q=zebra",
    "/sitemap.xml",
    "/robots.txt",
    "/feed/",
    f"/media/documents/{MARK}.txt",
    f"/media/original_images/{MARK}.png",
]
FILLS = {
    "content_type_app_name": "policy_pages",
    "content_type_model_name": "policypage",
    "app_label": "policy_pages",
    "model_name": "policypage",
    "action_name": "approve",
    "action": "copy",
    "filter_spec": "width-100",
    "app_name": "kernel_organisation",
    "uidb36": "1",
    "object_id": str(NUMBER),
    "name": f"{MARK}.png",
} | {
    name: str(NUMBER)
    for name in (
        "pk page_id page_to_move_id revision_id task_id task_state_id workflow_state_id image_id document_id "
        "doc_id instance_pk session_id version collection_id uploaded_file_id workflow_pk page_pk"
    ).split()
}
KNOWN = {
    "wagtailadmin_pages:revisions_compare": f"/admin/pages/{NUMBER}/revisions/compare/earliest...latest/",
    "wagtailsettings:edit": "/admin/settings/kernel_organisation/sitelabels/",
}


def paths(library, fills, known) -> list[tuple[str, str]]:
    """Name of each address and a path of it: to the thing ``NUMBER``, and to the library where it stands."""
    rows = {("bulk", path) for path in BULK}
    rows |= {("more", path.format(library=library.pk)) for path in MORE}
    for parent in (NUMBER, library.pk):
        parts = FILLS | {"parent_page_id": str(parent), "destination_id": str(library.pk)} | fills
        places = KNOWN | {"wagtailadmin_explore": f"/admin/pages/{parent}/"} | known
        rows |= {(found.name or found.route, found.path) for found in addresses(None, parts, places)}
    return sorted(rows)


def questions(rows, enters_admin: bool):
    """Each address looked at; where the person is let in, lists are searched and each act is pressed once."""
    pressed = set()
    for name, path in rows:
        yield name, path, "get", {}
        if path.startswith("/admin/") and not enters_admin:
            continue
        if LISTS.search(name):
            yield name, path, "get", {"q": "zebra", "id": NUMBER, "next": "/admin/"}
        if name not in pressed:
            yield name, path, "post", {}
        pressed.add(name)


def meetings(user, rows, sees=lambda text: MARK in text.lower()) -> tuple[set[str], set[str]]:
    """Names of the addresses at which ``user`` meets the mark, and of those that failed."""
    client, met, failed = Client(raise_request_exception=False), set(), set()
    if user:
        client.force_login(user, backend=BACKEND)
    enters = user is not None and user.has_perm("wagtailadmin.access_admin")
    for name, path, method, query in questions(rows, enters):
        status, text = ask(client, method, path, query)
        if sees(_without_what_was_asked(text, path)):
            met.add(name)
        if status >= 500 and name not in UPSTREAM_FAULTS:
            failed.add(f"{method} {path}")
    return met, failed


def _without_what_was_asked(text, path):
    """The way back after signing in repeats the address that was asked for."""
    for asked in (path, quote(path), quote(quote(path)), quote(path, safe="")):
        text = text.replace(asked, "")
    return text
