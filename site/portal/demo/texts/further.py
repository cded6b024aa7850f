"""Texts for the states that the others do not show: changed twice, due soon, sent back, waiting for its day."""

from portal.demo.writing import appendix, clause, definitions, roles_table, section, table

HANDS_SHOULD = "You should clean your hands before and after you touch a patient or what is near them."
HANDS_MUST = "You must clean your hands before and after you touch a patient or what is near them."
OUTBREAK_WAS = (
    "The nurse in charge should ring the infection prevention team when two patients have loose stools."
)
OUTBREAK_NOW = (
    "The nurse in charge must ring the infection prevention team within one hour when two patients on one ward "
    "have loose stools."
)
COPY_WAS = "Copies may be sent by post when the person has no other way to receive them."
COPY_NOW = "Copies must be sent by tracked post when the person has no other way to receive them."


def infection() -> list:
    return [
        section("Why we have this"),
        clause(
            "Most infections that people catch in our care can be prevented. Clean hands prevent the most."
        ),
        section("Hands"),
        clause(HANDS_SHOULD),
        clause("You must be bare below the elbows wherever patients are cared for."),
        clause("You may wear one plain ring. Cover cuts with a waterproof dressing before the shift begins."),
        section("Equipment"),
        clause(
            "Shared equipment must be cleaned before it goes to the next patient and labelled with the date.",
            "staff-nurse",
            "healthcare-assistant",
        ),
        clause("Beds and chairs should be checked for tears once a week.", "ward-manager"),
        clause(
            "The seal of the resuscitation trolley must be checked at the start of every shift.",
            "staff-nurse",
            "ward-manager",
        ),
        clause(
            "The temperature of the medicines refrigerator must be read and written down daily.",
            "staff-nurse",
        ),
        clause("Mattresses must be turned and looked over every month.", "ward-manager"),
        clause("The washer must be tested every quarter and the print-out kept.", "decontamination-lead"),
        *_outbreak(),
    ]


def _outbreak() -> list:
    return [
        section("An outbreak"),
        clause(OUTBREAK_WAS, "ward-manager", "staff-nurse"),
        clause("A closed bay must have a sign on its door and a member of staff of its own on every shift."),
        table(
            "When somebody may come back to work",
            ["Illness", "Earliest return"],
            ["Vomiting or loose stools", "48 hours after the last time"],
            ["Chickenpox", "When every blister has dried"],
            ["Flu", "When well, and five days after it began on wards with frail patients"],
        ),
        roles_table(
            ("Infection prevention team", "Answers wards on every day of the year.", "Report each month."),
            ("Ward managers", "Keep the cleaning schedule.", "Check it weekly; sign it."),
        ),
    ]


def records() -> list:
    return [
        section("Why we have this"),
        clause("A record lets the next person go on where you stopped. What is not written down gets lost."),
        definitions(
            Record="Anything that is kept about a person's care, on any medium.",
            Contemporaneous="Written at the time, or as soon afterwards as care allows.",
        ),
        section("Writing"),
        clause("You must write in the record on the day of the contact, with time, name and job role."),
        clause("You must not delete an entry. Strike it through, say why, and leave it readable."),
        clause("Opinions should be marked as opinions and stand beside the facts that led to them."),
        section("Sharing"),
        clause("You must check who you are speaking with before you read anything out."),
        clause(COPY_WAS, "records-manager"),
        section("Keeping"),
        clause("Records are kept for as long as the schedule of the records team says, and then reviewed."),
        clause("Nobody may destroy a record that an inquiry or a court has asked for."),
    ]


def learning() -> list:
    return [
        section("Why we have this"),
        clause(
            "People in our care have a right to staff who know how to keep them safe, today and not last year."
        ),
        section("What everyone does"),
        clause("You must know which competencies your post needs and when each runs out."),
        clause("You should book at least two months before a competency runs out."),
        clause("If you cannot come you must tell your manager and the learning department at once."),
        section("What managers do"),
        clause(
            "You must release people for the learning that their post needs and protect that time.",
            "ward-manager",
        ),
        clause(
            "You should look at your team's report every week, and must look at it every month.",
            "ward-manager",
        ),
        clause(
            "A talk about missed learning should begin with what would help, not with blame.", "ward-manager"
        ),
        roles_table(
            (
                "Learning and development",
                "Offers enough places at times that suit shifts.",
                "Report gaps monthly.",
            ),
            ("Subject experts", "Keep content right and as short as safety allows.", "Review it yearly."),
            ("Staff", "Keep their competencies up.", "Book early; come; use what was learned."),
        ),
        appendix("Appendix A", "Who to ask"),
        clause("Ask your manager first, then [insert learning and development department name]."),
    ]


def visitors() -> list:
    return [
        section("Why we have this"),
        clause(
            "Visits help people get well. This says how to welcome visitors and how to keep everyone safe."
        ),
        section("Welcome"),
        clause("Every ward should have open visiting between 10am and 8pm."),
        clause("You may agree other hours with a family, and you should write them in the care plan."),
        section("Safety"),
        clause("A visitor who is unwell should be asked to come back another day."),
        clause("Children must be with an adult at all times, and staff must not be that adult."),
        clause("You must call security when somebody threatens a patient, a visitor or a colleague."),
    ]


def transfers() -> list:
    return [
        section("Why we have this"),
        clause("Handing a person over is where information gets lost. Two teams share the duty, not one."),
        section("Before the move"),
        clause("The sending nurse must speak with the receiving nurse, not only send a form.", "staff-nurse"),
        clause("Medicines, aids and spectacles should be listed and travel with the person."),
        section("After the move"),
        clause(
            "The receiving team must check identity, allergies and risks within 30 minutes.", "staff-nurse"
        ),
        clause("Families must be told of the move on the same day, by a person and not by a message."),
        section("When something is missing"),
        clause("Either team may stop the move. It must be reported as an incident when safety was at risk."),
    ]


def driving() -> list:
    return [
        section("Why we have this"),
        clause("We drive many miles a year. The way to work should not be its most dangerous part."),
        section("Before you drive"),
        clause("You must have a licence that allows the vehicle, and show it to your manager once a year."),
        clause("You must not drive within eight hours of a medicine that makes you drowsy."),
        section("On the road"),
        clause("You must not touch a telephone while you drive, with or without a holder."),
        clause("You should stop for fifteen minutes after two hours."),
        section("After a collision"),
        clause("Get safe, call for help, then tell your manager on the same day."),
        clause("Your manager should go through it with you within a week.", "ward-manager"),
    ]
