import json
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from policy_pages.importing.receipt import refusal_receipt
from policy_pages.imports import accepting, bringing, telling
from policy_pages.imports.looking import Look, look, unread
from policy_pages.models import PolicyIndexPage, PolicyPage

WRONG_CALL, REFUSED = 2, 1


@dataclass
class Target:
    library: PolicyIndexPage | None = None
    policy: PolicyPage | None = None


class Command(BaseCommand):
    help = (
        "Import documents as drafts of policies, each with its receipt; readers see nothing of them until a body "
        "has ratified them. Ends with 0 when every file was imported (or would be), 1 when one was refused, 2 for a "
        "wrong call. A refused file stores nothing and stops no other. Without --as, the only superuser of the site "
        "acts; where there are several, or none, name somebody. Words that would be lost refuse a file, unless the "
        "person of --as accepts that with --accept-losses and a reason."
    )

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument(
            "--parent", metavar="SLUG", help="the library; may be left out where there is one"
        )
        parser.add_argument(
            "--policy", metavar="REFERENCE", help="the policy whose next draft the one FILE becomes"
        )
        parser.add_argument("--as", dest="email", metavar="EMAIL", help="who imports: a policy author")
        parser.add_argument(
            "--dry-run", action="store_true", help="read and tell; leave the database as it is"
        )
        parser.add_argument(
            "--accept-losses", metavar="REASON", help="go on without words that are lost, and why"
        )
        parser.add_argument(
            "--receipt",
            metavar="FILE",
            help="write the receipt as JSON; a folder where there are several files",
        )

    def handle(self, *args, files, receipt, **options):
        paths = [self._path(name) for name in files]
        target, actor = self._target(paths, options), self._actor(options)
        places = self._places(paths, receipt)
        refused = 0
        for path, place in zip(paths, places, strict=True):
            found, refusal = self._one(path, target, actor, options)
            if place:
                self._write(place, found.receipt)
            refused += bool(refusal)
        if refused:
            words = _("%(refused)d of %(all)d files refused. Nothing of them was stored.")
            raise CommandError(words % {"refused": refused, "all": len(paths)}, returncode=REFUSED)

    # --- the call ----------------------------------------------------------------------------------------

    def _wrong(self, words: str, **values):
        return CommandError(words % values, returncode=WRONG_CALL)

    def _path(self, name: str) -> Path:
        path = Path(name)
        try:
            path.open("rb").close()
        except OSError as error:
            raise self._wrong(
                _("%(name)s cannot be opened: %(why)s."), name=name, why=error.strerror
            ) from None
        return path

    def _target(self, paths, options) -> Target:
        if options["policy"] and options["parent"]:
            raise self._wrong(_("--policy names where the file goes: leave out --parent."))
        if options["policy"]:
            if len(paths) > 1:
                raise self._wrong(_("--policy takes one file."))
            policy = PolicyPage.objects.filter(reference=options["policy"].upper()).first()
            if policy is None:
                raise self._wrong(_("No policy has the reference %(name)s."), name=options["policy"])
            return Target(policy=policy)
        return Target(library=self._library(options))

    def _library(self, options) -> PolicyIndexPage | None:
        libraries = PolicyIndexPage.objects.order_by("pk")
        if options["parent"]:
            libraries = libraries.filter(slug=options["parent"])
        found = list(libraries[:2])
        if len(found) == 1:
            return found[0]
        if not found and options["dry_run"] and not options["parent"]:
            return None
        if options["parent"]:
            raise self._wrong(_("Not one library has the slug %(slug)s."), slug=options["parent"])
        if found:
            raise self._wrong(_("There are several libraries: name one with --parent."))
        raise self._wrong(_("There is no policy library yet. Add one in the admin first."))

    def _actor(self, options):
        users = get_user_model().objects.filter(is_active=True)
        reason = options["accept_losses"]
        if reason is not None and not (options["email"] and reason.strip()):
            raise self._wrong(
                _("--accept-losses needs a reason, and --as with the person who accepts them by name.")
            )
        if options["email"]:
            actor = users.filter(email__iexact=options["email"]).first()
            if actor is None:
                raise self._wrong(
                    _("Nobody with an open login has the address %(email)s."), email=options["email"]
                )
            return actor
        superusers = list(users.filter(is_superuser=True)[:2])
        if len(superusers) != 1 and not options["dry_run"]:
            raise self._wrong(_("Say who imports with --as EMAIL: a policy author."))
        return superusers[0] if len(superusers) == 1 else None

    def _places(self, paths, receipt) -> list[Path | None]:
        """Where each receipt goes: the named file, or in the named folder the file's name with .json.

        Each is tried before a file is imported, so that none is without its receipt.
        """
        if not receipt:
            return [None] * len(paths)
        place = Path(receipt)
        try:
            places = [place] if len(paths) == 1 and not place.is_dir() else _named_after(paths, place)
            for one in places:
                self._try(one, paths)
        except OSError as error:
            words = _("%(place)s cannot be written: %(why)s.")
            raise self._wrong(words, place=error.filename or place, why=error.strerror) from None
        return places

    def _try(self, place: Path, paths) -> None:
        place.parent.mkdir(parents=True, exist_ok=True)
        if any(place.exists() and place.samefile(path) for path in paths):
            raise self._wrong(_("%(place)s is a file to import: name another for its receipt."), place=place)
        place.open("a").close()

    def _write(self, place: Path, told: dict) -> None:
        try:
            place.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        except OSError as error:
            raise self._wrong(
                _("%(place)s cannot be written: %(why)s."), place=place, why=error.strerror
            ) from None

    # --- one file ----------------------------------------------------------------------------------------

    def _one(self, path, target, actor, options) -> tuple[Look, str]:
        """What the file turned out to be, and why it was refused if it was."""
        row, refusal = None, ""
        try:
            with path.open("rb") as file:
                row, found = self._take(file, bringing.shown_name(path.name), target, actor, options)
            refusal = found.refused or self._missing(found, options)
        except (PermissionDenied, ValidationError) as error:
            refusal = " ".join(getattr(error, "messages", [str(error)]))
            found = Look(refusal_receipt(refusal), refused=refusal)
        except Exception as error:  # noqa: BLE001  the other files must be read
            found = unread(path.name, error)
            refusal = found.refused
        if refusal:
            found.receipt["refused"] = refusal
        for line in _lines(path, found, row, refusal, options["dry_run"]):
            self.stdout.write(line)
        return found, refusal

    def _take(self, file, name, target, actor, options):
        place = {"library": target.library, "policy": target.policy}
        if options["dry_run"]:
            if actor and (target.library or target.policy):
                bringing.check_target(actor, **place)
            return None, look(file, name, policy=target.policy)
        return accepting.take(
            file,
            name,
            actor=actor,
            today=timezone.localdate(),
            losses_reason=options["accept_losses"] or "",
            **place,
        )

    def _missing(self, found: Look, options) -> str:
        if found.lost and not options["accept_losses"]:
            return accepting.missing_words(found.lost)
        return ""


