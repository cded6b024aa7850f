"""What is checked of every page that a person sees, in a real browser, wide and narrow."""

import json
import re
from collections import defaultdict
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

WIDTHS = (1280, 320)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SETTLED = "() => document.readyState === 'complete' && document.scrollingElement !== null"
STRUCTURE = """() => ({
  headings: [...document.querySelectorAll('h1')].filter(node => node.checkVisibility()).length,
  title: document.title.trim(),
  wide: document.scrollingElement.scrollWidth - window.innerWidth,
})"""
FOCUSED = """() => {
  const node = document.activeElement;
  if (!node || node === document.body) return null;
  const labels = [...(node.labels || [])].map(one => one.innerText);
  const texts = [node.getAttribute('aria-label'), ...labels, node.innerText,
    node.value, node.getAttribute('title'), node.getAttribute('alt')];
  const box = node.getBoundingClientRect();
  const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return {
    name: (texts.find(text => text && text.trim()) || '').trim().replace(/\\s+/g, ' '),
    covered: !!hit && !node.contains(hit) && !hit.contains(node),
  };
}"""
# The look of the focused element and its surroundings, to be compared with and without the focus.
APPEARANCE = """node => [node, node.parentElement, ...(node.labels || [])].filter(Boolean).map(one => {
  return ['', '::before', '::after'].map(part => {
    const style = getComputedStyle(one, part || null);
    const ring = style.outlineStyle === 'none' || parseFloat(style.outlineWidth) === 0
      ? 'none' : [style.outlineStyle, style.outlineWidth, style.outlineColor].join(' ');
    return [ring, style.boxShadow, style.borderColor, style.borderWidth, style.backgroundColor,
      style.color, style.textDecorationLine].join('|');
  }).join('/');
}).join('//')"""


class Watch:
    """Collects, from the first request on, what a page asked for and complained about."""

    def __init__(self, page, origin: str):
        self.origin = urlsplit(origin).netloc
        self.foreign: list[str] = []
        self.errors: list[str] = []
        self.titles: dict[str, set[str]] = defaultdict(set)
        page.on("request", self._asked)
        page.on("console", lambda message: message.type == "error" and self.errors.append(message.text))
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _asked(self, request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.origin:
            self.foreign.append(request.url)


def settled(page) -> None:
    """Wait until the page that the last act led to is there whole; a click ends when it begins to come."""
    page.wait_for_function(SETTLED)


def faults(page, watch: Watch) -> list[str]:
    """Everything wrong with the page as it stands now, at both widths, in words; empty when it is fine."""
    settled(page)
    found = []
    before = page.viewport_size
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{width} px: {fault}" for fault in [*_structure(page), *axe_faults(page)]]
    page.set_viewport_size(before)
    found += _title_used_before(page, watch)
    found += [f"asked another origin: {address}" for address in watch.foreign]
    return found + [f"console: {error}" for error in watch.errors]


def _structure(page) -> list[str]:
    seen = page.evaluate(STRUCTURE)
    found = []
    if seen["headings"] != 1:
        found.append(f"{seen['headings']} headings of the first level")
    if not seen["title"]:
        found.append("no title")
    if seen["wide"] > 0:
        found.append(f"scrolls sideways by {seen['wide']} px")
    return found


def axe_faults(page, within: str | None = None) -> list[str]:
    """``within``: the selector of the part to be looked at; else the whole page."""
    answer = Axe().run(page, context=within, options={"runOnly": {"type": "tag", "values": TAGS}}).response
    return [
        f"axe {rule['id']}: {rule['help']} at {json.dumps(node['target'])}"
        for rule in answer["violations"]
        for node in rule["nodes"]
    ]


def _title_used_before(page, watch: Watch) -> list[str]:
    """Two addresses must not share a title; numbers and queries of one address may."""
    title, path = page.title(), urlsplit(page.url).path
    watch.titles[title].add(path)
    others = watch.titles[title] - {path}
    return [f"title {title!r} also at {sorted(others)}"] if others else []


def look(page, watch: Watch) -> None:
    found = faults(page, watch)
    assert not found, f"{page.url}\n  " + "\n  ".join(found)


def tab_to(page, name: str, limit: int = 120) -> None:
    """Press Tab until the element of that accessible name has the focus, visibly and uncovered."""
    settled(page)
    walked = []
    for _ in range(limit):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:
            continue
        walked.append(focused["name"])
        if focused["name"] == name:
            assert not focused["covered"], f"{name!r} has the focus but is covered"
            assert focus_is_visible(page), f"{name!r} has the focus but nothing shows it"
            return
    raise AssertionError(f"Tab never reached {name!r}; it walked {walked}")


def focus_is_visible(page) -> bool:
    """Whether the element looks different with the focus; an outline of style none never counts."""
    node = page.evaluate_handle("document.activeElement").as_element()
    shown = node.evaluate(APPEARANCE)
    node.evaluate("node => node.blur()")
    plain = node.evaluate(APPEARANCE)
    node.evaluate("node => node.focus({focusVisible: true})")
    return shown != plain


def came_back(page) -> None:
    """The form is here again: the title says so, and the summary of what is wrong has the focus."""
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.locator(".nhsuk-error-summary")).to_be_focused()


def told(page, words: str) -> None:
    """The result of the last act has the focus and says ``words``."""
    banner = page.locator("main .nhsuk-notification-banner").first
    expect(banner).to_contain_text(words)
    expect(banner).to_be_focused()


def sign_in(page, origin: str, email: str, password: str) -> None:
    """Through the sign-in page, as a person would."""
    page.goto(f"{origin}/accounts/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.locator("main button[type=submit]").first.click()
    settled(page)
    assert "/accounts/login" not in page.url, page.locator("main").inner_text()
