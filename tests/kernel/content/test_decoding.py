import pytest

from kernel.content.decoding import decoded

WORDS = "Siân – £5"


@pytest.mark.parametrize(
    ("content", "declared"),
    [
        (WORDS.encode(), ""),
        (WORDS.encode("utf-8-sig"), "windows-1252"),
        (WORDS.encode("utf-16"), ""),
        (WORDS.encode("utf-16-be"), ""),
        (WORDS.encode("utf-16-le"), "utf-8"),
        (WORDS.encode("cp1252"), ""),
        (WORDS.encode("cp1252"), "utf-8"),
        (WORDS.encode("cp1252"), "ISO-8859-1"),
        (WORDS.encode("mac-roman"), "macintosh"),
        (WORDS.encode(), "utf-7"),
        (WORDS.encode(), "zip_codec"),
        (WORDS.encode(), "no such alphabet"),
    ],
)
def test_letters_come_out_whatever_the_alphabet(content, declared):
    assert decoded(content, declared) == WORDS


def test_what_no_alphabet_has_is_marked_and_not_dropped():
    assert decoded(b"a\x81b") == "a\ufffdb"


def test_nothing_is_nothing():
    assert decoded(b"") == ""
