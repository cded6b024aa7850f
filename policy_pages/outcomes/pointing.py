"""Which other policies link to one: asked before it is withdrawn, so that their authors can be told (S3-05)."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, TextField
from django.db.models.functions import Cast
from django.urls import reverse

from policy_pages import dead_links, freezing, permissions, reading
from policy_pages.models import PolicyPage, PolicyVersion


@dataclass(frozen=True)
class Pointing:
    """A text that links to the policy: ``number`` of the version in force, empty for a draft."""

    title: str
    reference: str
    number: str
    url: str


def pointing_to(policy, user, seats, today) -> list[Pointing]:
    """Texts in force that ``user`` may read, then drafts that they may see, each by title."""
    names = references_of(policy)
    return _in_force(policy, names, user, today) + _drafts(policy, names, user, seats)


def references_of(policy) -> set[str]:
    """Every reference under which it was issued: frozen links keep the one of their day."""
    return set(PolicyVersion.objects.filter(policy_id=policy.pk).values_list("reference", flat=True))


def _in_force(policy, names, user, today) -> list[Pointing]:
    texts = reading.readable(reading.reader_of(user, today), today).exclude(policy_id=policy.pk)
    texts = texts.annotate(words=Cast("content", TextField())).defer("html", "control")
    named = Q(pk=None)
    for name in names:
        named |= Q(words__icontains=f"/p/{name}/")
    return [
        Pointing(row.title, row.reference, row.number, f"/p/{row.reference}/")
        for row in texts.filter(named)
        if _links_to(row.content, names)
    ]


def _drafts(policy, names, user, seats) -> list[Pointing]:
    """Working texts that are not issued; a link there names the page by its number."""
    issued = PolicyVersion.objects.filter(policy=OuterRef("pk"), revision=OuterRef("latest_revision"))
    pages = PolicyPage.objects.filter(~Exists(issued), latest_revision__isnull=False).exclude(pk=policy.pk)
    pages = pages.annotate(words=Cast("latest_revision__content", TextField()))
    pages = pages.filter(words__contains=f'id=\\\\\\"{policy.pk}\\\\\\"').order_by("draft_title", "pk")
    found = []
    for page in pages:
        draft = page.get_latest_revision_as_object()
        if permissions.can_see_draft(user, page, seats) and _links_to(freezing.freeze(draft).content, names):
            url = reverse("policy_draft", args=[page.pk])
            found.append(Pointing(draft.title, draft.reference or "", "", url))
    return found


def _links_to(content, names) -> bool:
    return bool(names & dead_links.policies_named(content))
