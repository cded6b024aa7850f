"""Markdown: CommonMark with tables and footnotes, read as the page that it makes."""

import re
from html import escape
from typing import BinaryIO

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

from kernel.content.decoding import decoded
from policy_pages.importing import markup
from policy_pages.importing.source import Progress, Refusal, Source, quietly

# Facts that some editors write in front of the text: "title: Fire safety" between two lines of hyphens.
FRONT = re.compile(r"\A---[ \t]*\n(?P<lines>(?:[^\n]*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
FACT = re.compile(r"[\w][\w -]*:")
LABELLED = re.compile(r"\W{0,3}\w[^:.\n]{0,50}:")
TITLE = "title"
DEFINED = re.compile(r"\[\^([^\]\s]{1,60})\]:[ \t]*")
REFERRED = re.compile(r"\[\^([^\]\s]{1,60})\]")
DEEPEST = 100  # quotations and lists inside each other; what stands deeper a reader of Markdown drops
DEEP = re.compile(r"^[ \t]*(?:(?:>|(?:[-*+]|\d{1,9}[.)])[ \t])[ \t]{0,9}){30}", re.MULTILINE)
BLANK = re.compile(r"\n[ \t]*\n")
PACKED = re.compile(r"[\w+/=]{500,}")  # a picture as letters
MOST_BLOCK = 50_000  # letters between two blank lines: time grows with their square
FURTHEST = 20  # blank lines after which a note does not go on
INSET = re.compile(r"\A(?: {1,4}|\t)")


def read(file: BinaryIO, progress: Progress = quietly) -> Source:
    text = decoded(file.read()).replace("\r\n", "\n").replace("\r", "\n")
    _check(text)
    facts, text = _parted(text)
    source = markup.source_of(_page(facts, text), progress)
    named = dict(reversed([_named(fact) for fact in facts]))
    source.title = named.get(TITLE) or source.title
    return source


def _check(text: str) -> None:
    if DEEP.search(text):
        raise Refusal(
            _("Lists or quotations stand too deep inside each other. Take them apart, try again."), "too_deep"
        )
    longest = max(len(PACKED.sub("", block)) for block in BLANK.split(text))
    if longest > MOST_BLOCK:
        message = _(
            "A paragraph of this file has %(found)s letters; the most we read is %(most)s. Part it by empty lines."
        )
        raise Refusal(message % {"found": f"{longest:,}", "most": f"{MOST_BLOCK:,}"}, "too_big")


def _named(fact: str) -> tuple[str, str]:
    name, __, words = fact.partition(":")
    return name.strip().lower(), words.strip().strip("\"'")


def _parted(text: str) -> tuple[list[str], str]:
    """The facts in front of the text, and the text."""
    found = FRONT.match(text)
    lines = [line for line in found["lines"].split("\n") if line.strip()] if found else []
    if not lines or not FACT.match(lines[0]):
        return [], text
    return lines, text[found.end() :]


def _page(facts: list[str], text: str) -> str:
    reader = MarkdownIt("commonmark", {"html": True, "maxNesting": DEEPEST}).enable("table")
    reader.block.ruler.before("reference", "footnote", _defined, {"alt": ["paragraph", "reference"]})
    reader.inline.ruler.before("link", "footnote", _referred)
    reader.core.ruler.push("labelled", _part_labelled)
    notes: dict = {"notes": {}, "referred": {}}
    body = reader.render(text, notes)
    front = "".join(f"<p>{escape(fact)}</p>" for fact in facts)
    return f"<body>{front}{body}{_notes(reader, notes)}</body>"


def _part_labelled(state: StateCore) -> None:
    """Lines that all begin with a label stay lines: "Version: 2" over "Owner: Named nurse" is no sentence."""
    for token in state.tokens:
        lines = token.content.split("\n") if token.type == "inline" else []
        if len(lines) > 1 and all(LABELLED.match(line) for line in lines):
            for child in token.children or []:
                if child.type == "softbreak":
                    child.type, child.tag = "hardbreak", "br"


def _defined(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    """A line "[^1]: words" and the lines that go on from it are a footnote; it is set at the end."""
    start = state.bMarks[first] + state.tShift[first]
    found = DEFINED.match(state.src[start : state.eMarks[first]])
    if not found or state.is_code_block(first):
        return False
    if silent:
        return True
    lines, line = [state.src[start + found.end() : state.eMarks[first]]], first + 1
    while line < last and _goes_on(state, line, last):
        lines.append(INSET.sub("", state.src[state.bMarks[line] : state.eMarks[line]], count=1))
        line += 1
    state.env["notes"].setdefault(found[1], "\n".join(lines))
    state.line = line
    return True


def _goes_on(state: StateBlock, line: int, last: int) -> bool:
    if state.isEmpty(line):
        following = next(
            (later for later in range(line, min(last, line + FURTHEST)) if not state.isEmpty(later)), None
        )
        return following is not None and state.sCount[following] - state.blkIndent >= 4
    start = state.bMarks[line] + state.tShift[line]
    after_blank = state.isEmpty(line - 1)
    return (state.sCount[line] - state.blkIndent >= 4) if after_blank else not DEFINED.match(state.src, start)


def _referred(state: StateInline, silent: bool) -> bool:
    found = REFERRED.match(state.src, state.pos)
    if not found or found[1] not in state.env["notes"]:
        return False
    if not silent:
        number, times = _count(state.env, found[1])
        token = state.push("html_inline", "", 0)
        token.content = f'<sup><a href="#fn-{number}" id="fnref-{number}-{times}">[{number}]</a></sup>'
    state.pos = found.end()
    return True


def _count(env: dict, label: str) -> tuple[int, int]:
    """The number of the note, by its first reference, and how often it has been referred to."""
    referred = env["referred"]
    number, times = referred.get(label, (len(referred) + 1, 0))
    referred[label] = number, times + 1
    return referred[label]


def _notes(reader: MarkdownIt, env: dict) -> str:
    """The notes as a list of the page; one that nothing refers to is text like any other."""
    made, done = "", set()
    while waiting := [label for label in env["notes"] if label not in done]:
        label = waiting[0]
        done.add(label)
        body = reader.render(env["notes"][label], env)
        number, _time = env["referred"].get(label, (0, 0))
        made += f'<div id="fn-{number}">{body}<a href="#fnref-{number}-1">back</a></div>' if number else body
    return made
