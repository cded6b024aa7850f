import pytest
from django.contrib.auth.models import Permission

from tests.factories import organisation
from tests.policy_pages.conftest import sign_in  # noqa: F401


@pytest.fixture
def matron(db):
    return organisation.make_job_role(name="Ward manager", code="ward-manager")


@pytest.fixture
def reader(matron):
    """Somebody who holds the post of a ward manager."""
    person = organisation.make_person(user=True, name="Rowan Reader")
    organisation.make_post(person=person, job_role=matron)
    return person.user


@pytest.fixture
def keeper(db):
    """Somebody of the host who says what roles are."""
    user = organisation.make_person(user=True, name="Kit Keeper").user
    user.user_permissions.add(Permission.objects.get(codename="change_localrole"))
    return user
