from django.core.management.base import BaseCommand

from portal import roles_document
from portal.role_sync import sync_roles


class Command(BaseCommand):
    help = "Bring groups and rights to the table of roles; says each change."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="Say what would change, change nothing.")
        parser.add_argument("--docs", action="store_true", help="Write docs/roles.md from the table as well.")

    def handle(self, *args, **options):
        for line in sync_roles(dry_run=options["dry_run"]):
            self.stdout.write(line)
        if options["docs"] and not options["dry_run"]:
            roles_document.DOCS.parent.mkdir(exist_ok=True)
            roles_document.DOCS.write_text(roles_document.document(), encoding="utf-8")
            self.stdout.write("docs/roles.md: written")
