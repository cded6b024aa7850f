"""What follows when a draft is submitted: its number, who is told now, who is asked to read it again."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kernel.lifecycle.enums import Significance
from kernel.lifecycle.models import Authorship
from kernel.organisation import people
from policy_pages import issuing
from policy_pages.enums import Asks
from policy_pages.readers.preview import Preview, preview


@dataclass(frozen=True)
class Outlook:
    """``told`` are the names of those who may approve it; ``preview`` counts the readers of each choice."""

    number_if: dict[str, str]
    told: tuple[str, ...]
    preview: Preview
    is_first: bool

    def significances(self) -> list[tuple[str, str]]:
        words = _("Yes: people must do something differently. It becomes version %(number)s.")
        wording = _("No: wording only. It becomes version %(number)s, and nobody is asked to read it again.")
        return [
            (Significance.MAJOR, words % {"number": self.number_if[Significance.MAJOR]}),
            (Significance.MINOR, wording % {"number": self.number_if[Significance.MINOR]}),
        ]

    def asks(self) -> list[tuple[str, str]]:
        everybody = ngettext(
            "Everybody who must know this policy: %(n)d person",
            "Everybody who must know this policy: %(n)d people",
            self.preview.everybody,
        )
        return [
            (Asks.EVERYBODY, everybody % {"n": self.preview.everybody}),
            (Asks.ROLES, _("Only holders of the job roles ticked below")),
        ]

    def roles(self) -> list[tuple[str, str]]:
        """Job roles whose clauses changed; none for a first version, which everybody reads."""
        return [] if self.is_first else [(str(role.pk), _role(role)) for role in self.preview.roles]

    @property
    def seen(self) -> str:
        """What the page showed, in one line that the form brings back."""
        counts = ",".join(f"{role.pk}:{role.people}" for role in self.preview.roles)
        return f"{self.preview.everybody}|{len(self.told)}|{counts}"

    def changed_since(self, seen: str | None) -> list[str]:
        """Sentences on what is different from what the author was shown; without a page there is nothing to compare."""
        if seen is None or seen == self.seen:
            return []
        was = [*seen.split("|"), "", ""]
        found = [_("Nothing was submitted: meanwhile it has changed who hears of it. Look again.")]
        if was[0] != str(self.preview.everybody):
            words = _("%(now)d people must know this policy; before you pressed it was %(was)s.")
            found.append(words % {"now": self.preview.everybody, "was": was[0][:12]})
        if was[1] != str(len(self.told)):
            words = _("%(now)d members may approve it; before you pressed it was %(was)s.")
            found.append(words % {"now": len(self.told), "was": was[1][:12]})
        return found


def outlook(draft, previous, today: date, *, actor) -> Outlook:
    """``draft`` is the latest revision as an object, ``previous`` the version issued last."""
    numbers = {
        key: "{}.{}".format(*issuing.next_number(previous, key))
        for key in (Significance.MAJOR, Significance.MINOR)
    }
    return Outlook(
        numbers, _told(draft, today, actor), preview(draft, Significance.MAJOR, (), today), previous is None
    )


def _told(draft, today, actor) -> tuple[str, ...]:
    """Who decides first: the members of the approving body that wrote none of it."""
    if draft.approving_body is None:
        return ()
    writers = Authorship.objects.filter(page_id_copy=draft.pk, cycle=draft.versions_issued())
    barred = {actor.pk, *writers.values_list("user_id_copy", flat=True)}
    members = people.members(draft.approving_body, today).exclude(user_id__in=barred)
    return tuple(members.order_by("name").values_list("name", flat=True))


def _role(role) -> str:
    words = ngettext(
        "%(name)s: %(n)d person (%(clauses)s)", "%(name)s: %(n)d people (%(clauses)s)", role.people
    )
    return words % {"name": role.name, "n": role.people, "clauses": ", ".join(role.clauses)}
