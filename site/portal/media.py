"""Uploads as the editor shows them. Readers get theirs from the issued version, so these doors are for the admin.

The web server hands out nothing beneath the folder of uploads; Django does, to those who may use the thing.
"""

from mimetypes import guess_type

from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from wagtail.images import get_image_model

from portal.admin_scope import may_use


@require_safe
def editor_image(request, name):
    """A small copy that Wagtail made of an image, for those who may use the image; 404 for everybody else."""
    copies = get_image_model().get_rendition_model().objects.select_related("image")
    copy = get_object_or_404(copies, file=f"images/{name}")
    kind = guess_type(name)[0] or ""
    if not may_use(request.user, "image", copy.image) or not kind.startswith("image/"):
        raise Http404
    try:
        answer = FileResponse(copy.file.open("rb"), content_type=kind)
    except (FileNotFoundError, SuspiciousFileOperation):
        raise Http404 from None
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def refuse_document(document, request):
    """Working documents are for those who write with them; readers get the copy that a version shows."""
    if not may_use(request.user, "document", document):
        raise Http404
