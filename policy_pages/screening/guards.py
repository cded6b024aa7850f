"""The database's own refusals about full assessments, beside those of ``kernel.lifecycle.four_eyes``."""

from kernel.lifecycle.four_eyes import SUBMISSION, Guard
from policy_pages.screening.enums import FullOutcome

BY_AUTHOR = "an author of this text cannot assess it in full"
FULL_OPEN = "a full assessment of this text is open or was not let go on"
SCREENING, FULL = "policy_pages_screening", "policy_pages_fullassessment"

GUARDS = (
    Guard(
        "policy_pages_no_author_assesses",
        "INSERT",
        FULL,
        """EXISTS (
            SELECT 1 FROM kernel_lifecycle_authorship a
            WHERE a.page_id_copy = NEW.page_id_copy AND a.cycle = NEW.cycle
            AND a.user_id_copy = NEW.decided_by_id)""",
        BY_AUTHOR,
        ("kernel_lifecycle_authorship",),
    ),
    Guard(
        "policy_pages_no_decision_past_full",
        "UPDATE",
        SUBMISSION,
        f"""NEW.state IN ('approved', 'recorded', 'issued') AND EXISTS (
            SELECT 1 FROM {SCREENING} s WHERE s.policy_id = NEW.page_id AND s.needs_full
            AND NOT EXISTS (
                SELECT 1 FROM {SCREENING} n
                WHERE n.policy_id = s.policy_id AND n.kind_id = s.kind_id AND n.number > s.number)
            AND NOT EXISTS (
                SELECT 1 FROM {FULL} f WHERE f.screening_id = s.id AND f.decision = '{FullOutcome.GO_ON.value}'))""",
        FULL_OPEN,
        (SCREENING, FULL),
    ),
)
