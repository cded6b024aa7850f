from portal.demo import pictures
from portal.demo.writing import (
    appendix,
    attachment,
    clause,
    definitions,
    figure,
    roles_table,
    section,
    table,
)

STEPS = [
    "Before: look at the address and the last notes",
    "Tell your buddy where you go and until when",
    "At the door: unsure? Do not go in",
    "After: say that you are out and safe",
    "No word 15 minutes late: the buddy calls",
    "No answer: the buddy tells the manager on call",
]


def blocks() -> list:
    return [*_why(), *_before(), *_during(), *_after(), *_managers(), *_appendix()]


def _why():
    return [
        section("Why we have this"),
        clause(
            "Nobody should come to harm because they work alone. Most visits are safe; this is for the rest."
        ),
        clause(
            "This policy applies to everyone who works for an hour or longer where no colleague can see or hear them: "
            "in people's homes, in a clinic after hours, on the road or at a desk in an empty building."
        ),
        definitions(
            Lone_working="Work out of sight and hearing of a colleague.",
            Buddy="The colleague who knows where you are and waits for your word that you are safe.",
            Safe_word="A word agreed in the team that means: send help, and do not ask why.",
        ),
    ]


def _before():
    return [
        section("Before you go"),
        clause(
            "You must read the risk note of an address before the first visit, and again when more than three months "
            "have passed.",
            "district-nurse",
            "health-visitor",
            "healthcare-assistant",
        ),
        clause("You must tell your buddy where you are going and when you expect to be out again."),
        clause(
            "Your telephone should be charged and within reach. Keep the alarm device on you, not in your bag."
        ),
        clause("You may ask for a second person on any visit, and you do not have to say why."),
        clause("A first visit after dark must be made by two people when the address has a red risk note."),
    ]


def _during():
    return [
        section("While you are there"),
        clause("If you feel unsafe you must leave. No task is so urgent that it outweighs this."),
        clause("You should sit where you can reach the door first."),
        clause("You must not enter when the person you visit is absent and somebody you do not know opens."),
        clause("Animals should be shut away before you come in; you may wait outside until they are."),
        figure(
            pictures.steps_picture(STEPS),
            "Six boxes from top to bottom: prepare, tell your buddy, decide at the door, report out, "
            "the buddy calls, the buddy tells the manager on call.",
            "Figure 1: a visit, from door to door",
        ),
    ]


def _after():
    return [
        section("Afterwards"),
        clause("You must tell your buddy that you are out. A message is enough."),
        clause(
            "A buddy who has heard nothing for 15 minutes after the time agreed must call, and call again after five."
        ),
        clause(
            "After two calls without an answer the buddy must tell the manager on call, who decides about the police."
        ),
        table(
            "When there is no word",
            ["Minutes after the time agreed", "What happens", "Who"],
            ["15", "First call", "Buddy"],
            ["20", "Second call", "Buddy"],
            ["25", "Manager on call is told; last known address at hand", "Buddy"],
            ["30", "Police are called unless somebody has seen the colleague", "Manager on call"],
        ),
        clause("Every threat, assault or near miss must be reported on the day, even when nobody was hurt."),
    ]


def _managers():
    return [
        section("Who does what"),
        roles_table(
            (
                "Director of people",
                "Sponsors this policy.",
                "Reports incidents to the Policy Group every quarter.",
            ),
            (
                "Team managers",
                "Know who works alone, when and where.",
                "Every three months:\nkeep the list of buddies\nlook at risk notes",
            ),
            ("Everyone who works alone", "Follows the six steps.", "Trains once a year."),
        ),
        clause(
            "A manager must not send anybody alone who has not been shown the alarm device.", "ward-manager"
        ),
        clause(
            "A manager should speak with everyone who made a report within two working days.", "ward-manager"
        ),
        clause("Somebody who was assaulted may choose not to go back to that address."),
    ]


def _appendix():
    card = pictures.text_document(
        "Card for the glove box",
        "lone-working-card.txt",
        [
            "LONE WORKING CARD",
            "",
            "My buddy today:",
            "Back by:",
            "Manager on call: 01632 960 160",
            "Our safe word is not written here.",
        ],
    )
    return [
        appendix("Appendix A", "The card for the glove box"),
        clause("You may print this card. You must not write the safe word on it."),
        attachment(card, "Card for the glove box (text file)"),
    ]
