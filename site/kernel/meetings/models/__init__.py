from kernel.meetings.models.agenda import AgendaItem
from kernel.meetings.models.entry import MinutesEntry

__all__ = ["AgendaItem", "MinutesEntry"]
