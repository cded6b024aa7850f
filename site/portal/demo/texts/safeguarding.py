from portal.demo import pictures
from portal.demo.writing import (
    appendix,
    attachment,
    clause,
    course,
    definitions,
    figure,
    roles_table,
    section,
    table,
)

SAME_DAY = "Everyone must tell the named nurse about a concern before the end of the same working day."
WITHIN_HOURS = (
    "Everyone must tell the named nurse about a concern within two hours, "
    "and never later than the end of the shift."
)
STEPS = [
    "Notice: listen, stay calm, promise no secrets",
    "Act: is a child in danger now? Call 999",
    "Tell: the named nurse, within the time of 3.1",
    "Write: facts and words used, the same day",
    "Refer: to the council's front door",
    "Follow up: no answer? Ask what was decided",
]


def blocks() -> list:
    return [*_why(), *_words(), *_acting(), *_recording(), *_support(), *_appendices()]


def _why():
    return [
        section("Why we have this"),
        clause("Every child who comes into contact with us has the right to be safe, wherever we meet them."),
        clause(
            "This policy applies to everybody who works for the trust, paid or unpaid, including students, "
            "volunteers and people from an agency."
        ),
        clause(
            "You must follow it even when a child is not your patient: brothers, sisters, visitors and the children "
            "of adults whom we treat are included."
        ),
    ]


def _words():
    return [
        section("Words we use"),
        definitions(
            Child="Anyone who is not yet 18 years old, including an unborn child whose birth is expected.",
            Concern="Anything seen, heard or suspected that makes you think a child may come to harm. "
            "You do not need proof.",
            Front_door="The council's team that takes referrals, day and night.",
            Significant_harm="Harm serious enough to justify that others step into family life.",
        ),
    ]


def _acting():
    return [
        section("If you are worried about a child"),
        clause(SAME_DAY, heading="Tell somebody"),
        clause("If a child is in danger now, you must call 999 first and tell the named nurse afterwards."),
        clause(
            "You must not promise a child that you will keep a secret. Say whom you will tell, and why.",
        ),
        clause("You should tell the family what you are doing, unless that could put a child at more risk."),
        clause(
            "A ward manager must make sure that on every shift somebody knows how to reach the named nurse or the "
            "doctor on call.",
            "ward-manager",
            heading="On the ward",
        ),
        clause(
            "The named nurse must decide on the same day whether a referral to the front door is needed, and must "
            "tell whoever raised the concern what was decided.",
            "named-nurse",
        ),
        clause(
            "If you disagree with the decision you should say so at once and may follow "
            "the procedure for professional disagreement.",
            links={"the procedure for professional disagreement": "SG-045"},
        ),
        figure(
            pictures.steps_picture(STEPS),
            "Six boxes from top to bottom: notice, act, tell, write, refer, follow up.",
            "Figure 1: the six steps when you are worried about a child",
        ),
    ]


def _recording():
    return [
        section("What to write down, and what to share"),
        clause(
            "You must write the concern into the child's record on the same day: what you saw, the words that were "
            "used, who was there, what you did.",
            "staff-nurse",
            "district-nurse",
            "health-visitor",
        ),
        clause("You should keep fact and opinion apart, and mark an opinion as one."),
        clause(
            "You may share information without consent when a child could otherwise come to harm. You must record "
            "what you shared, with whom and why."
        ),
        clause("Photographs of an injury must be taken by the medical illustration service only."),
        table(
            "How quickly each step follows",
            ["Step", "Who", "At the latest"],
            ["Danger now", "Whoever is there", "At once: 999"],
            ["Named nurse told", "Whoever has the concern", "See 3.1"],
            ["Decision on a referral", "Named nurse", "The same day"],
            ["Written referral", "Named nurse", "24 hours after the call"],
            ["Front door's answer", "The council", "One working day; ask if none came"],
        ),
    ]


def _support():
    return [
        section("Who does what, and who helps"),
        roles_table(
            (
                "Executive director of nursing",
                "Answers to the trust's board for this policy.",
                "Reports to the board twice a year.",
            ),
            (
                "Named nurse",
                "Advises everybody, decides on referrals, keeps this policy.",
                "Every day:\nis reachable from 8am to 6pm on weekdays\nlooks at concerns of four weeks ago",
            ),
            ("Named doctor", "Advises on medical questions.", "Examines a child or arranges it."),
            (
                "Ward and team managers",
                "See that their people know this policy.",
                "Release people for training.",
            ),
            ("Everyone", "Notices, tells and writes.", "Keeps up the training for the own role."),
        ),
        clause("New starters must complete level 1 training within four weeks of their first day."),
        course("SGC1"),
        clause("Clinical staff should have safeguarding supervision at least every three months."),
        course("SUP1"),
        clause(
            "Anybody who was part of a distressing case may ask for a debrief; managers should offer one."
        ),
        clause(
            "An allegation against one of our own people must go to the named nurse within one working day."
        ),
    ]


def _appendices():
    form = pictures.text_document(
        "Record of a concern",
        "record-of-a-concern.txt",
        [
            "RECORD OF A CONCERN ABOUT A CHILD",
            "",
            "Name and date of birth of the child:",
            "What was seen or heard, in the words that were used:",
            "Who was there:",
            "What was done, and at what time:",
            "Whom I told, and what we agreed:",
            "My name, role and telephone:",
        ],
    )
    return [
        appendix("Appendix A", "Whom to call"),
        clause(
            "Named nurse, weekdays 8am to 6pm: 01632 960 140. At other times the switchboard calls the doctor on call."
        ),
        clause(
            "The council's front door, day and night: 01632 960 150. You should have the child's details at hand."
        ),
        appendix("Appendix B", "Form"),
        clause("You may use this form when the electronic record cannot be reached."),
        attachment(form, "Record of a concern (text file)"),
    ]
