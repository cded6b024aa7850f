"""How often a duty comes, read from its words by rule. What the words leave open stays open: nothing is guessed.

Intervals come first ("each month", "every 7 days", "at least weekly"). Two different ones leave it open, unless one of
them is what is asked "at least". Without an interval, words that tie the duty to an event make it one of those.
"""

import re

from policy_pages.enums import Cadence

UNITS = {
    unit.value: unit for unit in Cadence if unit.value in ("shift", "day", "week", "month", "quarter", "year")
}
UNITS |= dict.fromkeys(("night", "morning", "afternoon", "evening"), Cadence.DAY)
UNITS |= dict.fromkeys(
    ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "weekend"), Cadence.WEEK
)
ADVERBS = {
    "daily": Cadence.DAY,
    "nightly": Cadence.DAY,
    "weekly": Cadence.WEEK,
    "monthly": Cadence.MONTH,
    "quarterly": Cadence.QUARTER,
    "yearly": Cadence.YEAR,
    "annual": Cadence.YEAR,
    "annually": Cadence.YEAR,
    "hourly": Cadence.OTHER,
    "fortnightly": Cadence.OTHER,
}
NUMBERS = dict(
    zip("one two three four five six seven eight nine ten eleven twelve".split(), range(1, 13), strict=True)
)
# So many of a unit are another unit.
ALIKE = {
    (7, "day"): Cadence.WEEK,
    (24, "hour"): Cadence.DAY,
    (3, "month"): Cadence.QUARTER,
    (12, "month"): Cadence.YEAR,
    (52, "week"): Cadence.YEAR,
    (4, "quarter"): Cadence.YEAR,
}

_UNIT = "|".join(UNITS)
_NUMBER = rf"\d{{1,3}}|{'|'.join(NUMBERS)}"
_BASE = "hour|minute|shift|day|week|month|quarter|year"
INTERVALS = re.compile(
    # every 3 years, each other week, every few months
    rf"\b(?:every|each) (?P<number>{_NUMBER}|other|second|few) (?P<several>{_BASE})s?\b"
    # every working day, each Monday; at the start of the shift; on Mondays
    rf"|\b(?:every|each) (?:single |working |calendar |financial )?(?P<each>{_UNIT})\b"
    r"|\b(?:start|beginning|end) of (?:a|the|your|their) (?P<of>shift)\b"
    # once a week, three times per day, twice in every shift
    rf"|\b(?:once|twice|(?:{_NUMBER}|several) times) (?:in )?(?:a|an|per|each|every) (?P<times>{_UNIT})\b"
    # six-monthly, half-yearly, bi-weekly
    rf"|\b(?P<stem>{_NUMBER}|bi|half|twice)[- ]?(?P<stemmed>weekly|monthly|yearly)\b"
    rf"|\b(?P<adverb>{'|'.join(ADVERBS)})\b(?! (?:leave|living|life|lives|activit))"
)
AT_LEAST = re.compile(
    r"(?:at least|at a minimum|no less than|not less than|minimum of)(?: once)?(?: (?:a|every|each))? *$"
)
AT_MOST = re.compile(r"(?:at most|up to|(?:no|not) more (?:often )?than) *$")

_THING = (
    "time|visit|occasion|incident|accident|admission|discharge|transfer|handover|session|use|case|complaint"
)
EVENTS = re.compile(
    r"\b(?:whenever|as soon as|straight ?away|without delay|in the event|in case of|the same (?:working )?day)\b"
    r"|\bimmediately\b(?! (?:available|accessible|adjacent|next|above|below))"
    rf"|\b(?:each|every) (?:{_THING})\b"
    r"|\b(?:before|after) (?:each|every|any)\b"
    r"|\bon (?:admission|discharge|arrival|receipt|leaving|hearing|learning)\b"
    rf"|\bwithin (?:{_NUMBER}|an?) (?:working |calendar )?(?:minute|hour|day|week|month)s?\b"
    r"|(?:^|[.:;,] )(?:when|where|before|after|once) (?:an?|the|there|this|that|it|any|you|somebody|someone)\b"
)
IF = re.compile(
    r"\bif\b(?! (?:applicable|possible|necessary|needed|appropriate|required|available|so|not)\b)"
)
# "Ask the pharmacist if you may": no condition; what could be one or the other is none either.
NO_CONDITION = re.compile(
    r"\b(?:(?:asks?|checks?|see|know|decide|consider|find out)(?: \w+){0,3}|sure|unsure|as|even) $"
)


def of(words: str) -> Cadence:
    text = " ".join(words.lower().replace("[", "").replace("]", "").split())
    found = [(_interval(match), bool(AT_LEAST.search(text[: match.start()]))) for match in _asked(text)]
    intervals = {cadence for cadence, least in found if least} or {cadence for cadence, _least in found}
    if intervals:
        return intervals.pop() if len(intervals) == 1 else Cadence.UNSTATED
    return Cadence.EVENT if EVENTS.search(text) or _has_condition(text) else Cadence.UNSTATED


def _asked(text: str):
    """What may be done at most so often need not be done at all."""
    return (match for match in INTERVALS.finditer(text) if not AT_MOST.search(text[: match.start()]))


def _interval(match) -> Cadence:
    part = match.groupdict()
    if part["adverb"]:
        return ADVERBS[part["adverb"]]
    if part["stem"]:
        return _several(part["stem"], part["stemmed"].removesuffix("ly"))
    if part["number"]:
        return _several(part["number"], part["several"])
    return UNITS[part["each"] or part["of"] or part["times"]]


def _several(number: str, unit: str) -> Cadence:
    count = int(number) if number.isdecimal() else NUMBERS.get(number, 0)
    if count == 1:
        return UNITS.get(unit, Cadence.OTHER)
    return ALIKE.get((count, unit), Cadence.OTHER)


def _has_condition(text: str) -> bool:
    return any(not NO_CONDITION.search(text[: match.start()]) for match in IF.finditer(text))
