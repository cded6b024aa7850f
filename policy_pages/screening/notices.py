"""Mails about full assessments: to those who may make one, and back to whoever recorded the screening."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from kernel.outbox import queue_mail
from policy_pages.screening import leading


def full_opened(screening, today) -> None:
    subject = _("Assess in full: %(title)s") % {"title": screening.policy_title}
    place = reverse("policy_full_assessment", args=[screening.policy_id, screening.kind.slug])
    for user in leading.free_leads(screening, today):
        _tell(user, "full_opened", subject, place, screening=screening)


def full_decided(full) -> None:
    screening = full.screening
    user = get_user_model().objects.filter(pk=screening.made_by_id).first()
    subject = _("Assessed in full: %(title)s") % {"title": screening.policy_title}
    place = reverse("policy_screening", args=[screening.policy_id, screening.kind.slug])
    _tell(user, "full_decided", subject, place, screening=screening, full=full)


def _tell(user, kind, subject, place, **context) -> None:
    if user is None or not user.email or not user.is_active:
        return
    link = settings.WAGTAILADMIN_BASE_URL + place
    text = render_to_string(f"policy_pages/email/{kind}.txt", {"link": link, **context})
    queue_mail(kind=f"policies.{kind}", to=[user.email], subject=" ".join(subject.split())[:150], text=text)
