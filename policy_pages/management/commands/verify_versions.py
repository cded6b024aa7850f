from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from policy_pages import verifying


class Command(BaseCommand):
    help = "Check every issued version of every policy; name the first that was altered or lost."

    def handle(self, *args, **options):
        fault = verifying.first_fault()
        if fault:
            raise CommandError(fault)
        self.stdout.write(_("All issued versions hold."))
