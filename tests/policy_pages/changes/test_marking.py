"""W9 to W11: each kind of change within a text is seen, exactly, and no mark breaks the markup round it."""

import re
import time

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kernel.content.sanitise import clean_html
from policy_pages.changes.alignment import Effort
from policy_pages.changes.marking import mark
from policy_pages.changes.words import read

HIDDEN = re.compile(r'<span class="nhsuk-u-visually-hidden">[^<]*</span>')


def shown(html: str) -> str:
    """Without the words for those who listen, and with marks as one sees them."""
    html = HIDDEN.sub("", html)
    for tag, signs in (("del", "~~"), ("ins", "{}")):
        html = html.replace(f"<{tag}>", signs[0]).replace(f"</{tag}>", signs[1])
    return html


def marked(old: str, new: str):
    return mark(old, new, Effort())


def test_words_are_marked_on_their_own_side():
    found = marked(
        "<p>The ward manager should check hand gel each week.</p>",
        "<p>The ward manager must check hand gel at each shift.</p>",
    )

    assert shown(found.was) == "<p>The ward manager ~should~ check hand gel each ~week~.</p>"
    assert shown(found.now) == "<p>The ward manager {must} check hand gel {at} each {shift}.</p>"
    assert (found.deletions, found.additions, found.notes, found.coarse) == (2, 3, (), False)


def test_marks_are_said_to_those_who_listen():
    found = marked("<p>Ring.</p>", "<p>Ring now.</p>")

    assert found.now == ('<p>Ring <ins><span class="nhsuk-u-visually-hidden">added: </span>now</ins>.</p>')
    assert marked("<p>Ring now.</p>", "<p>Ring.</p>").was == (
        '<p>Ring <del><span class="nhsuk-u-visually-hidden">removed: </span>now</del>.</p>'
    )


def test_an_item_that_was_added_is_marked_inside_its_list():
    found = marked(
        "<ul><li>Ring</li><li>Write</li></ul>", "<ul><li>Ring</li><li>Go <b>there</b></li><li>Write</li></ul>"
    )

    assert shown(found.was) == "<ul><li><p>Ring</p></li><li><p>Write</p></li></ul>"
    assert shown(found.now) == (
        "<ul><li><p>Ring</p></li><li><p>{Go <strong>there</strong>}</p></li><li><p>Write</p></li></ul>"
    )


def test_lists_in_lists_stay_lists_in_lists():
    html = "<ol><li>Ring<ul><li>first</li><li>then</li></ul></li><li>Write</li></ol><p>End</p>"
    found = marked(html, html.replace("then", "later"))

    assert shown(found.now) == (
        '<ol><li value="1"><p>Ring</p><ul><li><p>first</p></li><li><p>{later}</p></li></ul></li>'
        '<li value="2"><p>Write</p></li></ol><p>End</p>'
    )


@pytest.mark.parametrize(
    ("old", "new", "note"),
    [
        ("<p>Ring <b>now</b></p>", "<p>Ring now</p>", "“now” is no longer bold."),
        ("<p>Ring now</p>", "<p>Ring <strong>now</strong></p>", "“now” is now bold."),
        ("<p>Ring now</p>", "<p>Ring <em>now</em></p>", "“now” is now in italics."),
        ("<p>H2O</p>", "<p>H<sub>2</sub>O</p>", "“H2O” is now lowered."),
        ("<p>See form</p>", '<p>See <a href="/p/X-1/">form</a></p>', "“form” is now a link to /p/X-1/."),
        (
            '<p>See <a href="/a/">form</a></p>',
            "<p>See form</p>",
            "“form” is no longer a link; it led to /a/.",
        ),
        (
            '<p>See <a href="/a/">the form</a></p>',
            '<p>See <a href="/b/">the form</a></p>',
            "“the form” leads to /b/; it led to /a/.",
        ),
        (
            f'<p><a href="#file-{"a" * 64}/plan.pdf">Plan</a></p>',
            f'<p><a href="#file-{"b" * 64}/plan.pdf">Plan</a></p>',
            "“Plan” leads to the file plan.pdf (bbbbbbbb); it led to the file plan.pdf (aaaaaaaa).",
        ),
        (
            "<ul><li>Ring</li><li>Write</li></ul>",
            "<ol><li>Ring</li><li>Write</li></ol>",
            "“Ring” and 1 more were an item of a bulleted list and are now an item of a numbered list.",
        ),
        (
            "<p>One. Two.</p>",
            "<p>One.</p><p>Two.</p>",
            "“Two.” was in the middle of a line and is now a paragraph.",
        ),
        ("<p>One.<br>Two.</p>", "<p>One.</p><p>Two.</p>", "“Two.” was a new line and is now a paragraph."),
        (
            "<ul><li>Ring</li><li>Write</li></ul>",
            "<ul><li>Ring<ul><li>Write</li></ul></li></ul>",
            "“Write” was an item of a bulleted list and is now an item of a bulleted list, level 2.",
        ),
        (
            "<p>this and / or that</p>",
            "<p>this and/ or that</p>",
            "“and/”: the space between the words changed.",
        ),
        ("<p>must ring</p>", "<p>m<b>ust</b> ring</p>", "“must” is now bold."),
    ],
)
def test_a_change_of_look_is_said_in_words(old, new, note):
    """W9: where the stock comparison sees nothing."""
    found = marked(old, new)

    assert found.notes == (note,)
    assert (found.deletions, found.additions) == (0, 0)


