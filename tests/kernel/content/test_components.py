import re

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import gettext_lazy

from kernel.content.components import component, inert

MARKER = '<b onclick="x">\'&'
SHOWN = "&lt;b onclick=&quot;x&quot;&gt;&#x27;&amp;"


def draw(source, **context):
    html = Template("{% load nhs %}" + source).render(Context(context, autoescape=True))
    return " ".join(html.split())


@pytest.mark.parametrize(
    "source",
    [
        "{% nhs_button m %}",
        "{% nhs_button 'x' value=m name=m %}",
        "{% nhs_back_link m '/x/' %}",
        "{% nhs_tag m %}",
        "{% nhs_inset_text %}{{ m }}{% endnhs_inset_text %}",
        "{% nhs_warning_callout m %}{{ m }}{% endnhs_warning_callout %}",
        "{% nhs_details m %}{{ m }}{% endnhs_details %}",
        "{% nhs_panel m %}{{ m }}{% endnhs_panel %}",
        "{% nhs_notification_banner title=m %}{{ m }}{% endnhs_notification_banner %}",
        "{% nhs_summary_list facts %}",
        "{% nhs_task_list tasks %}",
        "{% nhs_breadcrumb crumbs %}",
        "{% state 'good' m %}",
        "{% force m %}",
    ],
)
def test_what_people_wrote_is_shown_as_text(source):
    html = draw(
        source,
        m=MARKER,
        facts=[(MARKER, MARKER, [(MARKER, "/x/", MARKER)])],
        tasks=[{"title": MARKER, "hint": MARKER, "status": MARKER, "href": "/x/"}],
        crumbs=[(MARKER, "/x/")],
    )

    assert MARKER not in html
    assert "<b " not in html
    assert SHOWN in html


def test_a_label_would_be_live_without_our_escaping():
    """The control: the macro itself prints a label as markup."""
    from kernel.content.components import _macro  # noqa: PLC0415  only here is the bare macro wanted

    assert "<b" in _macro("label", "label")({"text": "<b>x</b>"})
    assert "<b" not in component("label", "label", text="<b>x</b>")


def test_inert_leaves_numbers_and_safe_text():
    assert inert({"a": [1, True, None, gettext_lazy("x<y")]}) == {"a": [1, True, None, "x&lt;y"]}


def test_button_as_link_and_as_button():
    assert draw("{% nhs_button 'Go' href=url variant='secondary' %}", url="/x/?a=1&b=2") == (
        '<a class="nhsuk-button nhsuk-button--secondary" data-module="nhsuk-button" '
        'href="/x/?a=1&amp;b=2" role="button" draggable="false"> Go </a>'
    )
    assert draw("{% nhs_button 'Ratify' name='act' value='ratify' %}") == (
        '<button class="nhsuk-button" name="act" data-module="nhsuk-button" type="submit" value="ratify"> '
        "Ratify </button>"
    )


@pytest.mark.parametrize(
    ("kind", "drawn"),
    [
        ("good", "good"),
        ("partly", "soon"),
        ("not_met", "late"),
        ("waits", "waits"),
        ("away", "closed"),
        ("not_begun", "none"),
    ],
)
def test_a_state_is_a_shape_and_a_word(kind, drawn):
    html = draw("{% state kind 'In force' %}", kind=kind)

    assert f"wa-state--{drawn}" in html
    assert html.count("<svg") == 1
    assert 'aria-hidden="true"' in html
    assert '<span class="wa-state__word">In force</span>' in html
    assert "style=" not in html


def test_the_six_shapes_differ():
    shapes = {
        re.search("<svg.*</svg>", draw("{% state kind 'x' %}", kind=kind))[0]
        for kind in ["good", "soon", "late", "waits", "closed", "none"]
    }

    assert len(shapes) == 6


def test_an_unknown_state_is_an_error():
    with pytest.raises(KeyError):
        draw("{% state 'fine' 'x' %}")


@pytest.mark.parametrize(("address", "is_open"), [("/", False), ("/?print", True)])
def test_details_stand_open_on_paper(address, is_open):
    html = draw("{% nhs_details 'Facts' %}x{% endnhs_details %}", request=RequestFactory().get(address))

    assert ('nhsuk-details" open>' in html) is is_open


def test_pagination_keeps_the_filter():
    page = Paginator(range(30), 10).get_page(2)
    html = draw("{% nhs_pagination page %}", page=page, request=RequestFactory().get("/?q=a%26b&page=2"))

    assert re.findall('href="([^"]*)"', html) == ["?q=a%26b&amp;page=1", "?q=a%26b&amp;page=3"]
    assert "Page 1 of 3" in html


def test_one_page_has_no_pagination():
    assert draw("{% nhs_pagination page %}", page=Paginator([1], 10).get_page(1)) == ""
