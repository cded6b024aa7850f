"""Rules for what everybody booked is told before a session: made and ended by whoever keeps the programme."""

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from course_catalogue import permissions
from course_catalogue.enums import MailKind
from course_catalogue.models import MailRule
from course_catalogue.one_writer import lock_rules_of_the_site
from kernel.audit import act, record

MOST_LINKS = 10


@act("training.add_mail_rule")
@transaction.atomic
def add(
    *,
    course,
    kind: str,
    days_before: int,
    words: str,
    links: Iterable[tuple[str, str]] = (),
    actor,
    today: date,
) -> MailRule:
    """Say what is sent so many days before the first day, for one course or (``course`` None) for all.

    ``links``: pairs of title and address. Sessions that are nearer already are told with the next daily job.
    Raises ValidationError by field, and ``twice`` where the same rule holds already.
    """
    _require(actor, today)
    lock_rules_of_the_site()
    links = [{"title": title.strip(), "url": url.strip()} for title, url in links]
    _check(words, links)
    rule = MailRule(course=course, kind=kind, days_before=days_before, words=words.strip(), links=links)
    rule.full_clean()
    same = {name: getattr(rule, name) for name in ("course", "kind", "days_before", "words", "links")}
    if MailRule.objects.filter(active=True, **same).exists():
        raise ValidationError(_("This rule holds already. Nothing was written twice."), code="twice")
    rule.save(force_insert=True)
    record("training.add_mail_rule", actor=actor, target=rule, facts={"kind": kind, "days": days_before})
    return rule


@act("training.end_mail_rule")
@transaction.atomic
def end(rule: MailRule, *, actor, today: date) -> None:
    """Send nothing by this rule any more; the row stays."""
    _require(actor, today)
    rule = MailRule.objects.select_for_update().get(pk=rule.pk)
    if not rule.active:
        raise ValidationError(_("This rule has ended already."), code="twice")
    rule.active = False
    rule.save(update_fields=["active"])
    record("training.end_mail_rule", actor=actor, target=rule)


def _require(actor, today: date) -> None:
    if not permissions.keeps_programme(actor, today):
        raise PermissionDenied(
            _("The learning and development officer writes what is sent before a session.")
        )


def _check(words: str, links: list[dict]) -> None:
    if not words.strip():
        raise ValidationError({"words": _("Enter the words that are sent.")})
    if len(links) > MOST_LINKS:
        raise ValidationError({"links": _("At most %(n)d links.") % {"n": MOST_LINKS}})
    for link in links:
        if not link["title"] or not _is_address(link["url"]):
            raise ValidationError(
                {"links": _("Each line is an address that begins with https://, a space, and its title.")}
            )


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not any(map(str.isspace, url))


def owed(rules: Iterable[MailRule], course: int, days_left: int) -> list[MailRule]:
    """Which rules have come for a session of ``course`` that begins in so many days.

    A course's own rules of a kind take the place of those for all. All materials that have come are owed; of joining
    instructions and reminders the newest alone, so that missed days do not send three at once.
    """
    found: list[MailRule] = []
    for kind in MailKind:
        own = [rule for rule in rules if rule.kind == kind and rule.course_id == course]
        known = own or [rule for rule in rules if rule.kind == kind and rule.course_id is None]
        come = sorted((rule for rule in known if days_left <= rule.days_before), key=_order)
        found += come if kind == MailKind.MATERIALS else come[:1]
    return found


def _order(rule: MailRule):
    return rule.days_before, -rule.pk
