import re
from pathlib import Path

import pytest

from kernel.content.sanitise import POLICIES, clean_html, linkify

ROOT = Path(__file__).parents[3]
SEAM = Path("site/kernel/content/sanitise.py")
IMPORTS = re.compile(r"^\s*(?:from|import)\s+(?:bleach|nh3)\b", re.MULTILINE)
SOURCES = ["site", "policy_pages", "tests"]
ATTACKS = [
    "<script>alert(1)</script>",
    '<img src="x" onerror="alert(1)">',
    '<svg onload="alert(1)"><a href="javascript:alert(1)">x</a></svg>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="java\tscript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<p style="background:url(javascript:alert(1))" onclick="alert(1)">x</p>',
    "<iframe src='javascript:alert(1)'></iframe>",
    "<math><mtext><script>alert(1)</script></mtext></math>",
    '<form action="/x"><input name="q" autofocus onfocus="alert(1)"></form>',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '"><script>alert(1)</script>',
]


def importers(root):
    files = (path for part in SOURCES for path in (root / part).rglob("*.py"))
    return {path.relative_to(root) for path in files if IMPORTS.search(path.read_text(encoding="utf-8"))}


def test_the_seam_is_the_only_importer():
    assert importers(ROOT) == {SEAM}


def test_an_importer_elsewhere_would_be_seen(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site/other.py").write_text("def f():\n    import nh3\n", encoding="utf-8")

    assert importers(tmp_path) == {Path("site/other.py")}


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_lose_their_teeth(attack, policy):
    cleaned = clean_html(attack, policy)

    assert not re.search(
        r"<[^>]*(script|onerror|onload|onclick|onfocus|style|javascript|data:|svg|math|form)", cleaned
    )


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_attacks_would_be_seen(attack):
    assert re.search(
        r"<[^>]*(script|onerror|onload|onclick|onfocus|style|javascript|data:|svg|math|form)", attack
    )


def test_a_clause_keeps_its_words_and_loses_the_rest():
    html = '<p class="x"><b>Tell</b> the <a href="/p/SG-042/">nurse</a><script>no()</script></p><h1>now</h1>'

    assert clean_html(html, "clause") == (
        '<p><b>Tell</b> the <a href="/p/SG-042/" rel="noopener noreferrer">nurse</a></p>now'
    )


def test_links_between_pages_stay():
    html = '<a linktype="page" id="3">x</a>'

    assert clean_html(html, "clause") == '<a linktype="page" id="3" rel="noopener noreferrer">x</a>'


def test_a_document_keeps_its_table():
    html = '<table><tbody><tr><th scope="row" onclick="x">a</th><td colspan="2">b</td></tr></tbody></table>'

    assert clean_html(html, "document") == (
        '<table><tbody><tr><th scope="row">a</th><td colspan="2">b</td></tr></tbody></table>'
    )


def test_changes_keep_their_marks_and_no_other_class():
    html = '<p><ins><span class="nhsuk-u-visually-hidden x">added: </span>a</ins><del class="x">b</del></p>'

    assert clean_html(html, "changes") == (
        '<p><ins><span class="nhsuk-u-visually-hidden">added: </span>a</ins><del>b</del></p>'
    )


def test_an_unknown_policy_is_an_error():
    with pytest.raises(KeyError):
        clean_html("x", "whatever")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a < b", "a &lt; b"),
        ("no link here: example.org", "no link here: example.org"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        (
            "see https://example.org/a?b=1&c=2.",
            'see <a href="https://example.org/a?b=1&amp;c=2" rel="noopener noreferrer">'
            "https://example.org/a?b=1&amp;c=2</a>.",
        ),
        (
            "(http://localhost:8000/p/SG-042/)",
            '(<a href="http://localhost:8000/p/SG-042/" rel="noopener noreferrer">'
            "http://localhost:8000/p/SG-042/</a>)",
        ),
        (
            'http://x.org/"onmouseover="alert(1)',
            '<a href="http://x.org/" rel="noopener noreferrer">http://x.org/</a>"onmouseover="alert(1)',
        ),
    ],
)
def test_linkify(text, html):
    assert linkify(text) == html


def test_linkify_escapes_markup():
    assert linkify("<img src=x onerror=alert(1)>") == "&lt;img src=x onerror=alert(1)&gt;"
