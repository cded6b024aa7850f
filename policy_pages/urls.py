"""Addresses with a dot or an @ stand before Wagtail's. ``/p/<reference>/`` survives moving and renaming."""

from django.urls import path, re_path

from policy_pages.views import (
    assurance,
    board,
    changing,
    deciding,
    drafting,
    matters,
    outcomes,
    reading,
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
    path("policy-register/", register.register, name="policy_register"),
    path("policy-register/board/", board.in_date, name="policy_board"),
    path("policy-register/forecast/", board.review_load, name="policy_forecast"),
    path("policy-register/reports/", board.reports_due, name="policy_reports"),
    path("policy-register/audits/", board.audits, name="policy_audits"),
    path("policy-register/extensions/", board.extensions, name="policy_extensions"),
    path("policy-register/reviews/", board.body_reviews, name="policy_body_reviews"),
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
    path("policy/<int:pk>/chair-action/", deciding.act_alone, name="policy_act_alone"),
    path("policy/<int:pk>/conditions/", deciding.conditions_of, name="policy_conditions"),
    path("policy-proposals/<int:pk>/", matters.proposal, name="policy_proposal"),
    path("policy-chair-actions/<int:pk>/", matters.chair_action, name="policy_chair_action"),
    path("policy/<int:pk>/review/no-change/", outcomes.no_change, name="policy_no_change"),
    path("policy/<int:pk>/review/more-time/", outcomes.more_time, name="policy_more_time"),
    path("policy/<int:pk>/review/retire/", outcomes.retire, name="policy_retire"),
    path("policy/<int:pk>/changes/", changing.draft, name="policy_draft_changes"),
    path("policy/<int:pk>/history/", drafting.history, name="policy_history"),
    path("policy/<int:pk>/assurance/", assurance.assurance, name="policy_assurance"),
    path("policy/<int:pk>/assurance/report/", assurance.schedule, name="policy_report_new"),
    path("policy/<int:pk>/assurance/report/<int:number>/", assurance.report, name="policy_report"),
    path("policy/<int:pk>/assurance/report/<int:number>/end/", assurance.end, name="policy_report_end"),
    path("policy/<int:pk>/assurance/audit/", assurance.plan, name="policy_audit_new"),
    path("policy/<int:pk>/assurance/audit/<int:number>/", assurance.complete, name="policy_audit"),
    path("policy/<int:pk>/assurance/review/", assurance.log, name="policy_body_review_new"),
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
