from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from kernel.audit.models import AuditSeal
from kernel.audit.sealing import unsealed_since
from kernel.audit.verifying import verify


class Command(BaseCommand):
    help = "Walk the audit trail and name the first bad row. Ends with 1 when something is wrong."

    def handle(self, *args, **options):
        findings = verify()
        for finding in findings[1:]:
            self.stderr.write(str(finding))
        if findings:
            raise CommandError(str(findings[0]), returncode=1)
        if since := unsealed_since(timezone.now()):
            self.stderr.write(_("Not sealed since %(moment)s: is the worker running?") % {"moment": since})
        self.stdout.write(_("%(number)d sealed entries, all whole.") % {"number": AuditSeal.objects.count()})
