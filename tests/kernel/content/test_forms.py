import re
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.utils.datastructures import MultiValueDict

from kernel.content.forms import DateInputField

MARKER = '<b onclick="x">\'&'
BODIES = [("", "Choose"), ("a", "Policy Group"), ("b", MARKER)]
VALID = {
    "minute": "4.2",
    "on_day": "31",
    "on_month": "3",
    "on_year": "2027",
    "body": "a",
    "outcome": "r",
    "present": ["1"],
    "quorate": "on",
}


class MinuteForm(forms.Form):
    minute = forms.CharField(label=MARKER, help_text=MARKER, max_length=20)
    why = forms.CharField(label="Why", widget=forms.Textarea, required=False)
    on = DateInputField(label="Date of the meeting", help_text="For example 31 3 2027")
    body = forms.ChoiceField(label="Body", choices=BODIES)
    outcome = forms.ChoiceField(
        label="Outcome", widget=forms.RadioSelect, choices=[("r", MARKER), ("s", "Send back")]
    )
    present = forms.MultipleChoiceField(
        label="Members present",
        widget=forms.CheckboxSelectMultiple,
        choices=[("1", MARKER), ("2", "Tom Birch")],
    )
    quorate = forms.BooleanField(label="The group was quorate")
    minutes = forms.FileField(label="Minutes", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)
    kinds = forms.ChoiceField(
        label="Kind", required=False, choices=[("Group", [("0", "Zero")]), ("1", "One")]
    )


def soup_of(form):
    return BeautifulSoup(str(form), "html.parser")


def post(**changes):
    data = MultiValueDict(
        {key: value if isinstance(value, list) else [value] for key, value in VALID.items()}
    )
    data.update({})
    for key, value in changes.items():
        data.setlist(key, [value])
    return MinuteForm(data)


def draw(source, **context):
    return Template("{% load nhs %}" + source).render(Context(context))


def test_a_right_answer_is_taken_whole():
    form = post()

    assert form.is_valid(), form.errors
    assert form.cleaned_data["on"] == date(2027, 3, 31)
    assert form.cleaned_data["quorate"] is True


@pytest.mark.parametrize("form", [MinuteForm(), MinuteForm({}), post()], ids=["empty", "errors", "filled"])
def test_every_input_has_its_label_and_every_reference_its_target(form):
    soup = soup_of(form)
    ids = [tag["id"] for tag in soup.select("[id]")]

    assert len(ids) == len(set(ids))
    for tag in soup.select("input:not([type=hidden]), select, textarea"):
        assert soup.select_one(f'label[for="{tag["id"]}"]'), tag
    for tag in soup.select("[aria-describedby]"):
        assert set(tag["aria-describedby"].split()) <= set(ids), tag


def test_groups_stand_in_a_fieldset_with_legend():
    legends = [tag.get_text(strip=True) for tag in soup_of(MinuteForm()).select("fieldset > legend")]

    assert legends == ["Date of the meeting", "Outcome", "Members present"]


@pytest.mark.parametrize("form", [MinuteForm(), post(minute=MARKER, why=MARKER, on_day=MARKER, body=MARKER)])
def test_what_people_wrote_is_shown_as_text(form):
    html = str(form) + draw("{% nhs_error_summary form %}", form=form)

    assert "<b" not in html
    assert "&lt;b onclick=" in html


def test_typed_values_come_back_after_an_error():
    soup = soup_of(post(minute="", on_day="31", on_month="2", why="because"))

    assert [soup.select_one(f"#id_on-{part}")["value"] for part in ("day", "month", "year")] == [
        "31",
        "2",
        "2027",
    ]
    assert soup.select_one("#id_why").get_text() == "because"
    assert soup.select_one("#id_body option[selected]")["value"] == "a"
    assert soup.select_one("#id_outcome").has_attr("checked")
    assert soup.select_one("#id_quorate").has_attr("checked")


def test_every_error_is_a_link_to_its_input_and_names_it():
    form = MinuteForm({})
    summary = BeautifulSoup(draw("{% nhs_error_summary form %}", form=form), "html.parser")
    inputs = {tag["id"] for tag in soup_of(form).select("input, select, textarea")}
    links = {tag["href"].removeprefix("#"): tag.get_text() for tag in summary.select("li a")}

    assert set(links) <= inputs
    assert links == {
        "id_minute": f"Enter: {MARKER}",
        "id_on-day": "Enter the day, the month and the year",
        "id_body": "Choose: Body",
        "id_outcome": "Choose: Outcome",
        "id_present": "Choose: Members present",
        "id_quorate": "Tick: The group was quorate",
    }


