"""Addresses with a dot or an @ stand before Wagtail's. ``/p/<reference>/`` survives moving and renaming."""

from django.urls import path, re_path

from policy_pages.views import (
    changing,
    confirming,
    deciding,
    drafting,
    reading,
    reading_lists,
    receipts,
    register,
)

PLACE = r"^(?P<place>(?:[\w\-]+/)+)"

urlpatterns = [
    path("p/<reference:reference>/", reading.short, name="policy_short"),
    path(
        "p/<reference:reference>/v/<version_number:number>/",
        reading.short_version,
        name="policy_short_version",
    ),
    path("p/<reference:reference>/@<day:day>/", reading.short_as_at, name="policy_short_as_at"),
    path("p/<reference:reference>/changes/", changing.short_latest, name="policy_short_latest_changes"),
    path(
        "p/<reference:reference>/changes/<version_number:old>/<version_number:new>/",
        changing.short,
        name="policy_short_changes",
    ),
    path("policy-file/<int:version>/<sha256:sha256>/<filename:name>", reading.file, name="policy_file"),
    path("my-team/reading/", reading_lists.team, name="team_reading"),
    path("policy/<int:pk>/read/<version_number:number>/", confirming.confirm, name="policy_read"),
    path("policy/<int:pk>/readers/", reading_lists.readers, name="policy_readers"),
    path("policy/<int:pk>/readers/add/", reading_lists.add_rule, name="policy_reading_rule"),
    path("policy/<int:pk>/readers/paper/", confirming.paper, name="policy_read_on_paper"),
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
    path("policy/<int:pk>/changes/", changing.draft, name="policy_draft_changes"),
    path("policy/<int:pk>/history/", drafting.history, name="policy_history"),
    path("policy/<int:pk>/receipts/<int:number>/", receipts.receipt, name="policy_receipt"),
    path("policy/<int:pk>/receipts/<int:number>/receipt/", receipts.receipt_file, name="policy_receipt_file"),
    path("policy/<int:pk>/receipts/<int:number>/file/", receipts.original, name="policy_receipt_original"),
    re_path(PLACE + r"v/(?P<number>\d{1,4}\.\d{1,4})/$", reading.version, name="policy_version"),
    re_path(
        PLACE + r"changes/(?P<old>\d{1,4}\.\d{1,4})/(?P<new>\d{1,4}\.\d{1,4})/$",
        changing.changes,
        name="policy_changes",
    ),
    re_path(PLACE + r"@(?P<day>\d{4}-\d{2}-\d{2})/$", reading.as_at, name="policy_as_at"),
]
