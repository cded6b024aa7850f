from portal.demo import pictures
from portal.demo.writing import appendix, clause, definitions, figure, roles_table, section, table

STEPS = [
    "Check: name, date of birth, allergies",
    "Compare: chart, label, what is in your hand",
    "Ask: does the person want it, do they know why?",
    "Give, and stay until it is taken",
    "Write it down before the next task",
]


def blocks() -> list:
    return [*_why(), *_giving(), *_keeping(), *_controlled(), *_when_wrong(), *_appendix()]


def _why():
    return [
        section("Why we have this"),
        clause(
            "People at home rely on medicines that somebody else brings, checks or gives. "
            "This policy says how [insert organisation name] keeps that safe."
        ),
        clause(
            "It is for everyone who orders, carries, stores, gives or destroys medicines outside a hospital ward."
        ),
        definitions(
            Chart="The record, on paper or on a device, of what is prescribed and what was given.",
            Controlled_drug="A medicine for which the law asks for a register and a second signature.",
            Near_miss="A mistake that was noticed before it reached the person.",
        ),
    ]


def _giving():
    return [
        section("Giving a medicine"),
        clause(
            "You must make the five checks every time, also for a person you have known for years.",
            "staff-nurse",
            "district-nurse",
        ),
        figure(
            pictures.steps_picture(STEPS),
            "Five boxes from top to bottom: check, compare, ask, give, write.",
            "Figure 1: five checks before you give a medicine",
        ),
        clause("You must not give a medicine from a container that somebody else has filled."),
        clause(
            "A healthcare assistant may prompt a person who takes their own medicines, and must not decide the dose.",
            "healthcare-assistant",
        ),
        clause("If a person refuses you must record it and should ask the prescriber on the same day."),
        clause(
            "A verbal order must be read back and confirmed in writing within 24 hours.", "district-nurse"
        ),
        clause("Injections should be given by two people when the dose was calculated by hand."),
    ]


def _keeping():
    return [
        section("Carrying and keeping"),
        clause("Medicines must be out of sight in a locked car and never left there overnight."),
        clause(
            "A refrigerator for medicines must stay between 2 and 8 degrees and should be read once a day."
        ),
        table(
            "What to do with a refrigerator that was too warm",
            ["Highest reading", "For how long", "What to do"],
            ["Up to 12 degrees", "Under one hour", "Close it, read again after one hour"],
            ["Up to 12 degrees", "One hour or longer", "Set the stock aside, call the pharmacist"],
            ["Over 12 degrees", "Any time", "Set the stock aside, use none of it, call the pharmacist"],
        ),
        clause("Stock may be moved between teams only with the pharmacist's agreement.", "pharmacist"),
    ]


def _controlled():
    return [
        section("Controlled drugs"),
        clause("Two people must sign for every controlled drug that comes in, is given or is destroyed."),
        clause(
            "The running balance must be counted at every visit and compared with the register.",
            "district-nurse",
        ),
        clause(
            "A difference that cannot be explained must be reported to [insert accountable officer] within one hour."
        ),
        clause(
            "A family should be asked to return controlled drugs to a pharmacy after a death, and may ask us for help."
        ),
    ]


def _when_wrong():
    return [
        section("When something went wrong"),
        clause(
            "The person comes first: you must ask for medical advice at once, then tell the person or the family."
        ),
        clause("Every mistake and every near miss must be reported by the end of the shift."),
        clause(
            "Managers should thank whoever reports. A report alone must never lead to blame.", "ward-manager"
        ),
        roles_table(
            ("Community pharmacist", "Keeps this policy, advises.", "Visits every team twice a year."),
            ("Team managers", "See that competence is assessed.", "Keep the list of who may give what."),
            ("Everyone", "Makes the five checks.", "Reports."),
        ),
    ]


def _appendix():
    return [
        appendix("Appendix A", "Numbers to keep at hand"),
        clause("Pharmacist on call: 01632 960 170. You may call for any question, however small it seems."),
    ]
