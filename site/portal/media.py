"""Pictures as the editor shows them. Readers get theirs from the issued version, so this door is for the admin."""

from mimetypes import guess_type

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe


@require_safe
def editor_image(request, name):
    """A small copy that Wagtail made of an image; nothing else beneath the folder of uploads is reachable."""
    kind = guess_type(name)[0] or ""
    if not request.user.has_perm("wagtailadmin.access_admin") or not kind.startswith("image/"):
        raise Http404
    try:
        answer = FileResponse(default_storage.open(f"images/{name}"), content_type=kind)
    except (FileNotFoundError, SuspiciousFileOperation):
        raise Http404 from None
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
