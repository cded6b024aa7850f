"""The house rules that can be read from source: each takes a root, answers with findings."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("policy_pages", "course_catalogue", "qa_standards", "evaluations", "compliance")
LOW = {"kernel.content", "kernel.outbox", "kernel.audit", "kernel.compat"}
ACCOUNTS = {"kernel.outbox", "kernel.audit"}
ARROWS: dict[str, set[str]] = {
    **{name: set() for name in LOW},
    "kernel.accounts": ACCOUNTS,
    "kernel.organisation": {"kernel.accounts", *ACCOUNTS},
    "kernel.lifecycle": {"kernel.organisation", *ACCOUNTS},
    "kernel.meetings": {"kernel.lifecycle", "kernel.organisation", "kernel.content", *ACCOUNTS},
    "policy_pages": {"kernel"},
    "course_catalogue": {"kernel"},
    "evaluations": {"kernel", "course_catalogue"},
    "qa_standards": {"kernel", "policy_pages", "course_catalogue", "evaluations"},
    "compliance": {"kernel", "policy_pages", "course_catalogue", "evaluations", "qa_standards"},
    "portal": {"kernel", *APPS},
}
EVERYWHERE = "kernel.compat"
ONLY_ON_8 = {"register_permission_policy", "DbHTMLConverter"}
VAGUE = {"utils", "util", "helpers", "helper", "common", "core", "misc"}
CLOCK = {("date", "today"), ("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow")}
# Doors: what the outside calls without handing a day in. The frame and the home page are parts of views.
DOORS = re.compile(
    r"(^|/)(management/commands/|templatetags/|\w*views(/|\.py$)|(worker|middleware|adapter)\.py$)"
    r"|^site/portal/(frame|home|role_answers)\.py$"
    r"|/models/(pages|tasks)\.py$"  # Wagtail asks pages and tasks as it asks a view
)


def sources(root: Path) -> Iterator[Path]:
    """Source files of the product, migrations left out."""
    for top in (*APPS, "site"):
        for path in sorted((root / top).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def module_name(path: Path, root: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(part for part in (parts[1:] if parts[0] == "site" else parts) if part != "__init__")


def package_of(module: str) -> str:
    """The node of the table that a dotted name belongs to; '' for what is not ours."""
    parts = module.split(".")
    if parts[0] == "kernel":
        return ".".join(parts[:2])
    return parts[0] if parts[0] in ARROWS else ""


def may(importer: str, imported: str) -> bool:
    if not imported or importer == imported or imported == EVERYWHERE:
        return True
    return imported in ARROWS[importer] or imported.split(".")[0] in ARROWS[importer]


def imports(path: Path, root: Path) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of every import; relative ones made absolute, names of ``from`` joined on."""
    base = module_name(path, root).split(".")
    if path.name != "__init__.py":
        base = base[:-1]
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = base[: len(base) - node.level + 1] if node.level else []
            module = ".".join([*start, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def at(path: Path, root: Path, line: int, words: str) -> str:
    return f"{path.relative_to(root).as_posix()}:{line}: {words}"


def wrong_imports(root: Path) -> list[str]:
    found = []
    for path in sources(root):
        importer = package_of(module_name(path, root))
        for line, name in imports(path, root):
            if importer and not may(importer, package_of(name)):
                found.append(at(path, root, line, f"{importer} may not import {name}"))
    return found


def unknown_packages(root: Path) -> list[str]:
    nodes = {package_of(module_name(path, root)) or module_name(path, root) for path in sources(root)}
    return sorted(node for node in nodes if node not in ARROWS and node != "kernel")


def cycles(arrows: dict[str, set[str]]) -> list[str]:
    """Nodes that can reach themselves; 'kernel' stands for all its parts."""
    whole = {name: _spread(targets, arrows) for name, targets in arrows.items()}
    found = []
    for start in whole:
        seen, waiting = set(), list(whole[start])
        while waiting:
            node = waiting.pop()
            if node not in seen:
                seen.add(node)
                waiting += whole.get(node, ())
        found += [start] if start in seen else []
    return found


def _spread(targets: set[str], arrows: dict[str, set[str]]) -> set[str]:
    parts = {name for name in arrows if name.startswith("kernel.")} if "kernel" in targets else set()
    return (targets - {"kernel"}) | parts


def wrong_relations(models, user_model) -> list[str]:
    """Relations against the arrows. The user model is open to all but the lowest parts."""
    found = []
    for model in models:
        importer = package_of(model.__module__)
        for field in model._meta.get_fields(include_hidden=True):
            target = getattr(field, "remote_field", None) and not field.auto_created and field.related_model
            if not target or isinstance(target, str) or (target is user_model and importer not in LOW):
                continue
            if importer and not may(importer, package_of(target.__module__)):
                found.append(f"{model._meta.label}.{field.name} points at {target._meta.label}")
    return found


def site_made_a_package(root: Path) -> list[str]:
    names = ("__init__.py", "site.py", "sitecustomize.py", "usercustomize.py")
    return [f"site/{name}" for name in names if (root / "site" / name).exists()]


def bad_module_names(root: Path) -> list[str]:
    found = []
    for path in sources(root):
        parts = module_name(path, root).split(".")
        for part in parts:
            if part in VAGUE:
                found.append(at(path, root, 1, f"'{part}' says nothing about what it holds"))
            elif part in sys.stdlib_module_names and not (path.parent.name == "settings" and part == "test"):
                found.append(at(path, root, 1, f"'{part}' is a module of the standard library"))
    return found


def names_of_wagtail_8(root: Path) -> list[str]:
    return _imports_matching(root, "site/kernel/compat.py", lambda name: name.rsplit(".", 1)[-1] in ONLY_ON_8)


def sanitisers_elsewhere(root: Path) -> list[str]:
    return _imports_matching(
        root, "site/kernel/content/sanitise.py", lambda name: name.split(".")[0] in ("bleach", "nh3")
    )


def raw_html(root: Path) -> list[str]:
    """mark_safe, SafeString built by hand, and the block that takes HTML as it comes."""
    return _names(root, {"mark_safe", "RawHTMLBlock"})


def _imports_matching(root: Path, allowed: str, wrong) -> list[str]:
    return [
        at(path, root, line, name)
        for path in sources(root)
        if path.relative_to(root).as_posix() != allowed
        for line, name in imports(path, root)
        if wrong(name)
    ]


def _names(root: Path, wanted: set[str]) -> list[str]:
    found = []
    for path in sources(root):
        for node in ast.walk(tree(path)):
            name = getattr(node, "id", None) or getattr(node, "attr", None) or getattr(node, "name", None)
            if name in wanted and isinstance(node, ast.Name | ast.Attribute | ast.alias):
                found.append(at(path, root, node.lineno, name))
    return found


def clock_readers(root: Path) -> list[str]:
    """The doors ask for the day; all else is handed ``today``, or ``now`` and takes the day of that."""
    found = []
    for path in sources(root):
        place = path.relative_to(root).as_posix()
        for line, owner, name, given in _calls(path):
            asks = name == "localdate" and not given
            if (owner, name) in CLOCK or (asks and not DOORS.search(place)):
                found.append(at(path, root, line, f"{owner}.{name}()"))
    return found


def _calls(path: Path) -> Iterator[tuple[int, str, str, bool]]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
            owner = getattr(node.func, "value", None)
            owner = getattr(owner, "id", None) or getattr(owner, "attr", "")
            yield node.lineno, owner, name, bool(node.args)


def mocks(root: Path) -> list[str]:
    found = []
    for path in sorted((root / "tests").rglob("*.py")):
        for line, name in imports(path, root):
            if name.startswith(("unittest.mock", "mock.")):
                found.append(at(path, root, line, name))
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.arg) and node.arg == "mocker":
                found.append(at(path, root, node.lineno, "mocker"))
    return found


def audit_actions(root: Path) -> dict[str, str]:
    """Action -> place of every literal given to record() or act()."""
    found = {}
    for path in sources(root):
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            name = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
            if name in ("record", "act") and isinstance(node.args[0].value, str):
                found[node.args[0].value] = at(path, root, node.lineno, name)
    return found
