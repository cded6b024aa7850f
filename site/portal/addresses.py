"""Who may ask for which address. Every address of the site has a rule here, or the address walk fails.

A rule says who gets anything at all; what they get of it, the view's own service and queryset decide.
To add one: a line in RULES under the name of the URL (``namespace:name``), or under its route where it has
no name. An address below a route of PREFIXES needs a line only where it differs.
"""

from dataclasses import dataclass

# Nobody needs to sign in.
ANYONE = "anyone"
# Whoever has signed in.
SIGNED_IN = "signed in"
# Whoever holds Wagtail's permission to enter its admin; the screens behind it ask further.
ADMIN = "admin access"
# Each thing has readers of its own: others get 404, the anonymous are asked to sign in.
AUDIENCE = "audience"

READ = ("GET",)
ACT = ("GET", "POST")
PRESS = ("POST",)


@dataclass(frozen=True)
class Rule:
    """``who``: one of the words above, or the slugs of the roles (portal/roles.py) that are let in."""

    who: str | tuple[str, ...]
    methods: tuple[str, ...] = READ


CHOOSES_LOGINS = ("user-manager", "site-administrator")
CHOOSES_PEOPLE = ("author", *CHOOSES_LOGINS)
BOARD_PAGES = (
    "policy_board",
    "policy_reports",
    "policy_audits",
    "policy_extensions",
    "policy_body_reviews",
)
TRAINING_OFFICE = ("training-administrator", "ld-officer")
PLANNING = (
    "training_session_new",
    "training_session_change",
    "training_session_days",
    "training_session_shares",
    "training_programme_add",
    "training_programme_set_up",
    "training_programme_take_off",
    "training_course_offer",
    "training_programme_review",
    "training_trainer_new",
    "training_trainer_record",
    "training_trainer_ground",
    "training_trainer_correct",
)
CHOOSER = ("choose", "choose_results", "chosen", "chosen_multiple")

