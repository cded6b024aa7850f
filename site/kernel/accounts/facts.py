"""What nearly every request asks about whoever is signed in, in one query: asked anew each time, kept by no one.

Each app registers its questions in ``ready()``: a name and an expression over the login. What is registered for
a request must be a value or a yes or no; whoever needs more asks its own service.
"""

from collections.abc import Callable
from datetime import date

from django.contrib.auth import get_user_model
from django.db.models import BooleanField, Case, Exists, OuterRef, Q, When

from kernel.accounts.prepared import Prepared

_asked: dict[str, Callable] = {}
EMPOWERED = "accounts.empowered"


def register_fact(name: str, expression: Callable) -> None:
    """``expression(today)``: something ``annotate`` takes, over the login; OuterRef("pk") is the login."""
    _asked[name] = expression
    _prepared.forget()


def facts_of(request, today: date) -> dict:
    """Answers by name for the login of ``request``, once a request; of a visitor nothing is known."""
    if not hasattr(request, "facts"):
        request.facts = _ask(request.user, today) if request.user.is_authenticated else {}
    return request.facts


def is_asked(name: str) -> bool:
    return name in _asked


def _ask(user, today: date) -> dict:
    row = _prepared.first(user.pk, today)
    return dict(zip(_asked, row, strict=True)) if row else {}


def _answers(number: int, today: date):
    columns = {f"fact_{place}": expression(today) for place, expression in enumerate(_asked.values())}
    return get_user_model().objects.filter(pk=number).annotate(**columns).values_list(*columns)


def yes(condition: Q):
    """A yes or no for an expression; a condition that is unknown is no."""
    return Case(When(condition, then=True), default=False, output_field=BooleanField())


def _empowered(today: date):
    """Superusers and holders of any permission. Nobody else can pass ``has_perm``, so nobody else is asked."""
    user = get_user_model()
    groups = user.groups.through.objects.filter(user_id=OuterRef("pk"))
    own = user.user_permissions.through.objects.filter(user_id=OuterRef("pk"))
    return yes(Q(is_superuser=True) | Exists(groups) | Exists(own))


_prepared = Prepared(_answers, int, date)
register_fact(EMPOWERED, _empowered)
