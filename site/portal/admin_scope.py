"""Wagtail's admin asks for a permission at most of its addresses; this asks at every one that names a thing.

A page, image or document that somebody has no right to is not there for them: 404, and no title is told.
"""

from django.http import Http404
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from kernel.compat import file_policy

USES = ("add", "change", "choose", "delete")
PAGE_PARTS = ("page_id", "parent_page_id", "page_to_move_id", "page_pk")
IMAGE_PARTS = ("image_id",)
DOCUMENT_PARTS = ("document_id", "doc_id")
# Not used by any screen of the admin, or, the report of page types, without a permission of its own.
CLOSED = frozenset(
    {
        "wagtailadmin_api:documents:detail",
        "wagtailadmin_api:documents:find",
        "wagtailadmin_api:documents:listing",
        "wagtailadmin_api:images:detail",
        "wagtailadmin_api:images:find",
        "wagtailadmin_api:images:listing",
        "wagtailadmin_api:pages:action",
        "wagtailadmin_error_test",
        "wagtailadmin_reports:page_types_usage",
        "wagtailadmin_reports:page_types_usage_results",
    }
)
# Addresses that take numbers from the query: the kind of thing behind them.
BY_QUERY = {
    "wagtailadmin_choose_page_chosen_multiple": "page",
    "wagtailimages_chooser:chosen_multiple": "image",
    "wagtaildocs_chooser:chosen_multiple": "document",
}
BULK = "wagtail_bulk_action"


class AdminScopeMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        match, user = request.resolver_match, request.user
        if not match.route.startswith("admin/") or not user.has_perm("wagtailadmin.access_admin"):
            return
        if match.view_name in CLOSED:
            raise Http404
        for kind, numbers in _named(match.view_name, request, args, kwargs):
            if numbers and not _may_use_all(user, kind, set(numbers)):
                raise Http404


def explorable(pages, request):
    """Choosers offer the pages that somebody may explore, and no other titles."""
    return pages & PagePermissionPolicy().explorable_instances(request.user)


def may_use(user, kind: str, thing) -> bool:
    """Has ``user`` any right to this image or document?"""
    return user.has_perm("wagtailadmin.access_admin") and _policy(kind).user_has_any_permission_for_instance(
        user, USES, thing
    )


def _named(name, request, args, kwargs):
    """(kind, numbers) of what an address names."""
    if name == "wagtailadmin_pages:revisions_compare":
        yield "page", args[:1]
    if name == "wagtailadmin_api:pages:detail":
        yield "page", [kwargs["pk"]]
    yield "page", [kwargs[part] for part in PAGE_PARTS if part in kwargs]
    yield "image", [kwargs[part] for part in IMAGE_PARTS if part in kwargs]
    yield "document", [kwargs[part] for part in DOCUMENT_PARTS if part in kwargs]
    kind = kwargs.get("model_name") if name == BULK else BY_QUERY.get(name)
    if kind in ("page", "image", "document"):
        yield kind, _asked_for(request, kind)


def _asked_for(request, kind) -> list:
    numbers = request.GET.getlist("id")
    if "all" not in numbers:
        return numbers
    if kind == "page":
        return [request.GET.get("childOf", "")]
    return list(_model(kind).objects.values_list("pk", flat=True))


def _may_use_all(user, kind, numbers) -> bool:
    try:
        wanted = {int(number) for number in numbers}
    except ValueError:
        return False
    if kind == "page":
        found = PagePermissionPolicy().explorable_instances(user).filter(pk__in=wanted)
        missing = wanted - set(found.values_list("pk", flat=True))
        return all(_waits_for(user, number) for number in missing)
    return all(may_use(user, kind, thing) for thing in _model(kind).objects.filter(pk__in=wanted))


def _waits_for(user, number) -> bool:
    """A page that waits for this person's decision is open to them for as long as it waits."""
    page = Page.objects.filter(pk=number).specific().first()
    task = page.current_workflow_task if page else None
    return task is not None and bool(task.get_actions(page, user))


def _model(kind):
    return get_image_model() if kind == "image" else get_document_model()


def _policy(kind):
    return file_policy(get_image_model() if kind == "image" else get_document_model())
