import pytest

from policy_pages import passages, wanted


def stems(text):
    return passages.stems_of(wanted.read(text))


@pytest.mark.parametrize(
    ("typed", "text", "shown"),
    [
        ("nurse", "Tell the nurses.", "Tell the <mark>nurses</mark>."),
        ("NURSING", "Nurse, nursed", "<mark>Nurse</mark>, <mark>nursed</mark>"),
        ("policies", "a policy", "a <mark>policy</mark>"),
        ("refer", "was referred", "was <mark>referred</mark>"),
        ("SG-042", "see SG-042, b", "see <mark>SG</mark>-<mark>042</mark>, b"),
        ("ty", "Tŷ Gwyn", "<mark>Tŷ</mark> Gwyn"),
        ("b", "<b>&'\"", "&lt;<mark>b</mark>&gt;&amp;&#x27;&quot;"),
        ("mark", "<script>mark</script>", "&lt;script&gt;<mark>mark</mark>&lt;/script&gt;"),
        ("zebra", "<i onclick=x>", "&lt;i onclick=x&gt;"),
    ],
)
def test_found_words_are_marked_and_the_rest_is_text(typed, text, shown):
    assert passages.marked(text, stems(typed)) == shown


def test_a_long_text_is_cut_round_the_first_found_word():
    text = "one " * 200 + "zebra " + "two " * 200

    cut = passages.cut(text, stems("zebra"))

    assert cut.startswith("… one") and cut.endswith("two …")
    assert "zebra" in cut
    assert len(cut) <= passages.LENGTH + 4


@pytest.mark.parametrize(
    "text", ["", "short zebra", "x" * 1000, "zebra " + "x" * 1000, "x" * 1000 + " zebra"]
)
def test_odd_texts_are_cut_without_harm(text):
    cut = passages.cut(text, stems("zebra"))

    assert len(cut) <= passages.LENGTH + 4
    assert ("zebra" in cut) == ("zebra" in text)
