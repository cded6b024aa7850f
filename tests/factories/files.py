from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.images import get_image_model


def png(size=(40, 30), colour="navy") -> bytes:
    stream = BytesIO()
    Image.new("RGB", size, colour).save(stream, "PNG")
    return stream.getvalue()


def make_image(title="A figure", name="figure.png", content=None):
    return get_image_model().objects.create(title=title, file=ContentFile(content or png(), name=name))


def make_document(title="A form", name="form.txt", content=b"Two lines\r\nof text"):
    return get_document_model().objects.create(title=title, file=ContentFile(content, name=name))
