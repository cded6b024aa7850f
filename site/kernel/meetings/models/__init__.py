from kernel.meetings.models.agenda import AgendaItem
from kernel.meetings.models.entry import MinutesEntry
from kernel.meetings.models.paper_pack import PaperPack

__all__ = ["AgendaItem", "MinutesEntry", "PaperPack"]