class AmountForm(forms.Form):
    places = forms.IntegerField(label="Places", min_value=1, max_value=40)
    amount = forms.DecimalField(label="What does it cost?", max_digits=6, decimal_places=2)
    words = forms.CharField(label="Words", max_length=5)
    body = forms.ChoiceField(label="Body", choices=BODIES)
    own = forms.IntegerField(label="Own", max_value=9, error_messages={"invalid": "Enter the count."})


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"places": "0"}, "Places: at least 1."),
        ({"places": "41"}, "Places: at most 40."),
        ({"places": "many"}, "Places: enter a whole number."),
        ({"amount": "£50"}, "What does it cost: enter a number."),
        ({"amount": "1.234"}, "What does it cost: ensure that there are no more than 2 decimal places."),
        ({"words": "too long"}, "Words: at most 5 characters; you entered 8."),
        ({"body": "z"}, "Body: select a valid choice. z is not one of the available choices."),
        ({"own": "x"}, "Enter the count."),
    ],
)
def test_what_django_refuses_names_the_field(typed, told):
    form = AmountForm({"places": "3", "amount": "5", "words": "ward", "body": "a", "own": "1", **typed})
    summary = BeautifulSoup(draw("{% nhs_error_summary form %}", form=form), "html.parser")

    assert [link.get_text() for link in summary.select("li a")] == [told]


def test_the_error_stands_at_its_field_and_is_read_with_it():
    soup = soup_of(MinuteForm({}))
    field = soup.select_one("#id_body")

    assert field["aria-invalid"] == "true"
    assert soup.select_one("#" + field["aria-describedby"]).get_text(" ", strip=True) == "Error: Choose: Body"


def test_an_error_of_the_whole_form_has_no_link():
    form = post()
    form.full_clean()
    form.add_error(None, "The quorum is 4")
    summary = BeautifulSoup(draw("{% nhs_error_summary form %}", form=form), "html.parser")

    assert [str(tag.decode_contents()).strip() for tag in summary.select("li")] == ["The quorum is 4"]


def test_no_errors_no_summary_and_no_prefix():
    assert draw("{% nhs_error_summary form %}{% error_prefix form %}", form=MinuteForm()) == ""
    assert draw("{% error_prefix form other %}", form=MinuteForm({}), other=None) == "Error: "
    assert draw("{% error_prefix forms %}", forms={"one": MinuteForm(), "two": MinuteForm({})}) == "Error: "


def test_optional_fields_say_so_and_nothing_is_required_by_the_browser():
    html = str(MinuteForm())

    assert "Why (optional)" in html
    assert not re.search(r"\srequired[\s>]", html)


def test_grouped_options_and_the_value_nought_are_kept():
    options = [
        (tag["value"], tag.get_text(strip=True)) for tag in soup_of(MinuteForm()).select("#id_kinds option")
    ]

    assert options == [("0", "Group: Zero"), ("1", "One")]


def test_a_file_is_taken():
    form = MinuteForm(post().data, {"minutes": SimpleUploadedFile("a.txt", b"x")})

    assert form.is_valid()
    assert form.cleaned_data["minutes"].name == "a.txt"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        (["29", "2", "2028"], date(2028, 2, 29)),
        (["01", "09", "2026"], date(2026, 9, 1)),
        ([" 1 ", "1", "2026"], date(2026, 1, 1)),
        (["", "", ""], None),
    ],
)
def test_days(typed, day):
    assert DateInputField(required=False).clean(typed) == day


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (["29", "2", "2027"], "The date must be a real day, for example 31 3 2027; you entered 29 2 2027"),
        (
            ["1", "March", "2027"],
            "The date must be a real day, for example 31 3 2027; you entered 1 March 2027",
        ),
        (["1", "3", "27"], "The date must be a real day, for example 31 3 2027; you entered 1 3 27"),
        (["-1", "3", "2027"], "The date must be a real day, for example 31 3 2027; you entered -1 3 2027"),
        (["1", "", ""], "Enter the month and the year as well."),
        (["", "3", "2027"], "Enter the day as well."),
    ],
)
def test_days_that_are_none(typed, message):
    with pytest.raises(ValidationError) as refused:
        DateInputField(required=False).clean(typed)

    assert refused.value.messages == [message]


def test_a_day_already_known_is_shown():
    class Known(forms.Form):
        on = DateInputField(label="On", initial=date(2026, 11, 23))

    assert [tag["value"] for tag in soup_of(Known()).select("input")] == ["23", "11", "2026"]


def test_a_form_handed_over_twice_is_told_once():
    form = MinuteForm({})

    twice = draw("{% nhs_error_summary form forms %}", form=form, forms={"minute": form})

    assert twice == draw("{% nhs_error_summary form %}", form=form) != ""
