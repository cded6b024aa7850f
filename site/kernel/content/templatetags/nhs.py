"""The design system's components as template tags, and the drawn marks of our states."""

from django import template
from django.forms import BaseForm
from django.http import QueryDict
from django.utils.translation import gettext as _

from kernel.content import fields
from kernel.content.components import component

register = template.Library()

STATES = {
    "good": "good",
    "met": "good",
    "soon": "soon",
    "partly": "soon",
    "late": "late",
    "not_met": "late",
    "waits": "waits",
    "closed": "closed",
    "away": "closed",
    "not_begun": "none",
    "none": "none",
}
MUST, SHOULD, MAY = "must", "should", "may"


@register.inclusion_tag("kernel_content/state.html")
def state(kind: str, words: str) -> dict:
    """``{% state "good" "In force" %}``: the shape beside its word; an unknown kind is an error."""
    return {"kind": STATES[kind], "words": words}


@register.inclusion_tag("kernel_content/force.html")
def force(word: str, kind: str = "") -> dict:
    """``{% force "must" %}``: the word that binds, told by its border as much as by its colour."""
    kind = kind or word.lower()
    return {"word": word, "kind": kind if kind in (MUST, SHOULD, MAY) else MAY}


@register.simple_tag
def nhs_button(
    text, variant=None, href=None, name=None, value=None, classes=None, id=None, described_by=None
):
    """The one primary button; ``variant`` "secondary" or "warning". With ``href`` a link in its dress."""
    attributes = {"aria-describedby": described_by} if described_by else None
    return component(
        "button",
        "button",
        text=text,
        variant=variant,
        href=href,
        name=name,
        value=value,
        classes=classes,
        id=id,
        attributes=attributes,
    )


@register.simple_tag
def nhs_back_link(text, href):
    return component("back-link", "backLink", text=text, href=href)


@register.simple_tag
def nhs_tag(text, colour=None):
    return component("tag", "tag", text=text, colour=colour)


@register.simple_block_tag
def nhs_inset_text(content, id=None):
    return component("inset-text", "insetText", html=content, id=id, visuallyHiddenText=_("Information"))


@register.simple_block_tag
def nhs_warning_callout(content, heading, level=2):
    return component(
        "warning-callout",
        "warningCallout",
        heading=heading,
        html=content,
        headingLevel=level,
        visuallyHiddenText=_("Important"),
    )


@register.simple_block_tag(takes_context=True)
def nhs_details(context, content, summary, id=None, open=False):
    """Opens in place; on a page asked for with ``?print`` it stands open."""
    request = context.get("request")
    printing = bool(request) and "print" in request.GET
    return component(
        "details", "details", summaryText=summary, html=content, id=id, open=bool(open) or printing
    )


@register.simple_block_tag
def nhs_panel(content, title, variant=None, level=1):
    """The end of a flow; ``variant="interruption"`` for an act that ends or withdraws something."""
    return component("panel", "panel", titleText=title, html=content, variant=variant, headingLevel=level)


@register.simple_block_tag
def nhs_notification_banner(content, title=None, variant=None, id="banner"):
    """The result of the last act. ``id`` must differ when a page carries two."""
    return component(
        "notification-banner",
        "notificationBanner",
        titleText=title or (_("Done") if variant == "success" else _("Important")),
        titleId=f"{id}-title",
        html=content,
        variant=variant,
        id=id,
    )


@register.simple_tag
def nhs_summary_list(rows, border=True):
    """Facts. A row is (key, value) or (key, value, [(text, href, hidden words), ...])."""
    return component("summary-list", "summaryList", rows=[_fact(*row) for row in rows], border=border)


def _fact(key, value, actions=()):
    links = [{"text": text, "href": href, "visuallyHiddenText": hidden} for text, href, hidden in actions]
    fact = {"key": {"text": str(key)}, "value": {"text": value if hasattr(value, "__html__") else str(value)}}
    return fact | ({"actions": {"items": links}} if links else {})


@register.simple_tag
def nhs_task_list(items, id_prefix="task-list"):
    """Work. An item is a dict: title, href, hint, status (words, or a mark rendered before)."""
    return component("task-list", "taskList", idPrefix=id_prefix, items=[_task(item) for item in items])


def _task(item):
    task = {"title": {"text": item["title"]}, "href": item.get("href")}
    for key in ("hint", "status"):
        if item.get(key):
            task[key] = {"text": item[key]}
    return task


@register.simple_tag(takes_context=True)
def nhs_pagination(context, page, param="page"):
    """Links to the page before and after, keeping the filters of the address where a request is at hand."""
    if page.paginator.num_pages < 2:
        return ""
    place = _("Page %(number)d of %(total)d")
    params = {"landmarkLabel": _("Pages")}
    if page.has_previous():
        params["previous"] = _turn(
            context, param, page.previous_page_number(), page, place, _("Previous page")
        )
    if page.has_next():
        params["next"] = _turn(context, param, page.next_page_number(), page, place, _("Next page"))
    return component("pagination", "pagination", **params)


def _turn(context, param, number, page, place, text):
    query = context["request"].GET.copy() if "request" in context else QueryDict(mutable=True)
    query[param] = number
    return {
        "href": f"?{query.urlencode()}",
        "text": text,
        "labelText": place % {"number": number, "total": page.paginator.num_pages},
    }


@register.inclusion_tag("kernel_content/breadcrumb.html")
def nhs_breadcrumb(breadcrumbs):
    """``breadcrumbs`` is [(label, url), ...], the places above this page; on a phone the last alone."""
    return {"breadcrumbs": list(breadcrumbs or [])}


def _forms(given):
    """The forms among what a page hands over: one, a list, or a dict of them."""
    for item in given:
        if isinstance(item, BaseForm):
            yield item
        elif isinstance(item, dict | list | tuple):
            yield from _forms(item.values() if isinstance(item, dict) else item)


@register.simple_tag
def nhs_error_summary(*forms):
    """The errors of all forms that were sent, each a link to its field. Nothing when there are none."""
    sent = {id(form): form for form in _forms(forms)}.values()
    errors = [error for form in sent for error in fields.error_links(form)]
    if not errors:
        return ""
    return component(
        "error-summary",
        "errorSummary",
        titleText=_("There is a problem"),
        errorList=errors,
        id="error-summary",
    )


@register.simple_tag
def error_prefix(*forms):
    """ "Error: " for the title of a page whose form came back."""
    return _("Error: ") if any(form.errors for form in _forms(forms)) else ""


@register.simple_tag
def nhs_field(bound_field):
    """One field with label, hint, error and input, wired together."""
    return fields.field_html(bound_field)
