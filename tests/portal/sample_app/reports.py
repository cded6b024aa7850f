from datetime import date

from kernel.content.desk import DeskRow, Section

MARKER = '<b onclick="x">\'&'


def desk(user, today, _request):
    if user.username == "idle":
        return []
    row = {"url": "/x/", "why": MARKER}
    return [
        DeskRow(verb="read", title="Infection prevention", button="Read", by=date(2036, 12, 11), **row),
        DeskRow(verb="decide", title=MARKER, button=MARKER, by=date(2026, 1, 2), overdue=True, **row),
        DeskRow(verb="sign", title="Your plan", button="Sign", acting_for="for Ana Lee", **row),
        DeskRow(verb="write", title="Fire safety", button="Go on", later=True, **row),
    ]


DESK_PARTS = (((), desk),)


def sections(user, today):
    if not user.is_authenticated:
        return []
    return [
        Section(key="training", label="Training", url="/t/"),
        Section(key="policies", label=MARKER, url="/search/"),
    ]
