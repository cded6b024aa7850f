"""Who may do what, as one table. Later apps add permissions to a row, never a row.

``permissions`` are Wagtail's and Django's, for the admin; what somebody decides on the site's own pages follows
from ``holds``. ``admin`` and ``deciding`` both demand a second factor in production.
"""

from dataclasses import dataclass
from pathlib import Path

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
PAGE_RIGHTS = ("add", "change")


def _all(app: str, *models: str) -> tuple[str, ...]:
    return tuple(f"{app}.{verb}_{model}" for model in models for verb in ("add", "change", "view"))


@dataclass(frozen=True)
class Role(KnownRole):
    """A row. ``sees``, ``may`` and ``may_not`` are what ``docs/roles.md`` says."""

    admin: bool = False
    deciding: bool = False
    writes: tuple[str, ...] = ()  # page types under which the role adds and changes drafts; never publishes
    permissions: tuple[str, ...] = ()
    sees: str = ""
    may: str = ""
    may_not: str = ""


FILES = (
    "wagtailimages.add_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.choose_document",
)

ROLES: tuple[Role, ...] = (
    Role(
        "reader",
        "Reader",
        OWN,
        EVERYONE,
        sees="Texts whose audience includes them, the training offer, their own records.",
        may="Read, say that they have read, book, ask a question about a text.",
        may_not="See drafts, other people's records or anything restricted.",
    ),
    Role(
        "author",
        "Author",
        SITE,
        GROUP,
        group="Authors",
        admin=True,
        writes=("policy_pages.PolicyIndexPage",),
        permissions=(ADMIN, *FILES),
        sees="Drafts in the library, comments and decisions on them.",
        may="Write and change drafts, submit them, recall a submission before the first decision.",
        may_not="Approve or ratify a text of which they wrote any part since it was last issued; publish.",
    ),
    Role(
        "policy-owner",
        "Policy owner",
        OWN,
        PAGE,
        sees="Their texts in every state, who has read them, when they are due for review.",
        may="Name a deputy, start a review, propose to keep or retire a text.",
        may_not="Approve their own text.",
    ),
    Role(
        "approver",
        "Approver",
        SITE,
        GRANT,
        deciding=True,
        sees="Texts submitted to them, with what changed.",
        may="Approve the exact text, or refuse it with a reason.",
        may_not="Approve a text of which they wrote any part since it was last issued; change a text while deciding.",
    ),
    Role(
        "body-secretary",
        "Body secretary",
        BODY,
        MEMBERSHIP,
        deciding=True,
        capacities=("secretary",),
        sees="Papers and decisions of their body.",
        may="Enter a meeting's date, who was present, the minute's reference and the outcome.",
        may_not="Confirm what they entered; vote, unless they hold a member's seat too.",
    ),
    Role(
        "body-member",
        "Body member",
        BODY,
        MEMBERSHIP,
        deciding=True,
        capacities=("member", "chair", "vice chair"),
        sees="Papers and decisions of their body.",
        may="Sign for the body where it ratifies by signatures; confirm a meeting's outcome as second member.",
        may_not="Count towards the quorum for a text that they wrote.",
    ),
    Role(
        "body-chair",
        "Body chair",
        BODY,
        MEMBERSHIP,
        deciding=True,
        capacities=("chair",),
        sees="Papers and decisions of their body.",
        may="Confirm what the secretary entered, which ratifies the text.",
        may_not="Ratify a text that they wrote, or without the quorum.",
    ),
    Role(
        "line-manager",
        "Line manager",
        TEAM,
        POST,
        deciding=True,
        sees="Their own line: who has read, learned and is absent, and why somebody is absent.",
        may="Approve bookings, record an absence, agree a plan with a person of their line.",
        may_not="See another line; decide on their own requests.",
    ),
    Role(
        "hr-partner",
        "HR partner",
        TEAM,
        GRANT,
        rank=1,
        deciding=True,
        keeps_absences=True,
        sees="Rates and escalations of their teams or agency; reasons of absences there.",
        may="Record absences, follow escalations up.",
        may_not="Change texts, courses or standards.",
    ),
    Role(
        "chief-people-officer",
        "Chief people officer",
        SITE,
        GRANT,
        rank=1,
        deciding=True,
        keeps_absences=True,
        sees="Rates of the whole organisation, escalations that reached the last step.",
        may="Decide on escalations and exemptions.",
        may_not="Stand outside the rates: executives are counted like everybody.",
    ),
    Role(
        "subject-expert",
        "Subject expert",
        SITE,
        GRANT,
        deciding=True,
        sees="The needs grid, courses and standards of their subject.",
        may="Say who needs which competency; endorse a course's content.",
        may_not="Endorse content of their own making alone.",
    ),
    Role(
        "education-officer",
        "Education officer",
        SITE,
        GROUP,
        group="Education officers",
        admin=True,
        permissions=(ADMIN, *FILES),
        sees="Competencies, learning records and evaluations, without the words of single persons.",
        may="Keep competencies and the needs grid, enter and correct learning records.",
        may_not="Read reasons of absences; approve quality assurance.",
    ),
    Role(
        "ld-officer",
        "Learning and development officer",
        SITE,
        GROUP,
        group="Learning and development officers",
        admin=True,
        deciding=True,
        permissions=(ADMIN, *FILES),
        sees="Programme, quality assurance, evaluations, charges and reports of the partnership.",
        may="Write the programme, plan sessions, run quality assurance.",
        may_not="Sign off their own standards or courses.",
    ),
    Role(
        "training-administrator",
        "Training administrator",
        SITE,
        GRANT,
        sees="Programme, bookings, attendance and charges.",
        may="Book and cancel for others, keep attendance, prepare charges.",
        may_not="Touch quality assurance in any way; see single evaluations.",
    ),
    Role(
        "trainer",
        "Trainer",
        OWN,
        GRANT,
        sees="Their own sessions, who comes, and the summary of evaluations afterwards.",
        may="Keep attendance of their sessions, answer observations.",
        may_not="See single evaluation answers, other trainers' sessions, charges.",
    ),
    Role(
        "assessor",
        "Sub-group member (assessor)",
        BODY,
        GRANT,
        deciding=True,
        sees="Courses, plans and standards submitted to their sub-group.",
        may="Assess against the checklist and sign off.",
        may_not="Assess what they or their own trainer colleagues submitted.",
    ),
    Role(
        "agency-coordinator",
        "Agency coordinator",
        AGENCY,
        GRANT,
        sees="Bookings, charges and returns of their own agency's people.",
        may="Book and cancel for their own people, answer the agency's returns.",
        may_not="See another agency's people, or anything of the host's staff.",
    ),
    Role(
        "equality-lead",
        "Equality lead",
        SITE,
        GRANT,
        rank=1,
        deciding=True,
        sees="Equality assessments, and equality answers as sums that name nobody.",
        may="Approve or return an equality assessment.",
        may_not="See one person's equality answers.",
    ),
    Role(
        "records-lead",
        "Records and data-protection lead",
        SITE,
        GRANT,
        rank=3,
        deciding=True,
        sees="The audit trail, access requests, what is due for disposal, restricted records when asked for.",
        may="Answer access requests, place and lift holds, erase personal words.",
        may_not="Change a text, a record or the audit trail.",
    ),
    Role(
        "user-manager",
        "User manager",
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
        sees="Logins, people with their posts, delegations and roles held.",
        may="Open and close logins, enter people, posts and leavers, give and take roles up to their own.",
        may_not="Raise anybody above themselves, give anything to themselves, touch a superuser, decide on texts.",
    ),
    Role(
        "site-administrator",
        "Site administrator",
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
            *_all("kernel_lifecycle", "closedday"),
            *FILES,
        ),
        sees="The set-up: agencies, teams, bodies, people, labels, jobs and the outbox's failures.",
        may="Keep the set-up, give and take roles.",
        may_not="Write, approve or publish policies; read restricted records; seat themselves in a body.",
    ),
)

