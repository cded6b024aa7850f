"""Addresses with a dot or an @ stand before Wagtail's. ``/p/<reference>/`` survives moving and renaming."""

from django.urls import path, re_path, register_converter

from policy_pages import converters
from policy_pages.views import deciding, drafting, reading, register

register_converter(converters.Reference, "reference")
register_converter(converters.Digest, "sha256")
register_converter(converters.FileName, "filename")
register_converter(converters.Number, "version_number")
register_converter(converters.Day, "day")

PLACE = r"^(?P<place>(?:[\w\-]+/)+)"

urlpatterns = [
    path("p/<reference:reference>/", reading.short, name="policy_short"),
    path(
        "p/<reference:reference>/v/<version_number:number>/",
        reading.short_version,
        name="policy_short_version",
    ),
    path("p/<reference:reference>/@<day:day>/", reading.short_as_at, name="policy_short_as_at"),
    path("policy-file/<int:version>/<sha256:sha256>/<filename:name>", reading.file, name="policy_file"),
    path("policy-register/", register.register, name="policy_register"),
    path("policy/<int:pk>/draft/", drafting.draft, name="policy_draft"),
    path(
        "policy/<int:pk>/draft-file/<sha256:sha256>/<filename:name>",
        drafting.draft_file,
        name="policy_draft_file",
    ),
    path("policy/<int:pk>/submit/", drafting.submit, name="policy_submit"),
    path("policy/<int:pk>/recall/", drafting.recall, name="policy_recall"),
    path("policy/<int:pk>/placeholders/", drafting.placeholders, name="policy_placeholders"),
    path("policy/<int:pk>/decide/", deciding.decide, name="policy_decide"),
    path("policy/<int:pk>/history/", drafting.history, name="policy_history"),
    re_path(PLACE + r"v/(?P<number>\d{1,4}\.\d{1,4})/$", reading.version, name="policy_version"),
    re_path(PLACE + r"@(?P<day>\d{4}-\d{2}-\d{2})/$", reading.as_at, name="policy_as_at"),
]
