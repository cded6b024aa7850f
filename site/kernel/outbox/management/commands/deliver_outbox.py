from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from kernel.outbox.delivery import deliver
from kernel.outbox.looping import Loop


class Command(BaseCommand):
    help = "Send the mails and hand out the events that are due."

    def add_arguments(self, parser):
        parser.add_argument("--loop", action="store_true", help="go on until stopped")
        parser.add_argument("--pause", type=float, default=5, help="seconds between rounds")

    def handle(self, *args, loop, pause, **options):
        if loop:
            Loop(pause).run(deliver)
            return
        done = deliver()
        self.stdout.write(_("Sent %(sent)d, heard %(heard)d, in trouble %(troubled)d.") % vars(done))