def test_links_that_come_and_go_say_where_they_lead():
    found = marked('<p>See <a href="/a/">this</a>.</p>', '<p>See <a href="/b/">another thing</a>.</p>')

    assert found.notes == ("The link “this” to /a/ is gone.", "“another thing” is a link to /b/.")


def test_duties_ring_write_never_delay_form():
    """W9 to the letter: list type, bold and a link, each seen."""
    found = marked(
        "<p>Duties</p><ul><li>Ring</li><li>Write</li></ul><p><b>never</b> delay form</p>",
        '<p>Duties</p><ol><li>Ring</li><li>Write</li></ol><p>never delay <a href="/f/">form</a></p>',
    )

    assert found.notes == (
        "“never” is no longer bold.",
        "“form” is now a link to /f/.",
        "“Ring” and 1 more were an item of a bulleted list and are now an item of a numbered list.",
    )


@pytest.mark.parametrize(
    "html",
    [
        "<p>Ring  <b>now</b></p>",
        "<p> Ring <strong>now</strong> </p>",
        "<p>Ring\n<b>now</b></p><p></p>",
        "<ul><li></li></ul><p>Ring <b>now</b></p>",
        "<ul><li></ul><p>Ring <b>now</b></p>",
    ],
)
def test_what_nobody_sees_is_no_change(html):
    assert marked("<p>Ring <b>now</b></p>", html).is_same


def many(words: int) -> list[str]:
    """Invented words in sentences of eighteen, no two of them alike in the first three hundred."""
    found = [f"word{n * 7919 % 1031}" for n in range(words)]
    return [word + ("." if n % 18 == 17 else "") for n, word in enumerate(found)]


def paragraph(words) -> str:
    return f"<p>{' '.join(words)}</p>"


def test_two_words_of_7320_are_two_deletions_and_two_additions():
    """W10, W11: exact; the time is the bench's matter."""
    old = many(7320)
    new = list(old)
    new[1000], new[6003] = "must", "should"

    found = marked(paragraph(old), paragraph(new))

    assert (found.deletions, found.additions, found.coarse) == (2, 2, False)
    assert re.findall(r"\{([^}]*)\}", shown(found.now)) == ["must", "should"]
    assert len(read(found.now).words) < 250


def test_very_repetitive_text_is_not_marked_whole():
    """W10: the stock comparison marked all 24,000 words."""
    old = ("The nurse must tell the nurse. " * 4000).split()
    new = list(old)
    new[40], new[20000] = "sister", "doctor"

    found = marked(paragraph(old), paragraph(new))

    assert re.findall(r"\{([^}]*)\}", shown(found.now)) == ["sister", "doctor"]
    assert (found.deletions, found.additions) == (2, 2)


def test_words_far_from_a_change_are_counted_and_left_out():
    old = many(1000)
    new = list(old)
    new[500] = "must"

    found = marked(paragraph(old), paragraph(new))

    gaps = re.findall(r'<span class="wa-gap">([^<]*)</span>', found.now)
    words = len(read(paragraph(new)).words)
    counts = [int(re.search(r"\d+", gap)[0]) for gap in gaps]
    kept = len(read(re.sub(r'<span class="wa-gap">[^<]*</span>', "", HIDDEN.sub("", found.now))).words)
    assert [len(gaps), sum(counts) + kept] == [2, words]


def test_a_text_rewritten_from_end_to_end_is_bounded_and_says_so():
    """C10: 30,000 words against 30,000 others; the stock comparison would take many minutes."""
    old, new = many(30_000), [f"other{n * 31 % 977}" for n in range(30_000)]
    begin = time.process_time()

    found = marked(paragraph(old), paragraph(new))

    assert (found.coarse, found.deletions, found.additions) == (True, 1, 1)
    assert time.process_time() - begin < 10  # of work, on whatever machine; quadratic would be minutes


@pytest.mark.parametrize(("begin", "end"), [("<b>word ", "</b>"), ("<ul><li>word ", "</li></ul>")])
def test_markup_of_any_depth_is_read_in_linear_time(begin, end):
    """Ten times as deep takes about ten times as long, and never a hundred times."""
    deep = begin * 30_000 + "must ring" + end * 30_000
    start = time.process_time()

    text = read(deep)

    assert (len(text.words), time.process_time() - start < 10) == (30_002, True)
    assert max(len(line.path) for line in text.lines) <= 20


