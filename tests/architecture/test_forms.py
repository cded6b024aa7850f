"""Every text that somebody may write in a form ends somewhere: the record keeps it for good."""

from importlib import import_module
from pathlib import Path

from django import forms

ROOT = Path(__file__).parents[2]
PACKAGES = {ROOT: ("policy_pages", "course_catalogue"), ROOT / "site": ("kernel", "portal")}


def form_classes() -> set[type[forms.BaseForm]]:
    for root, packages in PACKAGES.items():
        for path in (path for package in packages for path in (root / package).rglob("*forms.py")):
            import_module(".".join(path.relative_to(root).with_suffix("").parts))
    found, left = set(), [forms.BaseForm]
    while left:
        for one in left.pop().__subclasses__():
            left.append(one)
            if one.__module__.split(".")[0] in ("policy_pages", "course_catalogue", "kernel", "portal"):
                found.add(one)
    return found


def test_no_text_is_endless():
    classes = form_classes()
    endless = [
        f"{one.__module__}.{one.__name__}.{name}"
        for one in classes
        for name, field in one.base_fields.items()
        if isinstance(field.widget, forms.Textarea) and getattr(field, "max_length", 1) is None
    ]

    assert len(classes) > 50
    assert sorted(endless) == []
