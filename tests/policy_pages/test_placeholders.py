import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from policy_pages import freezing, services
from policy_pages.models import Placeholder, PolicyVersion
from policy_pages.placeholders import open_marks
from tests.factories import policies as make
from tests.factories.accounts import make_user
from tests.factories.organisation import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def filler():
    return make_person(user=make_user(permissions=["policy_pages.change_placeholder"])).user


def fill(page, actor, mark, value):
    return services.fill_placeholder(page, actor=actor, mark=mark, value=value)


FOUR_OF_THREE = [
    make.section("Welcome to [insert organisation name]"),
    make.clause("This helps those working at [Insert  organisation name]."),
    make.clause("Contact [insert learning and development department name]."),
    make.clause("Ring [insert telephone number] or mail."),
]


def test_one_open_placeholder_stops_the_submission_and_is_named(filler):
    """S1-02: four occurrences of three placeholders; each that stays open is named with its place."""
    page = make.make_policy(body=FOUR_OF_THREE)
    fill(page, filler, "insert organisation name", "Fenbrook Trust")
    fill(page, filler, "insert telephone number", "01632 960 001")

    with pytest.raises(ValidationError) as refusal:
        make.submit(page)

    assert refusal.value.messages == [
        "1.2: the placeholder [insert learning and development department name] is still open."
    ]
    fill(page, filler, "insert learning and development department name", "Learning")
    assert make.issue(page).number == "1.0"


def test_one_value_fills_every_occurrence_in_every_policy(filler):
    """S1-18: one value fills both, also in another policy and where it is written otherwise."""
    page = make.make_policy(body=FOUR_OF_THREE)
    other = make.make_policy(body=[*make.BODY, make.clause("For [Insert  Organisation name].")])
    fill(other, filler, "insert organisation name", "Fenbrook Trust")

    content = freezing.freeze(page).content
    words = [block.get("title") or block["text"] for block in content["blocks"]][:2]
    assert words == ["Welcome to Fenbrook Trust", "This helps those working at Fenbrook Trust."]
    assert len(open_marks(content)) == 2


RICH = [
    ("roles_table", {"heading": "", "rows": [{"role": "R", "responsibilities": "<p>{}</p>", "tasks": ""}]}),
    ("roles_table", {"heading": "", "rows": [{"role": "R", "responsibilities": "", "tasks": "<p>{}</p>"}]}),
    ("roles_table", {"heading": "{}", "rows": [{"role": "R", "responsibilities": "", "tasks": ""}]}),
    ("roles_table", {"heading": "", "rows": [{"role": "{}", "responsibilities": "", "tasks": ""}]}),
    ("definitions", {"heading": "", "rows": [{"term": "T", "meaning": "<p>{}</p>"}]}),
    ("definitions", {"heading": "", "rows": [{"term": "{}", "meaning": "<p>M</p>"}]}),
    ("clause", {"number": "", "heading": "{}", "text": "<p>T</p>", "roles": []}),
    ("clause", {"number": "", "heading": "", "text": "<ul><li>{}</li></ul>", "roles": []}),
    ("appendix", {"number": "Appendix 1", "title": "{}"}),
    ("section", {"number": "", "level": "1", "title": "{}"}),
]


def _with(value, mark):
    if isinstance(value, str):
        return value.replace("{}", mark)
    if isinstance(value, dict):
        return {key: _with(part, mark) for key, part in value.items()}
    return type(value)(_with(part, mark) for part in value) if isinstance(value, list | tuple) else value


@pytest.mark.parametrize("block", RICH, ids=lambda block: block[0])
@pytest.mark.parametrize("mark", ["[insert name]", "[insert R&amp;D name]", "[insert <b>bold</b> name]"])
def test_open_placeholders_are_found_in_every_field(block, mark):
    """Also with a sign that HTML writes otherwise, and with a part of it in bold."""
    kind, value = block
    if ">{}<" not in str(value):
        mark = mark.replace("&amp;", "&").replace("<b>", "").replace("</b>", "")
    page = make.make_policy(body=[*make.BODY, (kind, _with(value, mark))])

    (problem,) = page.problems()

    assert "is still open" in problem


@pytest.mark.parametrize("block", RICH, ids=lambda block: block[0])
@pytest.mark.parametrize("mark", ["[insert name]", "[insert R&D name]"])
def test_filled_placeholders_are_closed_in_every_field(filler, block, mark):
    kind, value = block
    written = mark.replace("&", "&amp;") if ">{}<" in str(value) else mark
    page = make.make_policy(body=[*make.BODY, (kind, _with(value, written))])
    fill(page, filler, mark.strip("[]"), "Fen & Marsh")

    assert page.problems() == []