def test_a_change_inside_a_text_too_different_is_compared_by_sentences():
    old = [f"Sentence {n} says word{n * 7 % 101} and word{n * 11 % 103}." for n in range(600)]
    new = [f"Line {n} tells thing{n * 7 % 101} or thing{n * 11 % 103}." for n in range(600)]
    old[300] = new[300] = "The nurse must ring at once."

    found = mark(paragraph(old), paragraph(new), Effort(), whole=True)

    assert found.coarse
    assert "The nurse must ring at once." in re.sub(r"\{[^}]*\}", "", shown(found.now))


EVIL = [
    "<script>zap()</script>",
    '"><img src=x onerror=zap()>',
    "{{ x }}{% now %}",
    "</ins></p>",
    "&lt;b&gt;&amp;amp;",
]


@pytest.mark.parametrize("evil", EVIL)
@pytest.mark.parametrize("side", [0, 1])
def test_hostile_text_in_either_version_is_text(evil, side):
    """C10. What was frozen is clean; that it is, is not relied upon."""
    pair = ["<p>Ring the nurse.</p>", "<p>Ring the nurse.</p>"]
    pair[side] = f'<p onclick="zap()">Ring {evil} the <a href="javascript:zap()">nurse</a>.</p>'

    found = marked(*pair)

    for html in (found.was, found.now):
        tags = {tag.name for tag in BeautifulSoup(html, "html.parser").find_all(True)}
        assert tags <= {"p", "ins", "del", "span", "a", "strong"}
        assert not re.search(r"<[^>]*(zap|onclick|onerror|javascript)", html)


# --- properties --------------------------------------------------------------------------------------------

LEAVES = st.lists(
    st.sampled_from(
        ["must", "should", "the", "nurse", "ring", ".", ",", "5.1", "é", "ŵ", "<", "&", "</p>", "ward"]
    ),
    max_size=12,
).map(" ".join)


def _tagged(inner):
    return st.one_of(
        inner.map(lambda x: f"<b>{x}</b>"),
        inner.map(lambda x: f'<a href="/x/">{x}</a>'),
        st.lists(inner, max_size=3).map(
            lambda rows: "<ul>" + "".join(f"<li>{x}</li>" for x in rows) + "</ul>"
        ),
        st.lists(inner, max_size=3).map(
            lambda rows: "<ol>" + "".join(f"<li>{x}</li>" for x in rows) + "</ol>"
        ),
        st.lists(inner, max_size=3).map(lambda rows: "".join(f"<p>{x}</p>" for x in rows)),
        st.tuples(inner, inner).map("<br>".join),
    )


TEXTS = st.one_of(
    st.recursive(LEAVES.map(lambda words: words.replace("<", "&lt;")), _tagged, max_leaves=8),
    st.text(max_size=60),
).map(lambda html: str(clean_html(html, "clause")))


def without(html: str, *tags: str) -> list[str]:
    """The words that are left when these marks and what is in them go."""
    html = HIDDEN.sub("", html)
    for tag in tags:
        html = re.sub(rf"<{tag}>.*?</{tag}>", " ", html)
    return list(read(html).words)


def pieces(words) -> str:
    return "".join(words)


@settings(max_examples=300, deadline=None)
@given(TEXTS, TEXTS)
@example("must", "<b><ul><li></li></ul></b><br>must")
def test_each_side_keeps_its_words_and_without_marks_both_are_the_same(old, new):
    """Take away what was added and the old words stand there; take away what was removed and what stayed does."""
    found = mark(old, new, Effort(), whole=True)

    assert without(found.was) == list(read(old).words)
    assert without(found.now) == list(read(new).words)
    assert pieces(without(found.was, "del")) == pieces(without(found.now, "ins"))


def unclosed(html: str) -> list[str]:
    """Tags that do not end where they should; the parser of browsers would mend them in its own way."""
    opened, wrong = [], []
    for slash, tag in re.findall(r"<(/?)(\w+)", html):
        if tag == "br":
            continue
        if not slash:
            opened.append(tag)
        elif not opened or opened.pop() != tag:
            wrong.append(tag)
    return wrong + opened


@pytest.mark.parametrize("html", ["<p><ins>a</p></ins>", "<ul><li>a</ul>", "a</p>"])
def test_broken_markup_would_be_seen(html):
    assert unclosed(html)


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS)
def test_marked_html_is_well_formed_and_clean(old, new):
    found = mark(old, new, Effort(), whole=True)

    for html in (found.was, found.now):
        assert unclosed(html) == []
        assert not re.search(r"<(ins|del)>(?:(?!</\1>).)*<(p|li|ul|ol)\b", html)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_a_text_beside_itself_has_no_change(text):
    assert mark(text, text, Effort()).is_same


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS)
def test_texts_that_look_different_are_never_called_the_same(old, new):
    assert mark(old, new, Effort()).is_same == (read(old).looks() == read(new).looks())
