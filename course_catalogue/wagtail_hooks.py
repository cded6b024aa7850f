from wagtail import hooks

from course_catalogue.admin_views import TrainingGroup
from course_catalogue.audited import ACTIONS
from course_catalogue.catalogue import editing
from course_catalogue.planning import admin_views as planning


@hooks.register("register_audit_actions")
def audit_actions():
    return ACTIONS


hooks.register("construct_page_action_menu", editing.page_actions)
hooks.register("before_create_page", editing.before_create)
hooks.register("before_edit_page", editing.before_edit)
hooks.register("after_create_page", editing.after_edit)
hooks.register("after_edit_page", editing.after_edit)
hooks.register("before_delete_page", editing.before_delete)
hooks.register("before_bulk_action", editing.before_bulk)


@hooks.register("register_admin_viewset")
def training_screens():
    return [TrainingGroup()]


@hooks.register("register_admin_viewset")
def planning_screens():
    return [viewset() for viewset in planning.VIEWSETS]
