from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.demo.loading import load
from portal.demo.sign_ins import PASSWORD, SIGN_INS


class Command(BaseCommand):
    help = "Load an invented trust and partnership, and print one sign-in per role. Loading again changes nothing."

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError(
                _("Sample content is for a demo: this site has the setting DEMO switched off.")
            )
        built = load(today=timezone.localdate())
        self.stdout.write(_("Sample content: %(what)s.") % {"what": ", ".join(built) or _("there already")})
        self._print_sign_ins()

    def _print_sign_ins(self):
        head = (_("Role"), _("E-mail address"), _("Open"), _("What to click first"))
        rows = [(str(row.label), row.email, row.path, str(row.first)) for row in SIGN_INS]
        wide = [max(len(row[column]) for row in [head, *rows]) for column in range(3)]
        self.stdout.write("")
        for row in [head, *rows]:
            *columns, first = row
            padded = [words.ljust(width) for words, width in zip(columns, wide, strict=True)]
            self.stdout.write("  ".join(["", *padded, first]))
        self.stdout.write("")
        self.stdout.write(_("Everybody's password: %(password)s") % {"password": PASSWORD})
        same = _("The same list stands at %(site)s/demo/, the mail of the demo at %(site)s/demo/mail/.")
        self.stdout.write(same % {"site": settings.WAGTAILADMIN_BASE_URL})
