from kernel.organisation.models.agency import Agency, AgencyKind, Sector, TurnoverBand
from kernel.organisation.models.body import (
    DECIDING_CAPACITIES,
    ApprovesBy,
    Body,
    BodyMeeting,
    BodyMembership,
    Capacity,
    RatifiesBy,
)
from kernel.organisation.models.delegation import Delegation
from kernel.organisation.models.job_role import JobRole, StaffGroup
from kernel.organisation.models.labels import BrandColour, SiteLabels
from kernel.organisation.models.roles import RoleGrant
from kernel.organisation.models.staff import Absence, AbsenceReason, PersonKind, Post, StaffProfile
from kernel.organisation.models.team import Team, TeamKind

__all__ = [
    "DECIDING_CAPACITIES",
    "Absence",
    "AbsenceReason",
    "Agency",
    "AgencyKind",
    "ApprovesBy",
    "Body",
    "BodyMeeting",
    "BodyMembership",
    "BrandColour",
    "Capacity",
    "Delegation",
    "JobRole",
    "PersonKind",
    "Post",
    "RatifiesBy",
    "RoleGrant",
    "Sector",
    "SiteLabels",
    "StaffGroup",
    "StaffProfile",
    "Team",
    "TeamKind",
    "TurnoverBand",
]
