"""The screens of the import, within Wagtail's admin."""

from django.urls import path

from policy_pages.views import importing

urlpatterns = [
    path("policy-imports/", importing.index, name="policy_imports"),
    path("policy-imports/bring/", importing.bring, name="policy_import_bring"),
    path("policy-imports/bring/<key:page_id>/", importing.again, name="policy_import_again"),
    path("policy-imports/<key:pk>/", importing.show, name="policy_import"),
    path("policy-imports/<key:pk>/progress/", importing.progress, name="policy_import_progress"),
    path("policy-imports/<key:pk>/receipt/", importing.receipt, name="policy_import_receipt"),
    path(
        "policy-imports/<key:pk>/picture/<sha256:sha256>/<filename:name>",
        importing.picture,
        name="policy_import_picture",
    ),
]