def test_placeholder_in_the_title_is_filled_in_the_issue(filler):
    page = make.make_policy(title="Leave at [insert name]")
    fill(page, filler, "insert name", "Fenbrook")

    assert make.issue(page).title == "Leave at Fenbrook"


def test_title_that_grows_too_long_is_refused(filler):
    page = make.make_policy(title="Leave " * 30 + "[insert name]")
    fill(page, filler, "insert name", "Fen " * 60)

    assert page.problems() == ["With its placeholders filled, the title is too long."]


@pytest.mark.parametrize("value", ["", "   ", "[insert name]", "<script>alert(1)</script>", "x" * 301])
def test_value_must_be_words(filler, value):
    with pytest.raises(ValidationError):
        fill(make.make_policy(), filler, "insert name", value)

    assert not Placeholder.objects.exists()


def test_value_with_signs_of_markup_stays_text(filler):
    page = make.make_policy(body=[make.clause('At <a href="/[insert name]">[insert name]</a>.')])
    fill(page, filler, "insert name", '&lt;img src=x onerror=alert(1)&gt;" onclick="x()')

    html = freezing.freeze(page).content["blocks"][0]["html"]
    assert "<img" not in html
    assert 'onclick="x()"' not in html.split(">")[1]
    assert "&amp;lt;img" in html


def test_only_those_who_may_fill_do():
    with pytest.raises(PermissionDenied):
        fill(make.make_policy(), make_person(user=True).user, "insert name", "Fenbrook")


def test_value_changed_after_the_submission_stops_the_decision(filler):
    page = make.make_policy(body=[make.clause("At [insert name] you must tell.")])
    fill(page, filler, "insert name", "Fenbrook")
    submission = make.submit(page)
    fill(page, filler, "insert name", "Marsh")

    with pytest.raises(ValidationError, match="changed after it was submitted"):
        make.approve(submission)


def test_value_changed_after_the_issue_leaves_the_version_as_it_was(filler):
    page = make.make_policy(body=[make.clause("At [insert name] you must tell.")])
    fill(page, filler, "insert name", "Fenbrook")
    version = make.issue(page)
    fill(page, filler, "insert name", "Marsh")

    assert "At Fenbrook you must tell." in PolicyVersion.objects.get(pk=version.pk).html


def open_in(words):
    return [mark for _place, mark in open_marks(freezing.freeze(make.make_policy(title=words)).content)]


@pytest.mark.parametrize(
    ("words", "marks"),
    [
        ("As in R v Smith [2019] EWHC 12", []),
        ("It reads thier [sic] own", []),
        ("See [1, 2] and [...]", []),
        ("At [sites]", []),
        ("Review it every [3] years, as in [3]", ["3"]),
        ("Within [14] working days [14]", ["14"]),
        ("As [3] found in 10 years", []),
        ("A duty [emphasis added]", []),
        ("A duty [Our  Italics]", []),
        ("A duty [insert emphasis]", ["insert emphasis"]),
        ("A duty [add emphasis]", ["add emphasis"]),
        ("See [Insert link to]", ["Insert link to"]),
        ("See [insert]", ["insert"]),
        ("At [INSERT name]", ["INSERT name"]),
        ("At [board name]", ["board name"]),
        ("Ask the [accountable officer]", ["accountable officer"]),
        ("[insert organisation name] [2019] [sic]", ["insert organisation name"]),
    ],
)
def test_a_citation_is_no_mark(words, marks):
    assert open_in(words) == marks


def test_a_single_word_that_is_a_known_key_is_a_mark():
    """In pieces, because in one piece it would be filled."""
    Placeholder.objects.create(key="trust", value="Fenbrook")
    page = make.make_policy(body=[_with(RICH[4], "At [tr<b>ust</b>] or [s<b>ic</b>].")])

    assert [mark for _place, mark in open_marks(freezing.freeze(page).content)] == ["trust"]


def test_a_mark_in_pieces_says_why_it_cannot_be_filled():
    page = make.make_policy(body=[make.clause("At [insert <b>name</b>] and [insert phone].")])

    assert page.problems() == [
        "1: the placeholder [insert name] is still open. "
        "A part of it is bold or a link: take that away, so that it can be filled.",
        "1: the placeholder [insert phone] is still open.",
    ]


def test_a_number_in_brackets_is_written_out_and_never_filled(filler):
    """S0-01: two numbers in two places are two decisions, so no one value fills them."""
    page = make.make_policy(body=[make.clause("Read it every [36] months. See [36].")])

    assert page.problems() == [
        "1: the placeholder [36] is still open. Write the number that is meant, without brackets."
    ]
    with pytest.raises(ValidationError, match="does not stand in this text"):
        fill(page, filler, "36", "24")