RULES: dict[str, Rule] = {
    # the portal
    "desk": Rule(SIGNED_IN),
    "search": Rule(ANYONE),
    "editor_image": Rule(ADMIN),
    "demo": Rule(ANYONE),
    "demo_sample": Rule(ANYONE),
    "demo_mail": Rule(SIGNED_IN),
    # policies: readers by the version's audience; writing and deciding by who sees the draft
    "policy_short": Rule(AUDIENCE),
    "policy_short_version": Rule(AUDIENCE),
    "policy_short_as_at": Rule(AUDIENCE),
    "policy_older": Rule(AUDIENCE),
    "policy_version": Rule(AUDIENCE),
    "policy_as_at": Rule(AUDIENCE),
    "policy_changes": Rule(AUDIENCE),
    "policy_short_changes": Rule(AUDIENCE),
    "policy_short_latest_changes": Rule(AUDIENCE),
    "policy_file": Rule(AUDIENCE),
    "policy_draft": Rule(AUDIENCE),
    "policy_draft_file": Rule(AUDIENCE),
    "policy_submit": Rule(AUDIENCE, ACT),
    "policy_recall": Rule(AUDIENCE, ACT),
    "policy_placeholders": Rule(AUDIENCE, ACT),
    "policy_decide": Rule(AUDIENCE, ACT),
    "policy_act_alone": Rule(AUDIENCE, ACT),
    "policy_conditions": Rule(AUDIENCE, ACT),
    "policy_proposal": Rule(AUDIENCE, ACT),
    "policy_chair_action": Rule(AUDIENCE, ACT),
    "policy_no_change": Rule(AUDIENCE, ACT),
    "policy_more_time": Rule(AUDIENCE, ACT),
    "policy_retire": Rule(AUDIENCE, ACT),
    "policy_draft_changes": Rule(AUDIENCE),
    "policy_history": Rule(AUDIENCE),
    # training: drafts of courses by who writes, approves or plans
    "course_approval": Rule(AUDIENCE, ACT),
    # reading: the reader's own act; numbers and rules by who may submit, names by who owns; the own line
    "policy_read": Rule(AUDIENCE, ACT),
    "policy_readers": Rule(AUDIENCE, ACT),
    "policy_reading_rule": Rule(AUDIENCE, ACT),
    "policy_questions": Rule(AUDIENCE, ACT),
    "policy_question": Rule(AUDIENCE, ACT),
    "policy_read_on_paper": Rule(("line-manager", "author"), ACT),
    "team_reading": Rule(("line-manager",), ACT),
    "policy_review": Rule(AUDIENCE),
    "policy_review_add": Rule(AUDIENCE, ACT),
    "policy_review_finish": Rule(AUDIENCE, ACT),
    "policy_review_end": Rule(AUDIENCE, ACT),
    "policy_receipt": Rule(AUDIENCE),
    "policy_receipt_file": Rule(AUDIENCE),
    "policy_receipt_original": Rule(AUDIENCE),
    "policy_screenings": Rule(AUDIENCE),
    "policy_screening": Rule(AUDIENCE, ACT),
    "policy_full_assessment": Rule(AUDIENCE, ACT),
    "policy_version_screening": Rule(AUDIENCE),
    # documents that come in: authors alone, within the admin
    "policy_imports": Rule(("author",)),
    "policy_import_bring": Rule(("author",), ACT),
    "policy_import_again": Rule(("author",), ACT),
    "policy_import": Rule(("author",), ACT),
    "policy_import_progress": Rule(("author",)),
    "policy_import_receipt": Rule(("author",)),
    "policy_import_picture": Rule(("author",)),
    # the register: whoever owns, writes or decides; rows by audience and by who sees the draft
    "policy_register": Rule(
        ("author", "policy-owner", "approver", "body-secretary", "body-member", "body-chair")
    ),
    # duties: everybody's own and every role's, rows by audience; what a role is here, by who may say so
    "my_duties": Rule(SIGNED_IN),
    "duty_roles": Rule(SIGNED_IN),
    "job_role_duties": Rule(AUDIENCE),
    "written_role": Rule(AUDIENCE),
    "written_role_here": Rule(AUDIENCE, ACT),
    "duties_without_holder": Rule(("author", "policy-owner")),
    # meetings: seats in the body on the day of the meeting, and its secretary and chair today
    "meetings": Rule(("body-secretary", "body-member", "body-chair", "approver")),
    "meeting": Rule(AUDIENCE, ACT),
    "meeting_pack": Rule(AUDIENCE),
    "meeting_pack_pdf": Rule(AUDIENCE, ACT),
    "meeting_minutes": Rule(AUDIENCE, ACT),
    "meeting_confirm": Rule(AUDIENCE, ACT),
    # over all policies: whoever decides or writes; what they count, the register's rows decide
    **dict.fromkeys(BOARD_PAGES, Rule(("author", "approver", "body-secretary", "body-member", "body-chair"))),
    # reports, audits and reviews by bodies of one policy: who keeps them, its bodies, its auditors
    "policy_assurance": Rule(AUDIENCE),
    "policy_report_new": Rule(AUDIENCE, ACT),
    "policy_report": Rule(AUDIENCE, ACT),
    "policy_report_end": Rule(AUDIENCE, ACT),
    "policy_audit_new": Rule(AUDIENCE, ACT),
    "policy_audit": Rule(AUDIENCE, ACT),
    "policy_body_review_new": Rule(AUDIENCE, ACT),
    "policy_forecast": Rule(("author", "approver", "body-secretary", "body-member", "body-chair"), ACT),
    # training, registers: the session's trainers and the training team; files and corrections the team alone
    "training_registers": Rule(AUDIENCE),
    "training_register": Rule(AUDIENCE, ACT),
    "training_sheet": Rule(AUDIENCE),
    "training_code": Rule(AUDIENCE),
    "training_walk_in": Rule(AUDIENCE, ACT),
    "training_correct": Rule(AUDIENCE, ACT),
    "training_upload": Rule(AUDIENCE, ACT),
    "training_platform_file": Rule(AUDIENCE),
    "training_check_in": Rule(AUDIENCE, ACT),
    "training_certificate": Rule(AUDIENCE),
    "training_certificate_pdf": Rule(AUDIENCE),
    "training_certificate_check": Rule(ANYONE, ACT),
    "training_past": Rule(SIGNED_IN),
    "training_reports": Rule(("training-administrator", "ld-officer", "education-officer")),
    # training: the offer by who sees it, bookings by whose they are
    "training_session": Rule(AUDIENCE),
    "training_book": Rule(AUDIENCE, ACT),
    "training_booking": Rule(AUDIENCE),
    "training_answer": Rule(AUDIENCE, ACT),
    "training_released": Rule(AUDIENCE, ACT),
    "training_offer": Rule(AUDIENCE, ACT),
    "training_cancel": Rule(AUDIENCE, ACT),
    "training_give": Rule(AUDIENCE, ACT),
    "training_move": Rule(AUDIENCE, ACT),
    "training_withdraw": Rule(AUDIENCE, ACT),
    "training_put_first": Rule(TRAINING_OFFICE, ACT),
    "training_mine": Rule(AUDIENCE),
    "training_team": Rule(("line-manager",)),
    "training_it_skills": Rule(AUDIENCE, ACT),
    "training_agency": Rule(("agency-coordinator", *TRAINING_OFFICE)),
    "training_agency_attendance": Rule(("agency-coordinator", *TRAINING_OFFICE)),
    "training_agency_people": Rule(("agency-coordinator", *TRAINING_OFFICE, *CHOOSES_LOGINS), ACT),
    "training_release": Rule(("hr-partner", *TRAINING_OFFICE)),
    # a login for a partner: asked for by anybody, the link by whoever has it, granted by user managers
    "training_join": Rule(ANYONE, ACT),
    "training_join_link": Rule(ANYONE, ACT),
    "training_joining": Rule(CHOOSES_LOGINS),
    "training_joining_decide": Rule(CHOOSES_LOGINS, ACT),
    # training: programme, sessions and trainers by who administers, changes by who plans; a session's plan also by
    # its owner and by coordinators of the agencies that hold it
    **dict.fromkeys(("training_sessions", "training_programme", "training_trainers"), Rule(TRAINING_OFFICE)),
    **dict.fromkeys(PLANNING, Rule(("ld-officer",), ACT)),
    "training_trainer": Rule(TRAINING_OFFICE, ACT),
    "training_session_plan": Rule(AUDIENCE, ACT),
    "training_session_cancel": Rule(AUDIENCE, ACT),
    # training: feeds by their own secret; the shared offer to whom the site shows it
    "training_feeds": Rule(SIGNED_IN, ACT),
    "training_feed": Rule(ANYONE),
    "training_course_feed": Rule(ANYONE),
    # charges: the training office; an agency's own for its coordinator, a person's own for that person
    "training_charges": Rule(TRAINING_OFFICE),
    "training_own_charges": Rule(AUDIENCE),
    "training_ask_waiver": Rule(AUDIENCE, ACT),
    "training_extra_cost": Rule(TRAINING_OFFICE, ACT),
    "training_charging": Rule(TRAINING_OFFICE),
    "training_charging_new": Rule(("ld-officer",), ACT),
    "training_charging_policy": Rule(TRAINING_OFFICE, ACT),
    "training_payer_classes": Rule(TRAINING_OFFICE),
    "training_payer_class": Rule(("ld-officer",), ACT),
    "training_waivers": Rule(TRAINING_OFFICE),
    "training_waiver": Rule(AUDIENCE, ACT),
    "training_waiver_file": Rule(AUDIENCE),
    "training_invoices": Rule(TRAINING_OFFICE, ACT),
    "training_invoice": Rule(AUDIENCE),
    "training_invoice_pdf": Rule(AUDIENCE),
    "training_invoice_sheet": Rule(AUDIENCE),
    "training_interest": Rule(AUDIENCE, ACT),
    "training_message": Rule(AUDIENCE, ACT),
    "training_mail_rules": Rule(("ld-officer",), ACT),
    # signing in and out
    "account_login": Rule(ANYONE, ACT),
    "account_logout": Rule(ANYONE, ACT),
    "account_reset_password": Rule(ANYONE, ACT),
    "account_reset_password_done": Rule(ANYONE, ACT),
    "account_reset_password_from_key": Rule(ANYONE, ACT),
    "account_reset_password_from_key_done": Rule(ANYONE, ACT),
    "account_change_password": Rule(SIGNED_IN, ACT),
    "account_reauthenticate": Rule(SIGNED_IN, ACT),
    # two user managers, one after the other, switch off the second factor of a lost device
    "account_lost_device": Rule(("user-manager", "site-administrator"), ACT),
    # the second factor; "authenticate" is the step between password and session
    "mfa_authenticate": Rule(ANYONE, ACT),
    "mfa_index": Rule(SIGNED_IN, ACT),
    "mfa_reauthenticate": Rule(SIGNED_IN, ACT),
    "mfa_activate_totp": Rule(SIGNED_IN, ACT),
    "mfa_deactivate_totp": Rule(SIGNED_IN, ACT),
    "mfa_view_recovery_codes": Rule(SIGNED_IN, ACT),
    "mfa_generate_recovery_codes": Rule(SIGNED_IN, ACT),
    # the windows in which admin forms search for a person or a login
    **{f"organisation_people_chooser:{name}": Rule(CHOOSES_PEOPLE) for name in CHOOSER},
    **{f"organisation_login_chooser:{name}": Rule(CHOOSES_LOGINS) for name in CHOOSER},
    # Wagtail's own doors: kernel.accounts stands before them and sends to ours
    "shadowed_admin_login": Rule(ANYONE, ACT),
    "shadowed_admin_logout": Rule(ANYONE, ACT),
    "shadowed_admin_password_reset": Rule(ANYONE, ACT),
    # drawings and words of Wagtail's own screens, nothing of ours in them
    "wagtailadmin_sprite": Rule(ANYONE, ACT),
    "wagtailadmin_javascript_catalog": Rule(ANYONE, ACT),
    # pages and documents, each with readers of its own
    "wagtail_serve": Rule(AUDIENCE, ACT),
    "wagtaildocs_serve": Rule(AUDIENCE),
    "wagtaildocs_authenticate_with_password": Rule(AUDIENCE, ACT),
}

PREFIXES: dict[str, Rule] = {
    "admin/": Rule(ADMIN, ACT),
}


def rule_for(name: str, route: str) -> Rule | None:
    """The rule of an address: by its name, by its route, or by the longest prefix of its route."""
    if rule := RULES.get(name) or RULES.get(route):
        return rule
    prefixes = [prefix for prefix in PREFIXES if route.startswith(prefix)]
    return PREFIXES[max(prefixes, key=len)] if prefixes else None
