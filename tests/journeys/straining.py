"""A page under strain: text spaced out (WCAG 1.4.12), 400 % zoom, high contrast, no motion, keys alone."""

from tests.journeys.looking import FOCUSED, focus_is_visible, settled

# 1280 x 1024 at 100, 200 and 400 %
ZOOMED = ((1280, 1024), (640, 512), (320, 256))
SPACED_OUT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important } p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
# Words that a box cuts off. What is there for screen readers alone is one pixel big; a box that scrolls may.
CUT_OFF = """() => [...document.querySelectorAll('body *')].filter(node => {
  const style = getComputedStyle(node);
  const hides = [style.overflowX, style.overflowY].some(one => one === 'hidden' || one === 'clip');
  if (!hides || !node.innerText?.trim() || node.clientWidth < 2 || !node.checkVisibility()) return false;
  return node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 1;
}).map(node => `cut off: ${node.tagName}.${node.className} ${node.innerText.trim().slice(0, 60)}`)"""
TOO_WIDE = "() => document.scrollingElement.scrollWidth - window.innerWidth"
BOXES = """() => [...document.querySelectorAll('main *')].filter(node => {
  const scrolls = ['auto', 'scroll'].includes(getComputedStyle(node).overflowX);
  return scrolls && node.scrollWidth > node.clientWidth + 1 && node.checkVisibility();
}).filter(node => !(node.tabIndex >= 0 && (node.getAttribute('aria-label')
  || node.getAttribute('aria-labelledby')))).map(node => `box without name or key: ${node.outerHTML.slice(0, 90)}`)"""
MOVES = """() => [...document.querySelectorAll('body, body *')].filter(node => {
  const style = getComputedStyle(node);
  const lasts = text => text.split(',').some(one => parseFloat(one) > 0);
  return lasts(style.transitionDuration) || (style.animationName !== 'none' && lasts(style.animationDuration))
    || style.scrollBehavior === 'smooth';
}).map(node => `moves: ${node.tagName}.${node.className}`)"""
# With colours forced, a border of its own tells what can be pressed or filled in.
BARE = """() => [...document.querySelectorAll('main button, main input:not([type=hidden]), main select, main textarea')]
  .filter(node => node.checkVisibility() && !['radio', 'checkbox'].includes(node.type))
  .filter(node => !node.closest('summary') && getComputedStyle(node).borderTopStyle === 'none')
  .map(node => `no border in forced colours: ${node.outerHTML.slice(0, 90)}`)"""


def strains(page) -> list[str]:
    """What is wrong with the page under each strain; the page is as it was, but for the spacing, afterwards."""
    settled(page)
    before = page.viewport_size
    found = [f"keys: {fault}" for fault in _walk(page)]
    found += _forced(page) + _still(page)
    page.evaluate(SPACED_OUT)
    for width, height in ZOOMED:
        page.set_viewport_size({"width": width, "height": height})
        wide = page.evaluate(TOO_WIDE)
        seen = [*page.evaluate(CUT_OFF), *page.evaluate(BOXES)]
        seen += [f"scrolls sideways by {wide} px"] if wide > 0 else []
        found += [f"{width} px, spaced out: {fault}" for fault in seen]
    page.set_viewport_size(before)
    return found


def _walk(page, limit: int = 200) -> list[str]:
    """Tab through the whole page at 400 %: the focus is seen and under nothing, and comes out at the end."""
    page.set_viewport_size({"width": 320, "height": 256})
    page.evaluate("() => { document.activeElement.blur(); window.scrollTo(0, 0) }")
    found = []
    for _turn in range(limit):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:
            return found
        if focused["covered"]:
            found.append(f"{focused['name'][:60]!r} has the focus but is covered")
        elif not focus_is_visible(page):
            found.append(f"{focused['name'][:60]!r} has the focus but nothing shows it")
    return [*found, f"no way out after {limit} steps"]


def _forced(page) -> list[str]:
    page.emulate_media(forced_colors="active")
    found = page.evaluate(BARE)
    page.emulate_media(forced_colors="none")
    return found


def _still(page) -> list[str]:
    page.emulate_media(reduced_motion="reduce")
    found = page.evaluate(MOVES)
    page.emulate_media(reduced_motion="no-preference")
    return found[:5]
