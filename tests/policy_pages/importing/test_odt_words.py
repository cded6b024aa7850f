"""Whatever a text is made of, its words are those that were read or left out."""

from hypothesis import given, settings
from hypothesis import strategies as st

from policy_pages.importing import odt
from tests.factories.odt import NOTE, make_odt
from tests.policy_pages.importing.reading import unaccounted

WORDS = st.sampled_from(
    ["fire", " fire", "fire ", " ", "1.", '<text:s text:c="2"/>', "<text:tab/>", "<text:line-break/>"]
)
INLINE = st.recursive(
    WORDS,
    lambda inside: st.tuples(
        st.sampled_from(
            [
                "<text:span>{}</text:span>",
                '<text:a xlink:href="#a">{}</text:a>',
                NOTE.replace("{}", "<text:p>{}</text:p>"),
                "<draw:frame><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>",
                "<text:ruby><text:ruby-base>{}</text:ruby-base><text:ruby-text>x</text:ruby-text></text:ruby>",
                "<office:annotation><text:p>{}</text:p></office:annotation>",
                '<text:hidden-text text:is-hidden="true">{}</text:hidden-text>',
                "<draw:frame><draw:image><text:p>{}</text:p></draw:image></draw:frame>",
            ]
        ),
        st.lists(inside, max_size=4).map("".join),
    ).map(lambda parts: parts[0].replace("{}", parts[1])),
    max_leaves=10,
)
BLOCKS = st.recursive(
    st.lists(INLINE, max_size=5).map(lambda inline: f"<text:p>{''.join(inline)}</text:p>"),
    lambda inside: st.tuples(
        st.sampled_from(
            [
                "<text:list><text:list-item>{}</text:list-item></text:list>",
                "<text:section>{}</text:section>",
                "<table:table><table:table-row><table:table-cell>{}</table:table-cell></table:table-row></table:table>",
                "<text:list><text:list-header>{}</text:list-header></text:list>",
                "<text:table-of-content><text:index-body>{}</text:index-body></text:table-of-content>",
            ]
        ),
        st.lists(inside, max_size=4).map("".join),
    ).map(lambda parts: parts[0].replace("{}", parts[1])),
    max_leaves=8,
)


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=4).map("".join))
def test_no_word_of_any_text_is_lost_or_made(body):
    assert unaccounted(odt.read(make_odt(body))) == {}
