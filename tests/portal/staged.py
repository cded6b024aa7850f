"""The base of every situation in which a form is pressed: who, where, what an honest press sends, what it writes."""

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import outcomes
from tests.factories.organisation import make_body, make_person

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def on(name, day) -> dict:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def signing(**values):
    """A policy in force whose bodies decide by signatures, each world with bodies of its own."""
    body = make_body(members=[make_person(user=True)], quorum=1, ratifies_by="signatures")
    return outcomes.issued(approving_body=body, **values)


class Staged:
    """``begin`` sets ``user``, ``address`` and ``data``; ``writes`` gives models with the columns that tell."""

    writes: dict = {}
    #: What somebody of another such situation is answered here; None where the place is everybody's own.
    elsewhere: int | None = 404
    #: What a later press may be answered besides: 409 where it is told that somebody changed the row meanwhile.
    late: set[int] = set()

    def __init__(self):
        self.today = timezone.localdate()
        self.who = {"today": self.today}
        self.begin()

    def begin(self):
        raise NotImplementedError

    def set(self, user, place, *args, **data):
        self.user, self.address, self.data = user, reverse(place, args=args), data

    def press(self, client=None, **more):
        if client is None:
            client = Client()
            client.force_login(self.user, backend=BACKEND)
        return client.post(self.address, {**self.data, **more})

    def facts(self):
        return {
            model.__name__: list(model._base_manager.order_by("pk").values_list(*columns))
            for model, columns in self.writes.items()
        }