def _named_after(paths, folder: Path) -> list[Path]:
    """One name a file; of two files of one name the later gets a number."""
    places: list[Path] = []
    for path in paths:
        number, place = 1, folder / f"{path.name}.json"
        while place in places:
            number += 1
            place = folder / f"{path.stem}-{number}{path.suffix}.json"
        places.append(place)
    return places


def _lines(path, found: Look, row, refusal: str, dry_run: bool):
    name = bringing.shown_name(path.name)
    if refusal:
        yield _("%(file)s: refused. %(why)s") % {"file": name, "why": refusal}
    elif found.unchanged:
        yield f"{name}: {found.unchanged}"
    else:
        words = _("%(file)s: would be imported") if dry_run else _("%(file)s: imported as a draft")
        yield words % {"file": name}
    if found.blocks:
        yield from _told(found)
    if row:
        reference = row.policy.reference or _("not stated")
        yield _("  reference: %(reference)s, page: %(page)d") % {
            "reference": reference,
            "page": row.policy_id,
        }


def _told(found: Look):
    told = found.receipt
    yield _("  title: %(title)s") % {"title": told["title"] or _("not stated")}
    clauses = sum(block["type"] == "clause" for block in found.blocks)
    counts = {"sections": telling.sections_in(told), "clauses": clauses}
    yield _("  sections: %(sections)d, clauses: %(clauses)d") % counts
    yield _("  words in: %(in)d, words out: %(out)d") % {"in": told["words_in"], "out": told["words_out"]}
    yield _("  warnings: %(n)d") % {"n": len(told["warnings"])}
