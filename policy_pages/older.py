"""Texts that count no longer, superseded or withdrawn, for those who may read older texts (S3-03)."""

from django.db.models import OuterRef, Q, QuerySet, Subquery

from policy_pages import reading
from policy_pages.models.version import PolicyVersion

LONGEST, MOST_WORDS = 200, 12


def texts(reader, today, *, open_to_audience: bool, words: str = "") -> QuerySet:
    """Every version that began and does not count on ``today``, by title, the newest of a policy first.

    The rule is that of ``reading.may_read_older``: staff, or whoever the site opens older texts to; and nobody who may
    not read what the policy says now. ``words`` narrow by title and reference, each of them. With each row come
    ``ended``, the first day of what took its place; None of the last text of a withdrawn policy.
    """
    if not (reader.staff or open_to_audience):
        return PolicyVersion.objects.none()
    allowed = reading.audience_q(reader)
    ruling = PolicyVersion.objects.ruling(today).filter(allowed).order_by()
    rows = PolicyVersion.objects.begun(today).filter(allowed, policy__in=ruling.values("policy"))
    rows = rows.exclude(pk__in=PolicyVersion.objects.in_force(today).order_by().values("pk"))
    for word in words.replace("\0", "")[:LONGEST].split()[:MOST_WORDS]:
        rows = rows.filter(Q(title__icontains=word) | Q(reference__icontains=word))
    rows = rows.annotate(ended=Subquery(_later(today).values("in_force_from")[:1]))
    return rows.order_by("title", "policy", "-major", "-minor")


def _later(today):
    higher = Q(major__gt=OuterRef("major")) | Q(major=OuterRef("major"), minor__gt=OuterRef("minor"))
    rows = PolicyVersion.objects.begun(today).filter(higher, policy=OuterRef("policy"))
    return rows.order_by("in_force_from")
