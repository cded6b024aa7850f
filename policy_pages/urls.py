"""Addresses with a dot or an @ stand before Wagtail's. ``/p/<reference>/`` survives moving and renaming."""

from django.urls import path, re_path

from policy_pages.views import deciding, drafting, reading

PLACE = r"^(?P<place>(?:[\w\-]+/)+)"

urlpatterns = [
    path("p/<str:reference>/", reading.short, name="policy_short"),
    path("p/<str:reference>/v/<str:number>/", reading.short_version, name="policy_short_version"),
    path("p/<str:reference>/@<str:day>/", reading.short_as_at, name="policy_short_as_at"),
    path("policy-file/<int:version>/<str:sha256>/<str:name>", reading.file, name="policy_file"),
    path("policy/<int:pk>/draft/", drafting.draft, name="policy_draft"),
    path("policy/<int:pk>/draft-file/<str:sha256>/<str:name>", drafting.draft_file, name="policy_draft_file"),
    path("policy/<int:pk>/submit/", drafting.submit, name="policy_submit"),
    path("policy/<int:pk>/recall/", drafting.recall, name="policy_recall"),
    path("policy/<int:pk>/placeholders/", drafting.placeholders, name="policy_placeholders"),
    path("policy/<int:pk>/decide/", deciding.decide, name="policy_decide"),
    path("policy/<int:pk>/history/", drafting.history, name="policy_history"),
    re_path(PLACE + r"v/(?P<number>\d{1,4}\.\d{1,4})/$", reading.version, name="policy_version"),
    re_path(PLACE + r"@(?P<day>\d{4}-\d{2}-\d{2})/$", reading.as_at, name="policy_as_at"),
]
