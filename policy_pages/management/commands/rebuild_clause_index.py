from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import ngettext

from policy_pages.duties import index


class Command(BaseCommand):
    help = "Make the clause index of the search and the index of duties anew from the issued versions."

    def handle(self, *args, **options):
        number = index.rebuild(timezone.localdate())
        words = ngettext("%(n)d version is in the index.", "%(n)d versions are in the index.", number)
        self.stdout.write(words % {"n": number})