BY_SLUG = {role.slug: role for role in ROLES}


def register() -> None:
    grants.register_roles(ROLES)


def needs_second_factor(slugs) -> bool:
    """Does one of these roles open the admin or decide?"""
    return any(BY_SLUG[slug].admin or BY_SLUG[slug].deciding for slug in slugs)


HOW = {
    EVERYONE: "everybody who signs in",
    GROUP: "by the group “{group}”",
    MEMBERSHIP: "by a seat in a body",
    POST: "by managing somebody's post",
    PAGE: "by being named on a text",
    GRANT: "given with dates",
}
SCOPE = {
    SITE: "the whole site",
    BODY: "the body",
    AGENCY: "the agency",
    TEAM: "a team and all below it, or an agency",
    OWN: "their own",
}
DOCS = Path(__file__).resolve().parents[2] / "docs/roles.md"


def section(role: Role) -> str:
    doors = [word for word, on in (("opens the admin", role.admin), ("decides", role.deciding)) if on]
    factor = f" Second factor demanded: {' and '.join(doors)}." if doors else ""
    return (
        f"## {role.label} (`{role.slug}`)\n\n"
        f"Held {HOW[role.how].format(group=role.group)}; covers {SCOPE[role.scope]}.{factor}\n\n"
        f"- Sees: {role.sees}\n- May: {role.may}\n- May not: {role.may_not}\n"
    )


def document() -> str:
    """The whole of ``docs/roles.md``."""
    head = (
        "# Roles\n\nWritten by `python manage.py sync_roles --docs` from the table in `site/portal/roles.py`; "
        "change the table, not this page.\nNobody gives a role above their own, and nobody gives one to themselves.\n"
    )
    return "\n".join([head, *(section(role) for role in ROLES)])
