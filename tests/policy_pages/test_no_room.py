"""H3: ratifying a text whose files do not fit changes nothing, says so, and can be done again later."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from kernel.audit.models import AuditEntry
from kernel.lifecycle import submissions
from kernel.lifecycle.models import Decision
from policy_pages import issuing
from policy_pages.models import PolicyVersion, VersionFile
from tests.factories import policies as make
from tests.factories.files import make_document
from tests.little_room import TOO_MUCH, files_in, little_room

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WORDS = "There is no room to store the pictures and attachments of this text. Nothing was changed"


@pytest.fixture
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def last_signature_wanted(uploads):
    """An approved text with a small and a big attachment, signed by one of the two that are needed."""
    small, big = make_document(name="small.txt"), make_document(name="big.txt", content=TOO_MUCH)
    rows = [("attachment", {"document": row, "title": "A form"}) for row in (small, big)]
    submission = make.approve(make.submit(make.make_policy(body=[*make.BODY, *rows])))
    first, second, _third = make.members_of(submission.ratifying_body)
    submissions.sign(submission, actor=first, today=make.TODAY)
    return submission, second


def test_nothing_is_half_done(last_signature_wanted, uploads):
    submission, member = last_signature_wanted
    before = files_in(uploads), Decision.objects.count()

    with little_room(), pytest.raises(ValidationError, match=WORDS):
        submissions.sign(submission, actor=member, today=make.TODAY)

    submission.refresh_from_db()
    assert submission.state == "approved"
    assert (PolicyVersion.objects.count(), VersionFile.objects.count()) == (0, 0)
    assert (files_in(uploads), Decision.objects.count()) == before
    refused = AuditEntry.objects.filter(refused=True).order_by("pk").last()
    assert refused.action == "lifecycle.sign"


def test_it_is_done_when_there_is_room_again(last_signature_wanted):
    submission, member = last_signature_wanted
    with little_room(), pytest.raises(ValidationError):
        submissions.sign(submission, actor=member, today=make.TODAY)

    submissions.sign(submission, actor=member, today=make.TODAY)

    version = PolicyVersion.objects.get()
    assert (version.number, version.files.count()) == ("1.0", 2)
    assert sorted(len(row.file.read()) for row in version.files.all()) == [18, len(TOO_MUCH)]


def test_the_screen_says_so(last_signature_wanted, client):
    submission, member = last_signature_wanted
    client.force_login(member, backend=BACKEND)
    address = reverse("policy_decide", args=[submission.page_id])

    with little_room():
        response = client.post(address, {"act": "sign"})

    assert response.status_code == 200
    assert WORDS in response.content.decode()


def test_a_copy_goes_when_its_row_cannot_be_written(uploads):
    """The control of the clean-up: the first copy is there when the second fails."""
    version = make.issue(make.make_policy())
    small = make_document(name="small.txt")
    before = files_in(uploads)

    with pytest.raises(OSError):
        issuing._copy_files(version, {"a" * 64: ("a.txt", small.file), "b" * 64: ("b.txt", uploads / "none")})

    assert files_in(uploads) == before
