"""The twelve policies of the demo: what stands round each text, by name."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Plan:
    """What stands round a text: its control fields, by name."""

    reference: str
    title: str
    slug: str
    owner: str
    sponsor: str
    ratifies: str
    topic: str
    deputy: str = ""
    audience: str = "staff"
    audience_groups: list[str] = field(default_factory=list)
    document_type: str = "policy"
    essential_for: list[str] = field(default_factory=list)
    review_months: int = 24


SAFEGUARDING = Plan(
    "SG-042",
    "Safeguarding children policy",
    "safeguarding-children",
    "Beatrice Adeyemi",
    "Ruth Abernathy",
    "SCC",
    "safeguarding",
    deputy="Farah Qureshi",
    audience="public",
    essential_for=["Registered nurses", "Managers"],
)
DISAGREEMENT = Plan(
    "SG-045",
    "Professional disagreement procedure",
    "professional-disagreement",
    "Beatrice Adeyemi",
    "Ruth Abernathy",
    "SCC",
    "safeguarding",
    audience="partners",
    document_type="procedure",
)
LONE_WORKING = Plan(
    "HR-017",
    "Lone working policy",
    "lone-working",
    "Callum Stroud",
    "Yasmin Haddad",
    "PG",
    "people",
    deputy="Amara Nwosu",
    essential_for=["People who work alone"],
)
FIRE = Plan(
    "FS-003", "Fire safety policy", "fire-safety", "Desmond Achebe", "Alastair Finch", "PG", "estates"
)
PHOTOGRAPHS = Plan(
    "IG-011",
    "Photographs and recordings procedure",
    "photographs-and-recordings-procedure",
    "Elspeth Drummond",
    "Alastair Finch",
    "PG",
    "corporate",
    document_type="procedure",
)
MEDICINES = Plan(
    "MM-008",
    "Medicines in the community policy",
    "medicines-in-the-community",
    "Ingrid Solberg",
    "Owen Castell",
    "PG",
    "clinical",
    essential_for=["People who handle medicines"],
)
INFECTION = Plan(
    "IC-004",
    "Infection prevention policy",
    "infection-prevention",
    "Ingrid Solberg",
    "Ruth Abernathy",
    "PG",
    "clinical",
    essential_for=["Registered nurses"],
)
RECORDS = Plan(
    "IG-004",
    "Record keeping policy",
    "record-keeping",
    "Elspeth Drummond",
    "Alastair Finch",
    "PG",
    "corporate",
)
LEARNING = Plan(
    "ED-002",
    "Mandatory learning policy",
    "mandatory-learning",
    "Callum Stroud",
    "Yasmin Haddad",
    "PG",
    "people",
    essential_for=["Managers"],
)
VISITING = Plan(
    "CP-022", "Open visiting standard", "open-visiting", "Ingrid Solberg", "Ruth Abernathy", "PG", "clinical"
)
TRANSFERS = Plan(
    "CP-030",
    "Transfer between wards procedure",
    "transfer-between-wards",
    "Ingrid Solberg",
    "Owen Castell",
    "PG",
    "clinical",
    audience="groups",
    audience_groups=["Registered nurses"],
    document_type="procedure",
    review_months=9,
)
DRIVING = Plan(
    "HR-031",
    "Driving for work policy",
    "driving-for-work",
    "Callum Stroud",
    "Yasmin Haddad",
    "PG",
    "people",
    review_months=12,
)
