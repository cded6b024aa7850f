from django.core.management.base import BaseCommand, CommandError

from course_catalogue.charging import checking
from course_catalogue.models import LedgerEntry


class Command(BaseCommand):
    help = (
        "Check that the ledger of training adds up and agrees with bookings, registers, waivers and invoices."
    )

    def handle(self, *args, **options):
        found = list(checking.problems())
        for line in found:
            self.stderr.write(line)
        if found:
            raise CommandError(f"{len(found)} problems in the ledger")
        self.stdout.write(f"The ledger adds up: {LedgerEntry.objects.count()} lines.")
