"""Where somebody is reached by mail."""


def address_of(person) -> str:
    """The login's address while the login is open, else the one on the staff list; "" for nobody and nowhere."""
    if person is None:
        return ""
    if person.user is not None and person.user.is_active and person.user.email:
        return person.user.email
    return person.email
