from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from kernel.audit.sealing import seal, unsealed_since
from kernel.lifecycle import jobs
from kernel.outbox.reports import queue_report


class Command(BaseCommand):
    help = "Run the daily jobs that are owed. May be called again at any time; ends with 1 when a job failed."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="say what would be done")
        parser.add_argument("--today", type=date.fromisoformat, help="run as on this day, YYYY-MM-DD")

    def handle(self, *args, dry_run, today, **options):
        results = jobs.run_daily(today or timezone.localdate(), dry_run=dry_run)
        for result in results:
            self.stdout.write(f"{result.day} {result.name}: {result.outcome}")
            for line in result.lines:
                self.stdout.write(f"  {line}")
        if not dry_run:
            seal()
        self._warn()
        failed = [result.name for result in results if result.outcome == jobs.FAILED]
        if failed:
            raise CommandError(_("Failed: %(names)s") % {"names": ", ".join(failed)})

    def _warn(self) -> None:
        """What somebody should look at although no job failed."""
        now = timezone.now()
        if since := unsealed_since(now):
            self.stderr.write(_("Audit entries have not been sealed since %(moment)s.") % {"moment": since})
        report = queue_report(now)
        if not report.is_well:
            self.stderr.write(
                _("Outbox: %(failed)d given up, %(late)d waiting for over an hour.")
                % {
                    "failed": report.failed_mails + report.failed_events,
                    "late": report.late_mails + report.late_events,
                }
            )
