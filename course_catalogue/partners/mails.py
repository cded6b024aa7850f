"""Mails about logins of partners. Each goes to one address; those with a link keep their words until sent alone."""

from django.urls import reverse
from django.utils.translation import gettext as _

from course_catalogue import conf
from kernel.lifecycle.templatetags.dates import day_and_date
from kernel.outbox import queue_mail


def invited(row, token: str) -> None:
    words = _(
        "%(by)s of %(agency)s invites you to book training here.\n\n"
        "Open this page and choose a password; the link works once, until %(day)s:\n%(link)s\n\n"
        "If you do not know why this came, do nothing: no login is opened."
    )
    subject = _("Choose a password by %(day)s: training with %(agency)s")
    _mail(row, token, "training.invited", subject, words)


def confirm(row, token: str) -> None:
    words = _(
        "Somebody, we think you, asked for a login to book training for %(agency)s.\n\n"
        "Open this page and confirm your address, until %(day)s:\n%(link)s\n\n"
        "If it was not you, do nothing: no login is opened."
    )
    _mail(row, token, "training.confirm_address", _("Confirm your address by %(day)s"), words)


def granted(row, token: str) -> None:
    words = _(
        "You asked for a login to book training for %(agency)s. You may have it.\n\n"
        "Open this page and choose a password; the link works once, until %(day)s:\n%(link)s"
    )
    _mail(row, token, "training.joining_granted", _("Choose a password by %(day)s: your login"), words)


def known(row, token: str) -> None:
    """To the owner of a login: nobody else learns that there is one."""
    words = _(
        "Somebody asked for a login for %(agency)s with this address. You sign in with it already:\n%(link)s\n\n"
        "There you can also ask for a new password. If it was not you, do nothing."
    ) % {"agency": row.agency.name, "link": conf.base_url() + reverse("account_login")}
    queue_mail(
        kind="training.joining_known", to=[row.email], subject=_("You have a login already"), text=words
    )


def refused(row) -> None:
    words = _("You asked for a login to book training for %(agency)s. It was not given: %(why)s") % {
        "agency": row.agency.name,
        "why": row.reason,
    }
    queue_mail(kind="training.joining_refused", to=[row.email], subject=_("No login was opened"), text=words)


def _mail(row, token, kind, subject, words) -> None:
    link = conf.base_url() + reverse("training_join_link", args=[token])
    said = {
        "by": row.invited_by_name,
        "agency": row.agency.name,
        "day": day_and_date(row.secret_until),
        "link": link,
    }
    queue_mail(kind=kind, to=[row.email], subject=subject % said, text=words % said, secret=True)
