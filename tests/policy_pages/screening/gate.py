from policy_pages.freezing import freeze
from policy_pages.screening.gates import Gate, gates_of


def gate_of(page, slug="equality") -> Gate:
    """The gate of one kind of the latest draft."""
    draft = page.get_latest_revision_as_object()
    return next(gate for gate in gates_of(draft, freeze(draft).content) if gate.kind.slug == slug)
