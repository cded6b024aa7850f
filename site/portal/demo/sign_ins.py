"""One sign-in per role: who it is, and what to click first. The command prints it, the page /demo/ shows it."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

PASSWORD = "amber-kettle-river-58"
LATER = _("My desk and the policies. What this role does besides comes with a later part.")


@dataclass(frozen=True)
class SignIn:
    """``person``: whom the address belongs to; empty for the superuser, who is nobody of the staff list."""

    role: str
    label: str
    word: str
    person: str
    first: str
    path: str = "/desk/"

    @property
    def email(self) -> str:
        return f"{self.word}@example.org"


SIGN_INS = (
    SignIn(
        "reader",
        _("Reader"),
        "reader",
        "Hollie Marsden",
        _(
            "My desk: see what changed in infection prevention and confirm that you have read it. Then My training "
            "(/training/mine/): a place that is held, one that is offered, a waiting list."
        ),
    ),
    SignIn(
        "author",
        _("Author"),
        "author",
        "Tomasz Wilk",
        _(
            "My desk: open the draft of the medicines policy, fill its open placeholder, "
            "record its equality screening, submit it."
        ),
    ),
    SignIn(
        "policy-owner",
        _("Policy owner"),
        "owner",
        "Beatrice Adeyemi",
        _("Safeguarding children policy: you own it. Who has read it, its review, the history of decisions."),
        "/p/SG-042/",
    ),
    SignIn(
        "approver",
        _("Approver"),
        "approver",
        "Meera Joshi",
        _("My desk: read the photographs and recordings procedure, approve it or send it back."),
    ),
    SignIn(
        "body-secretary",
        _("Body secretary"),
        "secretary",
        "Gareth Pugh",
        _("Meetings: the agenda and the papers of the Policy Group; the minutes once it has met."),
    ),
    SignIn(
        "body-member",
        _("Body member"),
        "member",
        "Owen Castell",
        _("My desk: sign the professional disagreement procedure. Yours is the signature that issues it."),
    ),
    SignIn(
        "body-chair",
        _("Body chair"),
        "chair",
        "Ruth Abernathy",
        _(
            "My desk: check the record of the Policy Group on fire safety and confirm it: it is issued at once. "
            "Then the register: policies in date and the review load."
        ),
    ),
    SignIn(
        "line-manager",
        _("Line manager"),
        "manager",
        "Siobhan Keane",
        _(
            "My duties as ward manager: print them as a ward card. My team: who of the ward has read what. My desk: "
            "a nurse of the ward asks for a place on a course; release her or say why not."
        ),
        "/my-duties/",
    ),
    SignIn(
        "hr-partner",
        _("HR partner"),
        "hr",
        "Callum Stroud",
        _("My desk: your driving for work policy is overdue for its review. Say what you found."),
    ),
    SignIn("chief-people-officer", _("Chief people officer"), "people", "Yasmin Haddad", LATER),
    SignIn(
        "subject-expert",
        _("Subject expert"),
        "expert",
        "Ingrid Solberg",
        _("My desk: your transfer between wards procedure is due for its review: no change, or more time?"),
    ),
    SignIn(
        "education-officer",
        _("Education officer"),
        "education",
        "Dafydd Rhys",
        _("My desk: read the change of the course on neglect and approve it for education, or send it back."),
    ),
    SignIn(
        "ld-officer",
        _("Learning and development officer"),
        "learning",
        "Chloe Beaumont",
        _(
            "Courses: what waits for approval, what needs a look, and which kinds and levels have no course. My desk: "
            "a session has too few people, go or cancel? Then Sessions: plan one; /training/release/: who was taken "
            "back, who has no protected time."
        ),
        "/courses/",
    ),
    SignIn(
        "training-administrator",
        _("Training administrator"),
        "training",
        "Marcus Ilesanmi",
        _(
            "Any agency's places: choose Dale Police, name one of its held places, move another to a later date."
        ),
        "/training/agency/",
    ),
    SignIn(
        "trainer",
        _("Trainer"),
        "trainer",
        "Nadia Brook",
        _("My training: what you learn yourself. The registers of your own dates stand on your desk."),
        "/training/mine/",
    ),
    SignIn("assessor", _("Sub-group member (assessor)"), "assessor", "Farah Qureshi", LATER),
    SignIn(
        "agency-coordinator",
        _("Agency coordinator (partner)"),
        "partner",
        "Joel Fairbrother",
        _(
            "My agency: name somebody for a held place, invite a colleague, take all bookings as a spreadsheet. Then "
            "the policies: a partner reads the shared texts alone."
        ),
        "/training/agency/",
    ),
    SignIn(
        "equality-lead",
        _("Equality lead"),
        "equality",
        "Amara Nwosu",
        _("My desk: read the negative answer about the open visiting standard, and decide."),
    ),
    SignIn("records-lead", _("Records and data-protection lead"), "records", "Elspeth Drummond", LATER),
    SignIn(
        "user-manager",
        _("User manager"),
        "users",
        "Hugh Pemberton",
        _("My desk: somebody of a partner agency asks for a login. Then Users: open, change or close one."),
        "/admin/users/",
    ),
    SignIn(
        "site-administrator",
        _("Site administrator"),
        "admin",
        "Leila Farouk",
        _("Writing and setting up: agencies, people and names. Policies cannot be published from here."),
        "/admin/",
    ),
    SignIn(
        "superuser",
        _("Superuser"),
        "superuser",
        "",
        _("Writing and setting up. Try to publish a policy: not even this person can."),
        "/admin/",
    ),
)


def email_of(name: str) -> str:
    """The address of a person of the demo: the role's for those of the list, else the name with dots."""
    words = {row.person: row.email for row in SIGN_INS}
    return words.get(name) or f"{name.lower().replace(' ', '.').replace(chr(39), '')}@example.org"
