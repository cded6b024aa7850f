"""Rows for the desk and sections of the menu; each part of training brings its own."""

from course_catalogue.catalogue import desk as catalogue
from course_catalogue.charging import desk as charging
from course_catalogue.learning import desk as learning
from course_catalogue.planning import desk as planning
from course_catalogue.register import desk as registers
from course_catalogue.training_calendar import menu

# Pairs of facts and a question ``ask(user, today, request)``: put only to those of whom one fact may be true.
DESK_PARTS = (*learning.PARTS, *catalogue.PARTS, *planning.PARTS, *registers.PARTS, *charging.PARTS)
MORE_SECTIONS = ((menu.BELONGS, menu.of_people), (registers.READS_REPORTS, registers.reports))
sections = menu.sections

__all__ = ["DESK_PARTS", "MORE_SECTIONS", "sections"]
