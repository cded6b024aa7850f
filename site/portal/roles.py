"""Who may do what, as one table. Later apps add permissions to a row, never a row.

``permissions`` are Wagtail's and Django's, for the admin; what somebody decides on the site's own pages
follows from ``people.holds``. ``admin`` and ``deciding`` both demand a second factor in production.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from kernel.organisation import grants
from kernel.organisation.grants import (
    AGENCY,
    BODY,
    EVERYONE,
    GRANT,
    GROUP,
    MEMBERSHIP,
    OWN,
    PAGE,
    POST,
    SITE,
    TEAM,
    KnownRole,
)

ADMIN = "wagtailadmin.access_admin"
PAGE_RIGHTS = ("add_page", "change_page")
FILE_RIGHTS = ("add_image", "choose_image", "add_document", "choose_document")


def _all(app: str, *models: str) -> tuple[str, ...]:
    return tuple(f"{app}.{verb}_{model}" for model in models for verb in ("add", "change", "view"))


COURSE_WORDS = _all(
    "course_catalogue",
    "subject",
    "opportunitykind",
    "framework",
    "level",
    "audiencegroup",
    "method",
    "priority",
)


@dataclass(frozen=True)
class Role(KnownRole):
    """A row. ``sees``, ``may`` and ``may_not`` are what ``docs/roles.md`` says."""

    admin: bool = False
    deciding: bool = False
    writes: tuple[str, ...] = ()  # page types under which the role adds and changes drafts; never publishes
    files: bool = False  # adds and chooses images and documents
    permissions: tuple[str, ...] = ()
    sees: str = ""
    may: str = ""
    may_not: str = ""


ROLES: tuple[Role, ...] = (
    Role(
        "reader",
        _("Reader"),
        OWN,
        EVERYONE,
        sees=_("Texts whose audience includes them, the training offer, their own records."),
        may=_("Read, say that they have read, book, ask a question about a text."),
        may_not=_("See drafts, other people's records or anything restricted."),
    ),
    Role(
        "author",
        _("Author"),
        SITE,
        GROUP,
        group="Authors",
        admin=True,
        writes=("policy_pages.PolicyIndexPage",),
        files=True,
        permissions=(
            ADMIN,
            "policy_pages.change_placeholder",
            "policy_pages.change_localrole",
            "policy_pages.add_acknowledgement",
        ),
        sees=_("Drafts in the library, comments and decisions on them."),
        may=_(
            "Write and change drafts, submit them, recall a submission before the first decision; "
            "say what a role that texts name is called here, who must read a policy, and what people without a "
            "sign-in read on paper."
        ),
        may_not=_("Publish; approve or ratify a text of which they wrote any part since the last issue."),
    ),
    Role(
        "policy-owner",
        _("Policy owner"),
        OWN,
        PAGE,
        sees=_("Their texts in every state, who has read them, when they are due for review."),
        may=_(
            "Name a deputy, start a review, propose to keep or retire a text; "
            "say what a role that it names is called here."
        ),
        may_not=_("Approve their own text."),
    ),
    Role(
        "approver",
        _("Approver"),
        BODY,
        MEMBERSHIP,
        deciding=True,
        capacities=("member", "chair", "vice chair"),
        sees=_("Texts submitted to the approving body in which they sit, with what changed."),
        may=_(
            "Approve the exact text in that body's name, perhaps with conditions; send it back or "
            "reject it with a reason; take no part."
        ),
        may_not=_(
            "Approve a text of which they wrote any part since the last issue; change it; judge where "
            "they take no part."
        ),
    ),
    Role(
        "body-secretary",
        _("Body secretary"),
        BODY,
        MEMBERSHIP,
        deciding=True,
        capacities=("secretary",),
        sees=_("Papers and decisions of their body."),
        may=_(
            "Keep the agenda of their body's meetings; record for a whole meeting who was present, "
            "the minute's reference and what was decided of each item."
        ),
        may_not=_("Confirm what they entered; vote, unless they hold a member's seat too."),
    ),
    Role(
        "body-member",
        _("Body member"),
        BODY,
        MEMBERSHIP,
        deciding=True,
        capacities=("member", "chair", "vice chair"),
        sees=_("Agenda, paper pack and minutes of their body's meetings; its decisions."),
        may=_(
            "Sign texts, proposals and chair's actions where the body ratifies by signatures; confirm "
            "a meeting's outcome as second member; take no part."
        ),
        may_not=_("Count towards the quorum for a text that they wrote or a question that they proposed."),
    ),
    Role(
        "body-chair",
        _("Body chair"),
        BODY,
        MEMBERSHIP,
        deciding=True,
        capacities=("chair",),
        sees=_("Papers and decisions of their body."),
        may=_(
            "Confirm the minutes of a meeting, which carries out all of its decisions at once; say that a "
            "condition is met; issue an approved text that cannot wait."
        ),
        may_not=_("Ratify a text that they wrote or issued alone, or without the quorum."),
    ),
    Role(
        "line-manager",
        _("Line manager"),
        TEAM,
        POST,
        deciding=True,
        sees=_("Their own line: who has read, learned and is absent, and why somebody is absent."),
        may=_(
            "Approve bookings, record an absence, agree a plan with a person of their line, remind them to read, "
            "record what they read on paper."
        ),
        may_not=_("See another line; decide on their own requests."),
    ),
    Role(
        "hr-partner",
        _("HR partner"),
        TEAM,
        GRANT,
        rank=1,
        deciding=True,
        keeps_absences=True,
        sees=_("Rates and escalations of their teams or agency; reasons of absences there."),
        may=_("Record absences, follow escalations up."),
        may_not=_("Change texts, courses or standards."),
    ),
    Role(
        "chief-people-officer",
        _("Chief people officer"),
        SITE,
        GRANT,
        rank=1,
        deciding=True,
        keeps_absences=True,
        sees=_("Rates of the whole organisation, escalations that reached the last step."),
        may=_("Decide on escalations and exemptions."),
        may_not=_("Stand outside the rates: executives are counted like everybody."),
    ),
    Role(
        "subject-expert",
        _("Subject expert"),
        SITE,
        GRANT,
        deciding=True,
        sees=_("The needs grid, courses with their drafts, and standards of their subject."),
        may=_("Say who needs which competency; approve a course's content or send it back."),
        may_not=_("Approve content of their own making alone, or a course in both roles."),
    ),
    Role(
        "education-officer",
        _("Education officer"),
        SITE,
        GROUP,
        group="Education officers",
        admin=True,
        deciding=True,
        writes=("course_catalogue.CourseIndexPage",),
        files=True,
        permissions=(ADMIN, *COURSE_WORDS),
        sees=_(
            "Courses and their drafts, competencies, learning records and evaluations, without names in answers."
        ),
        may=_(
            "Write and change drafts of courses, approve them for education, keep the words by which they are found; "
            "keep competencies and the needs grid, enter and correct learning records."
        ),
        may_not=_(
            "Approve a course that they wrote alone; read reasons of absences; approve quality assurance."
        ),
    ),
    Role(
        "ld-officer",
        _("Learning and development officer"),
        SITE,
        GROUP,
        group="Learning and development officers",
        admin=True,
        deciding=True,
        writes=("course_catalogue.CourseIndexPage",),
        files=True,
        permissions=(
            ADMIN,
            "course_catalogue.change_trainingsettings",
            *COURSE_WORDS,
            *_all("course_catalogue", "venue", "room", "poolrule", "specificationpoint"),
        ),
        sees=_(
            "Courses and drafts, programme, quality assurance, evaluations, charges and reports of the partnership."
        ),
        may=_(
            "Write courses and the programme, plan sessions, run quality assurance; open the offer to visitors."
        ),
        may_not=_("Sign off their own standards or courses."),
    ),
    Role(
        "training-administrator",
        _("Training administrator"),
        SITE,
        GRANT,
        sees=_("Programme, bookings, attendance and charges."),
        may=_("Book and cancel for others, keep attendance, prepare charges."),
        may_not=_("Touch quality assurance in any way; see single evaluations."),
    ),
    Role(
        "trainer",
        _("Trainer"),
        OWN,
        GRANT,
        sees=_("Their own sessions, who comes, and the summary of evaluations afterwards."),
        may=_("Keep attendance of their sessions, answer observations."),
        may_not=_("See single evaluation answers, other trainers' sessions, charges."),
    ),
    Role(
        "assessor",
        _("Sub-group member (assessor)"),
        BODY,
        GRANT,
        deciding=True,
        sees=_("Courses, plans and standards submitted to their sub-group."),
        may=_("Assess against the checklist and sign off."),
        may_not=_("Assess what they or their own trainer colleagues submitted."),
    ),
    Role(
        "agency-coordinator",
        _("Agency coordinator"),
        AGENCY,
        GRANT,
        sees=_("Bookings, charges and returns of their own agency's people."),
        may=_(
            "Book and cancel for their own people, answer the agency's returns; "
            "say what a role that texts name is called in their agency."
        ),
        may_not=_("See another agency's people, or anything of the host's staff."),
    ),
    Role(
        "equality-lead",
        _("Equality lead"),
        SITE,
        GRANT,
        rank=1,
        deciding=True,
        sees=_(
            "Drafts with a negative equality answer and their screenings; equality answers as sums that name nobody."
        ),
        may=_("Finish a full assessment: let a text go on, have it changed, or stop it."),
        may_not=_("Assess a text that they wrote or screened; see one person's equality answers."),
    ),
    Role(
        "records-lead",
        _("Records and data-protection lead"),
        SITE,
        GRANT,
        rank=3,
        deciding=True,
        sees=_("The audit trail, access requests, what is due for disposal, restricted records."),
        may=_("Answer access requests, place and lift holds, erase personal words."),
        may_not=_("Change a text, a record or the audit trail."),
    ),
    Role(
        "user-manager",
        _("User manager"),
        SITE,
        GROUP,
        group="User managers",
        rank=2,
        gives_roles=True,
        admin=True,
        permissions=(
            ADMIN,
            "kernel_accounts.add_user",
            "kernel_accounts.change_user",
            *_all("kernel_organisation", "staffprofile", "rolegrant", "delegation"),
        ),
        sees=_("Logins, people with their posts, delegations and roles held."),
        may=_("Open and close logins, enter people, posts and leavers, give roles up to their own."),
        may_not=_("Raise anybody above themselves, give themselves anything, touch a superuser, decide."),
    ),
    Role(
        "site-administrator",
        _("Site administrator"),
        SITE,
        GROUP,
        group="Site administrators",
        rank=3,
        gives_roles=True,
        admin=True,
        permissions=(
            ADMIN,
            "kernel_accounts.add_user",
            "kernel_accounts.change_user",
            *_all(
                "kernel_organisation",
                "agency",
                "team",
                "jobrole",
                "staffgroup",
                "body",
                "staffprofile",
                "rolegrant",
                "delegation",
            ),
            "kernel_organisation.change_sitelabels",
            "policy_pages.change_reviewrules",
            *_all("kernel_lifecycle", "closedday"),
            *_all("policy_pages", "screeningkind", "documenttemplate"),
        ),
        sees=_("The set-up: agencies, teams, bodies, people, labels, jobs and the outbox's failures."),
        may=_("Keep the set-up, say what each type of document needs, give and take roles."),
        may_not=_("Write, approve or publish policies; read restricted records; seat themselves in a body."),
    ),
)

BY_SLUG = {role.slug: role for role in ROLES}


def register() -> None:
    grants.register_roles(ROLES)


def needs_second_factor(slugs) -> bool:
    """Does one of these roles open the admin or decide?"""
    return any(BY_SLUG[slug].admin or BY_SLUG[slug].deciding for slug in slugs)
