from django.core.management.base import BaseCommand

from kernel.audit.sealing import seal
from kernel.lifecycle.rounds import ROUNDS
from kernel.outbox.delivery import deliver
from kernel.outbox.looping import Loop


class Command(BaseCommand):
    help = (
        "Send mail, hand out events, seal the audit trail and pick up documents that a dead worker left, "
        "every few seconds, until stopped. "
        "Background tasks have a worker of their own, db_worker, which runs beside this one."
    )

    def add_arguments(self, parser):
        parser.add_argument("--pause", type=float, default=5, help="seconds between rounds")

    def handle(self, *args, pause, **options):
        Loop(pause).run(deliver, seal, *ROUNDS.values())
