"""What happens elsewhere and changes an agenda."""

from datetime import date

from kernel.meetings import agenda, closing
from kernel.organisation.models import Body
from kernel.outbox.receiving import receives


@receives("lifecycle.chair_action")
def put_on_at_once(event_id: int, payload: dict) -> None:
    """What a chair issued alone stands on the agenda of the body's next meeting, whenever papers close."""
    body = Body.objects.filter(pk=payload["body"]).first()
    today = date.fromisoformat(payload["on"])
    meeting = agenda.next_meeting(body, today) if body else None
    if meeting is not None:
        closing.fill(meeting, today, None)
