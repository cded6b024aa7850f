"""Registration only."""

from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from portal.admin_scope import explorable
from portal.admin_views import Registers
from portal.audience import refuse_outsiders
from portal.media import refuse_document

hooks.register("before_serve_page", refuse_outsiders, order=-10)
hooks.register("construct_page_chooser_queryset", explorable)
hooks.register("before_serve_document", refuse_document, order=-10)
modeladmin_register(Registers)
