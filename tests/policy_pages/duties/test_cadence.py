"""How often a duty comes: what the words say, and nothing where they leave it open."""

import pytest

from policy_pages.duties import cadence


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Check the trolley at the start of each shift.", "shift"),
        ("The nurse in charge must sign the key book every shift.", "shift"),
        ("Staff should look at the board twice a day.", "day"),
        ("Temperatures must be recorded daily.", "day"),
        ("Walk the corridor each night.", "day"),
        ("Count the stock every 24 hours.", "day"),
        ("You must flush the outlets weekly.", "week"),
        ("Test the alarm every Monday morning.", "week"),
        ("Change the filter every seven days.", "week"),
        ("Look through the list once a week.", "week"),
        ("Send the figures each month.", "month"),
        ("Managers check the reports at least monthly but ideally weekly.", "month"),
        ("On the first Monday of every month the store is counted.", "month"),
        ("A quarterly report goes to the committee.", "quarter"),
        ("The list must be checked every three months.", "quarter"),
        ("Drills are held every 12 months.", "year"),
        ("Training is discussed in the annual appraisal.", "year"),
        ("The plan must be tested once every year.", "year"),
        ("Review this text every [3] years.", "other"),
        ("The bag is checked fortnightly.", "other"),
        ("Calibrate the scales six-monthly.", "other"),
        ("Turn the patient every two hours.", "other"),
        ("Change the dressing every other day.", "other"),
        ("If a child is at risk you must tell the named nurse.", "event"),
        ("Whenever the alarm sounds, leave by the nearest door.", "event"),
        ("You must report it within 7 days.", "event"),
        ("Staff must tell the named nurse the same day.", "event"),
        ("Wash your hands before each visit.", "event"),
        ("When a patient falls, call for help.", "event"),
        ("If the pump is in use, check it every day.", "day"),
    ],
)
def test_what_the_words_say(words, expected):
    assert cadence.of(words).value == expected


@pytest.mark.parametrize(
    "words",
    [
        "",
        "You must wear gloves.",
        "Tell your buddy where you are going and when you expect to be out again.",
        "Annual leave must be agreed with the manager.",
        "Help with washing and other daily living.",
        "You may use it no more than once a day.",
        "Weekly in the first month, then monthly.",
        "At least weekly in the ward and at least monthly in the store.",
        "Records of the last 12 months are kept here.",
        "Keep records for eight years.",
        "Ask the pharmacist if you may give it.",
        "Use a second pump if possible.",
        "Stand within two metres of the door.",
        "The list must be immediately accessible.",
        "Regularly review the training.",
        "The everyday clothes of staff are clean.",
    ],
)
def test_what_the_words_leave_open_stays_open(words):
    assert cadence.of(words) == cadence.Cadence.UNSTATED


def test_two_intervals_of_one_kind_are_one():
    assert cadence.of("Check it daily, and on each day write it down.").value == "day"
