from django.core.management.base import BaseCommand

from policy_pages.enums import DocumentType
from policy_pages.screening import defaults


class Command(BaseCommand):
    help = (
        "Add the kinds of screening that come with the software; those that are there stay as they are. "
        "With --require also a template for a type of document, which then needs an equality screening."
    )

    def add_arguments(self, parser):
        parser.add_argument("--require", nargs="*", choices=DocumentType.values, default=[], metavar="TYPE")

    def handle(self, *args, require, **options):
        for name in defaults.load_kinds():
            self.stdout.write(f"kind of screening added: {name}")
        for document_type in require:
            if defaults.load_template(document_type):
                self.stdout.write(f"template added: {document_type}")
