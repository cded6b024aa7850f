"""Registration only."""

from wagtail import hooks

from portal.audience import refuse_outsiders

hooks.register("before_serve_page", refuse_outsiders, order=-10)
