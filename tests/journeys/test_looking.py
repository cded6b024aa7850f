"""The page check passes a good page and names the fault of each bad one: one fault, one page."""

import pytest

from tests.journeys.looking import Watch, faults, tab_to

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
GOOD = """<!doctype html><html lang="en-GB"><head><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>{style}</style></head>
<body><main><h1>Leave of absence</h1><p>Plain words.</p><a href="#end">Read the end</a>
<p><button>Acknowledge</button></p>{more}</main></body></html>"""
BAD = {
    "axe image-alt": {"more": '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=">'},
    "axe label": {"more": "<input type='text'>"},
    "axe color-contrast": {"style": "p {color: #aaa; background: #fff}"},
    "axe target-size": {
        "more": "<div><button style='width:9px;height:9px;padding:0;border:0;margin:0'>a</button>"
        "<button style='width:9px;height:9px;padding:0;border:0;margin:0'>b</button></div>"
    },
    "asked another origin: http://elsewhere.example/x.png": {
        "more": "<img alt='' src='http://elsewhere.example/x.png'>"
    },
    "console: planted": {"more": "<script>console.error('planted')</script>"},
    "console: thrown": {"more": "<script>throw 'thrown'</script>"},
    "320 px: scrolls sideways": {"more": "<div style='width: 700px'>wide</div>"},
    "2 headings of the first level": {"more": "<h1>Another</h1>"},
    "no title": {"title": ""},
    "also at": {"title": "Used before"},
}


def show(page, origin: str, *, title="Leave", style="", more="", path="/planted/") -> None:
    """Answer one address of this origin with a page of our own."""
    html = GOOD.format(title=title, style=style, more=more)
    page.route(
        f"{origin}{path}", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8")
    )
    page.goto(f"{origin}{path}")


def test_a_good_page_has_no_fault(page, origin, watch):
    show(page, origin)

    assert faults(page, watch) == []


@pytest.mark.parametrize("fault", BAD)
def test_the_fault_of_a_bad_page_is_named(page, origin, watch, fault):
    watch.titles["Used before"].add("/first/")
    show(page, origin, **BAD[fault])

    found = faults(page, watch)

    assert any(fault in words for words in found), found


def test_requests_of_this_origin_are_not_foreign(page, origin):
    watch = Watch(page, origin)
    show(page, origin, more="<img alt='' src='/static/none.png'>")

    assert watch.foreign == []


def test_tab_to_reaches_a_button_by_its_name(page, origin):
    show(page, origin)

    tab_to(page, "Acknowledge")

    assert page.evaluate("document.activeElement.tagName") == "BUTTON"


@pytest.mark.parametrize(
    ("style", "more", "complaint"),
    [
        ("", "", "Tab never reached 'Sign'"),
        (
            "button {outline: none !important; outline-offset: 3px}",
            "<button>Sign</button>",
            "nothing shows it",
        ),
        (
            ".lid {position: fixed; inset: 0; background: #fff}",
            "<button>Sign</button><div class='lid'></div>",
            "is covered",
        ),
    ],
    ids=["absent", "invisible", "covered"],
)
def test_tab_to_complains(page, origin, style, more, complaint):
    show(page, origin, style=style, more=more)

    with pytest.raises(AssertionError, match=complaint):
        tab_to(page, "Sign")


def test_every_other_name_is_unresolvable(page, origin):
    show(page, origin)

    outcome = page.evaluate(
        "fetch('http://elsewhere.example/', {mode: 'no-cors'}).catch(error => String(error))"
    )

    assert outcome == "TypeError: Failed to fetch"
