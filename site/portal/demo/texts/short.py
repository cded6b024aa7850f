"""Shorter texts, one for each step on the way that the three long ones do not show."""

from portal.demo.writing import clause, definitions, roles_table, section, table

FIVE_DAYS = "should answer within five working days"
THREE_DAYS = "must answer within three working days"


def disagreement() -> list:
    return [
        section("Why we have this"),
        clause(
            "Two professionals may see the same child differently. Disagreeing openly protects children; "
            "silence does not."
        ),
        clause("This procedure is for every agency of the partnership."),
        section("Four steps"),
        clause("Step 1: you must speak with the person who decided, on the same day.", heading="Talk"),
        clause(
            f"Step 2: if you still disagree your manager {FIVE_DAYS} together with theirs.",
            heading="Managers",
        ),
        clause(
            "Step 3: the safeguarding leads of both agencies must meet, and should bring somebody who knows the child."
        ),
        clause(
            "Step 4: either lead may ask the partnership's chair to decide. The chair must answer in writing."
        ),
        clause("At no step may work with the family stop because of the disagreement."),
        section("Keeping track"),
        clause("Each agency must record the step, the date and the outcome in the child's record."),
        roles_table(
            ("Safeguarding leads", "Meet at step 3.", "Report disagreements every quarter."),
            ("Managers", "Answer at step 2.", "Tell both workers what was agreed."),
        ),
    ]


def photographs() -> list:
    return [
        section("Why we have this"),
        clause("A picture is part of a person's record as much as a written word, and harder to take back."),
        definitions(Recording="A photograph, a film or a sound recording, made with any device."),
        section("Before you take one"),
        clause("You must ask for consent, say what the recording is for and write the answer down."),
        clause("You must use a device of the trust. Your own telephone is not one, even for a moment."),
        clause(
            "You should ask again when the purpose changes: consent for treatment is not consent for teaching."
        ),
        clause(
            "A person may change their mind at any time, and you must then tell them what can still be removed."
        ),
        section("Afterwards"),
        clause("The recording must be moved to the record on the same day and deleted from the device."),
        clause(
            "Patients and visitors may record their own consultation; staff should not be surprised by it."
        ),
        table(
            "How long a recording is kept",
            ["Purpose", "Kept for"],
            ["Treatment", "As long as the record"],
            ["Teaching", "As the consent says, five years at most"],
            ["Research", "As the study's approval says"],
        ),
    ]


def fire() -> list:
    return [
        section("Why we have this"),
        clause("A fire gives little time. What everybody does in the first two minutes decides."),
        section("If you find a fire"),
        clause("You must raise the alarm first, before you do anything else."),
        clause("You must close the door of the room as you leave."),
        clause("You may use an extinguisher if you have been trained and your way out is behind you."),
        clause("You must not use a lift."),
        section("On the ward"),
        clause(
            "The nurse in charge must decide who is moved first and should begin with those nearest to the fire.",
            "ward-manager",
        ),
        clause(
            "Every shift should know who meets the fire service at the door.", "ward-manager", "staff-nurse"
        ),
        section("Being ready"),
        clause("Everyone must take part in fire training once a year."),
        clause("Escape routes must be free at all times. Anybody may move what stands in the way."),
    ]
