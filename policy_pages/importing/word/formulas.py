"""A formula in one line, as it would be typed."""

from policy_pages.importing.word.names import M, W, spelled

PARTS_OF_LOOK = (f"{M}rPr", f"{M}ctrlPr", f"{W}rPr")


def in_line(element) -> str:
    """The letters of a formula; a fraction with a stroke, a power with its sign."""
    if element.tag == f"{M}t":
        return spelled(element)
    write = SHAPES.get(element.tag)
    return write(element) if write else _inside(element)


def _inside(element) -> str:
    return "".join(in_line(child) for child in element if child.tag not in PARTS_OF_LOOK)


def _part(element, name) -> str:
    child = element.find(M + name)
    return "" if child is None else _inside(child)


def _held(words) -> str:
    """In brackets when it would otherwise be read with its neighbours."""
    return words if len(words) < 2 or words.isalnum() else f"({words})"


def _fraction(element) -> str:
    return f"{_held(_part(element, 'num'))}/{_held(_part(element, 'den'))}"


def _power(element) -> str:
    return f"{_part(element, 'e')}^{_held(_part(element, 'sup'))}"


def _index(element) -> str:
    return f"{_part(element, 'e')}_{_held(_part(element, 'sub'))}"


def _root(element) -> str:
    return f"{_part(element, 'deg')}√{_held(_part(element, 'e'))}"


def _brackets(element) -> str:
    """Round ones where the formula names none."""
    signs = [
        _sign(element, name, usual) for name, usual in (("begChr", "("), ("sepChr", "|"), ("endChr", ")"))
    ]
    begin, between, end = signs
    return begin + between.join(_inside(child) for child in element.findall(f"{M}e")) + end


def _sum(element) -> str:
    under, over = _part(element, "sub"), _part(element, "sup")
    limits = (f"_{_held(under)}" if under else "") + (f"^{_held(over)}" if over else "")
    return f"{_sign(element, 'chr', '∫')}{limits} {_part(element, 'e')}"


def _sign(element, name, usual) -> str:
    found = element.find(f"*/{M}{name}")
    return usual if found is None else found.get(f"{M}val", "")


SHAPES = {
    f"{M}f": _fraction,
    f"{M}sSup": _power,
    f"{M}sSub": _index,
    f"{M}rad": _root,
    f"{M}d": _brackets,
    f"{M}nary": _sum,
}
