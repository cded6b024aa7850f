from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection


def make_root_collection() -> None:
    """A flushed database has none, and every image and document stands in one."""
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")


def png(size=(40, 30), colour="navy") -> bytes:
    stream = BytesIO()
    Image.new("RGB", size, colour).save(stream, "PNG")
    return stream.getvalue()


def make_image(title="A figure", name="figure.png", content=None):
    make_root_collection()
    return get_image_model().objects.create(title=title, file=ContentFile(content or png(), name=name))


def make_document(title="A form", name="form.txt", content=b"Two lines\r\nof text"):
    make_root_collection()
    return get_document_model().objects.create(title=title, file=ContentFile(content, name=name))
