"""What an accepted document becomes: a new policy's first draft, or the next draft of one that is there."""

import json

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.images import get_image_model
from wagtail.models import Page

from kernel.compat import file_policy
from kernel.content.uploads import check_image
from policy_pages import freezing
from policy_pages.imports import references
from policy_pages.imports.bringing import WAITS
from policy_pages.imports.reading import GONE
from policy_pages.models import PolicyIndexPage, PolicyPage

LONGEST_SLUG = 200


def new_policy(row, *, actor, made, title: str = "") -> PolicyPage:
    """A draft in the row's library, in the name of ``actor``; readers are our staff until somebody says otherwise.

    ``title`` counts where the document states none.
    """
    library = PolicyIndexPage.objects.select_for_update(of=("self",)).filter(pk=row.library_id).first()
    if library is None:
        raise ValidationError(GONE)
    title = row.receipt["title"] or title or row.working_title
    page = PolicyPage(
        title=title,
        slug=_free_slug(library, title),
        reference=references.free(row.receipt["document_control"]),
        owner=actor,
        live=False,
    )
    page.body = json.dumps(_with_images(row, actor, made))
    library.add_child(instance=page)
    _save(page, row, actor)
    return page


def next_draft(row, *, actor, made, title: str = "") -> PolicyPage:
    """The document in the place of the draft with which it was compared; refused when that changed since."""
    found = Page.objects.select_for_update().filter(pk=row.policy_id).first()
    if found is None:
        raise ValidationError(GONE)
    draft = found.specific.get_latest_revision_as_object()
    if draft.open_submission:
        raise ValidationError(WAITS)
    if draft.permissions_for_user(actor).page_locked():
        raise ValidationError(_("Somebody locked this policy. Ask them to unlock it, then accept again."))
    if freezing.freeze(draft, filled=False).digest != row.base_sha256:
        raise ValidationError(
            _("The draft changed after this file was compared with it. Nothing was saved. Compare again."),
            code="changed_since",
        )
    draft.title = row.receipt["title"] or title or draft.title
    draft.body = json.dumps(_with_images(row, actor, made))
    _save(draft, row, actor)
    return draft


def _save(page, row, actor) -> None:
    """The revision is the accepting person's; who brought the file wrote a part of it too (C3)."""
    page.save_revision(user=actor, log_action=True)
    if row.brought_by_id != actor.pk:
        bringer = get_user_model().objects.filter(pk=row.brought_by_id).first()
        if bringer:
            page.keep_author(bringer)


def _free_slug(library, title: str) -> str:
    stem = slugify(title)[:LONGEST_SLUG] or "policy"
    taken = set(library.get_children().filter(slug__startswith=stem).values_list("slug", flat=True))
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def _with_images(row, actor, made) -> list[dict]:
    """The blocks with images of ours in the place of the document's pictures, each stored once."""
    pictures = {picture.sha256: picture for picture in row.pictures.all()}
    images: dict[str, int] = {}
    for block in row.blocks:
        sha256 = block["value"]["image"] if block["type"] == "figure" else None
        if isinstance(sha256, str):
            if sha256 not in images:
                title = block["value"]["alt"] or block["value"].get("caption") or pictures[sha256].name
                images[sha256] = _image(pictures[sha256], title, actor, made).pk
            block["value"]["image"] = images[sha256]
    return row.blocks


def _image(picture, title: str, actor, made):
    """An image as if the actor had uploaded it: in a collection where they may, after the same look at its content."""
    model = get_image_model()
    places = file_policy(model).collections_user_has_permission_for(actor, "add")
    place = places.order_by("path").first()
    if place is None:
        raise PermissionDenied(
            _("This document has pictures, and you may not add images. Ask an author to accept it.")
        )
    with picture.file.open("rb") as file:
        check_image(file)
        content = ContentFile(file.read(), name=picture.name)
    image = model(title=title[:255], collection=place, uploaded_by_user=actor)
    image.file.save(picture.name, content, save=False)
    made.append(image.file)
    image.full_clean()
    image.save()
    return image
