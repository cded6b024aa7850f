from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from policy_pages import editing, import_menu
from policy_pages.screening.admin_views import DocumentTemplates, ScreeningKinds


@hooks.register("register_audit_actions")
def audit_actions():
    return {
        "policies.issue": _("Issued a version"),
        "policies.retire": _("Withdrew a policy"),
        "policies.fill_placeholder": _("Filled a placeholder"),
        "policies.name_role": _("Said what a role that texts name is here"),
        "policies.bring_import": _("Brought a document"),
        "policies.accept_import": _("Accepted a document as a draft"),
        "policies.discard_import": _("Discarded a document"),
        "policies.compare_import": _("Had a document compared again"),
        "policies.schedule_report": _("Scheduled a report to a committee"),
        "policies.end_report": _("Took a report off the schedule"),
        "policies.record_report": _("Recorded a report to a committee"),
        "policies.plan_audit": _("Planned an audit of effectiveness"),
        "policies.complete_audit": _("Closed an audit of effectiveness"),
        "policies.log_body_review": _("Logged a review by a body"),
        "policies.reaffirm": _("Reviewed a policy, unchanged"),
        "policies.extend_review": _("Gave a review more time"),
        "policies.bring_review_forward": _("Brought a review forward"),
        "policies.retire_clock": _("Ended the reviews of a withdrawn policy"),
        "policies.add_cycle": _("Added a review beside that of the text"),
        "policies.finish_cycle": _("Finished a review beside that of the text"),
        "policies.end_cycle": _("Stopped a review beside that of the text"),
        "policies.record_screening": _("Recorded a screening"),
        "policies.confirm_screening": _("Confirmed a screening for a changed text"),
        "policies.set_up_screening": _("Changed what is asked before a text is submitted"),
        "policies.full_assessment": _("Finished a full assessment"),
        "policies.add_reading_rule": _("Said who must know a policy"),
        "policies.end_reading_rule": _("Ended a rule about who must know a policy"),
        "policies.write_question": _("Wrote a question to readers"),
        "policies.drop_question": _("Took a question to readers away"),
        "policies.acknowledge": _("Confirmed having read a version"),
        "policies.record_on_paper": _("Recorded a reading on paper"),
        "policies.remind_line": _("Reminded the own line to read"),
    }


hooks.register("construct_page_action_menu", editing.page_actions)
hooks.register("after_create_page", editing.after_create)
hooks.register("after_edit_page", editing.after_edit)
hooks.register("before_delete_page", editing.before_delete)
hooks.register("before_bulk_action", editing.before_bulk)
hooks.register("before_create_page", editing.before_create)
hooks.register("before_edit_page", editing.before_edit)
hooks.register("register_admin_menu_item", import_menu.menu_item)
hooks.register("register_page_header_buttons", import_menu.page_buttons)


@hooks.register("register_admin_viewset")
def screening_screens():
    return [ScreeningKinds(), DocumentTemplates()]


@hooks.register("register_admin_urls")
def admin_urls():
    return [path("", include("policy_pages.admin_urls"))]
