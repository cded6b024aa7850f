"""What of an OpenDocument text is no part of it: changes, comments, hidden words, contents, headers, footers."""

from policy_pages.importing import odt
from policy_pages.importing.source import Kind, Source
from tests.factories.odt import cell, h, letters, make_odt, p, row, span, style, table
from tests.policy_pages.importing.reading import left_out, oddities, told, unaccounted


def read(body: str, **more) -> Source:
    source = odt.read(make_odt(body, **more))
    assert unaccounted(source) == {}
    return source


CHANGES = (
    '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info>'
    f"<dc:creator>Ann</dc:creator><dc:date>2026-05-01</dc:date></office:change-info>{p('weekly')}</text:deletion>"
    '</text:changed-region><text:changed-region xml:id="c2"><text:insertion><office:change-info>'
    "<dc:creator>Ann</dc:creator></office:change-info></text:insertion></text:changed-region></text:tracked-changes>"
)


def test_tracked_changes_are_kept_or_left_out_and_both_are_reported():
    source = read(
        CHANGES
        + p('Check <text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>each shift')
        + p('and day<text:change-end text:change-id="c2"/>.')
    )

    assert told(source.parts) == ["Check each shift", "and day."]
    assert left_out(source) == [(Kind.DELETED, "weekly")]
    assert [(oddity.code, oddity.where, oddity.message) for oddity in source.oddities] == [
        ("tracked_deletion", "paragraph 1", "Taken out by a tracked change, and left out: weekly"),
        ("tracked_insertion", "paragraph 1", "Put in by a tracked change, and kept: each shift and day"),
    ]


def test_changes_whose_place_the_file_does_not_name_are_reported_all_the_same():
    source = read(CHANGES + p('<text:change-start text:change-id="c2"/>new'))

    assert oddities(source) == [
        ("tracked_insertion", "paragraph 1"),
        ("tracked_deletion", "a place that the file does not name"),
    ]


def test_comments_and_hidden_text_are_left_out_and_reported():
    automatic = style("T1", "text", letters(text__display="none")) + style(
        "P1", "paragraph", letters(text__display="none")
    )
    comment = f"<office:annotation><dc:creator>Bo</dc:creator>{p('Is this so?')}</office:annotation>"
    source = read(
        p(f"Seen{comment} and {span('one', 'T1')}")
        + p("two", "P1")
        + f'<text:section text:display="none">{p("three")}</text:section>'
        + p('<text:hidden-paragraph text:is-hidden="true"/>four')
        + f"<text:section>{p('open')}</text:section>",
        automatic=automatic,
    )

    assert told(source.parts) == ["Seen and", "open"]
    assert left_out(source) == [
        (Kind.COMMENTS, "Is this so?"),
        (Kind.HIDDEN, "one"),
        (Kind.HIDDEN, "two"),
        (Kind.HIDDEN, "three"),
        (Kind.HIDDEN, "four"),
    ]
    assert oddities(source) == [
        ("comment", "paragraph 1"),
        ("hidden_text", "paragraph 1"),
        ("hidden_text", "paragraph 2"),
        ("hidden_text", "paragraph 2"),
        ("hidden_text", "paragraph 2"),
    ]


def test_a_list_of_contents_goes_with_its_heading():
    contents = (
        "<text:table-of-content><text:table-of-content-source><text:index-title-template>Contents"
        "</text:index-title-template></text:table-of-content-source><text:index-body>"
        f"<text:index-title>{p('In this policy')}</text:index-title>{p('1 Scope<text:tab/>2')}</text:index-body>"
        "</text:table-of-content>"
    )
    source = read(h("Contents") + contents + h("Scope"))

    assert told(source.parts) == ["Scope"]
    assert left_out(source) == [(Kind.CONTENTS, "Contents In this policy 1 Scope 2")]


def test_headers_and_footers_of_the_pages_in_use_are_told_once():
    pages = "".join(
        f'<style:master-page style:name="{name}"{following}>{inside}</style:master-page>'
        for name, following, inside in (
            ("Standard", ' style:next-style-name="Next"', f"<style:header>{p('Fire safety')}</style:header>"),
            (
                "Next",
                "",
                f"<style:header-left>{p('Fire safety')}</style:header-left><style:footer>{p('Page 1')}</style:footer>",
            ),
            ("Wide", "", f"<style:footer>{table(row(cell('Version'), cell('3.1')))}</style:footer>"),
            ("Unused", "", f"<style:header>{p('Never seen')}</style:header>"),
            ("Off", "", f'<style:header style:display="false">{p("Switched off")}</style:header>'),
        )
    )
    automatic = style("P1", master_page_name="Wide") + style("P2", master_page_name="Off")
    source = read(p("text", "P1"), pages=pages, automatic=automatic)

    assert told(source.running) == ["Fire safety", "Page 1", [["Version", "3.1"]]]
    assert [part.place for part in source.running] == ["header", "footer", "table 1"]
    assert left_out(source) == [
        (Kind.RUNNING, "Fire safety"),
        (Kind.RUNNING, "Page 1"),
        (Kind.RUNNING, "Version 3.1"),
    ]
    assert source.words == ["text"]
