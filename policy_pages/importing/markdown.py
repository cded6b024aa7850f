"""Markdown: CommonMark with tables and footnotes, read as the page that it makes."""

import re
from html import escape
from typing import BinaryIO

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from kernel.content.decoding import decoded
from policy_pages.importing import markup
from policy_pages.importing.source import Progress, Source, quietly

# Facts that some editors write in front of the text: "title: Fire safety" between two lines of hyphens.
FRONT = re.compile(r"\A---[ \t]*\n(?P<lines>(?:[^\n]*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
FACT = re.compile(r"[\w][\w -]*:")
TITLE = re.compile(r"^title:[ \t]*[\"']?(.*?)[\"']?[ \t]*$", re.IGNORECASE | re.MULTILINE)
DEFINED = re.compile(r"\[\^([^\]\s]+)\]:[ \t]*")
REFERRED = re.compile(r"\[\^([^\]\s]+)\]")
INSET = re.compile(r"\A(?: {1,4}|\t)")


def read(file: BinaryIO, progress: Progress = quietly) -> Source:
    text = decoded(file.read()).replace("\r\n", "\n").replace("\r", "\n")
    facts, text = _parted(text)
    source = markup.source_of(_page(facts, text), progress)
    found = TITLE.search("\n".join(facts))
    source.title = found[1] if found else source.title
    return source


def _parted(text: str) -> tuple[list[str], str]:
    """The facts in front of the text, and the text."""
    found = FRONT.match(text)
    lines = [line for line in found["lines"].split("\n") if line.strip()] if found else []
    if not lines or not FACT.match(lines[0]):
        return [], text
    return lines, text[found.end() :]


def _page(facts: list[str], text: str) -> str:
    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    reader.block.ruler.before("reference", "footnote", _defined, {"alt": ["paragraph", "reference"]})
    reader.inline.ruler.before("link", "footnote", _referred)
    notes: dict = {"notes": {}, "referred": {}}
    body = reader.render(text, notes)
    front = "".join(f"<p>{escape(fact)}</p>" for fact in facts)
    return f"<body>{front}{body}{_notes(reader, notes)}</body>"


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
        following = next((later for later in range(line, last) if not state.isEmpty(later)), None)
        return following is not None and state.sCount[following] - state.blkIndent >= 4
    start = state.bMarks[line] + state.tShift[line]
    after_blank = state.isEmpty(line - 1)
    return (
        (state.sCount[line] - state.blkIndent >= 4) if after_blank else not DEFINED.match(state.src[start:])
    )


def _referred(state: StateInline, silent: bool) -> bool:
    found = REFERRED.match(state.src[state.pos :])
    if not found or found[1] not in state.env["notes"]:
        return False
    if not silent:
        number, times = _count(state.env, found[1])
        token = state.push("html_inline", "", 0)
        token.content = f'<sup><a href="#fn-{number}" id="fnref-{number}-{times}">[{number}]</a></sup>'
    state.pos += found.end()
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
        number, _times = env["referred"].get(label, (0, 0))
        made += f'<div id="fn-{number}">{body}<a href="#fnref-{number}-1">back</a></div>' if number else body
    return made
