"""One bound field of a Django form as a component of the design system."""

from django import forms
from django.core import validators
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from markupsafe import Markup

from kernel.content.components import component
from kernel.content.dates import DateInputWidget

LIMITS = {
    "max_length": gettext_lazy("%(label)s: at most %(limit_value)d characters; you entered %(show_value)d."),
    "min_length": gettext_lazy("%(label)s: at least %(limit_value)d characters; you entered %(show_value)d."),
    "max_value": gettext_lazy("%(label)s: at most %(limit_value)s."),
    "min_value": gettext_lazy("%(label)s: at least %(limit_value)s."),
}
# What Django says where a form says nothing of its own: the words name no field.
STOCK = [
    *(
        validator.message
        for validator in (
            validators.MaxLengthValidator,
            validators.MinLengthValidator,
            validators.MaxValueValidator,
            validators.MinValueValidator,
        )
    ),
    *validators.DecimalValidator.messages.values(),
    *(
        words
        for field in (
            forms.IntegerField,
            forms.DecimalField,
            forms.ChoiceField,
            forms.MultipleChoiceField,
            forms.ModelChoiceField,
            forms.ModelMultipleChoiceField,
            forms.TimeField,
        )
        for words in field.default_error_messages.values()
    ),
]
DJANGO_ROWS = "10"
MACRO_SETS = {
    "type",
    "class",
    "id",
    "name",
    "value",
    "aria-describedby",
    "autocomplete",
    "rows",
    "cols",
    "required",
}


def error_links(form: forms.BaseForm) -> list[dict]:
    """What the error summary lists: form errors without a link, field errors with the input's address."""
    links = [{"text": error} for error in form.non_field_errors()]
    for bound in form:
        links += [{"text": error, "href": f"#{_first_input(bound)}"} for error in field_errors(bound)]
    return links


def field_errors(bound: forms.BoundField) -> list[str]:
    """The messages of one field. Django's own become ones that name the field and say what to do."""
    data = bound.form.errors.as_data().get(bound.name, [])
    return [words for error in data for words in _said(bound, error)]


def _said(bound, error) -> list[str]:
    if error.message == forms.Field.default_error_messages["required"]:
        return [_missing(bound)]
    if not any(error.message is one for one in STOCK):
        return error.messages
    label = str(bound.label).rstrip("?:. ")
    if error.code in LIMITS:
        return [LIMITS[error.code] % {**error.params, "label": label}]
    return [f"{label}: {words[:1].lower()}{words[1:]}" for words in error.messages]


def _missing(bound) -> str:
    widget = bound.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return _("Tick: %(label)s") % {"label": bound.label}
    if isinstance(widget, forms.Select | forms.RadioSelect | forms.FileInput):
        return _("Choose: %(label)s") % {"label": bound.label}
    return _("Enter: %(label)s") % {"label": bound.label}


def field_html(bound: forms.BoundField) -> Markup:
    widget = bound.field.widget
    if bound.is_hidden:
        return Markup(bound.as_widget())
    for kind, render in RENDERERS:
        if isinstance(widget, kind):
            return render(bound)
    return _own_widget(bound)


def _first_input(bound) -> str:
    return f"{bound.auto_id}-day" if isinstance(bound.field.widget, DateInputWidget) else bound.auto_id


def asked_for(field):
    """Some answers of the form need ``field``, as its label or hint says: it is not called optional."""
    field.is_asked_for = True
    return field


def _label(bound) -> str:
    asked = bound.field.required or getattr(bound.field, "is_asked_for", False)
    if asked or isinstance(bound.field.widget, forms.CheckboxInput):
        return bound.label
    return _("%(label)s (optional)") % {"label": bound.label}


def _around(bound) -> dict:
    """Hint and error, as every macro takes them. Help text is text: markup in it shows as written."""
    around = {"name": bound.html_name}
    if bound.help_text:
        around["hint"] = {"text": bound.help_text}
    if bound.errors:
        around["errorMessage"] = {"text": " ".join(field_errors(bound)), "visuallyHiddenText": _("Error")}
    return around


def _labelled(bound) -> dict:
    attrs = bound.build_widget_attrs(bound.field.widget.attrs, bound.field.widget)
    rest = {key: _attribute(value) for key, value in attrs.items() if key not in MACRO_SETS}
    return _around(bound) | {
        "id": bound.auto_id,
        "label": {"text": _label(bound)},
        "classes": attrs.get("class"),
        "attributes": {key: value for key, value in rest.items() if value is not None},
        "autocomplete": attrs.get("autocomplete"),
    }


def _attribute(value):
    """A boolean attribute stands by its name alone or not at all."""
    if value is False or value is None:
        return None
    return {"value": True, "optional": True} if value is True else str(value)


def _grouped(bound) -> dict:
    return _around(bound) | {
        "idPrefix": bound.auto_id,
        "fieldset": {"legend": {"text": _label(bound)}},
    }


def _value(bound):
    value = bound.field.widget.format_value(bound.value())
    return "" if value is None else str(value)


def _input(bound):
    widget = bound.field.widget
    shown = "" if isinstance(widget, forms.PasswordInput) and not widget.render_value else _value(bound)
    labelled, width = _labelled(bound), _width(bound.field)
    return component("input", "input", type=widget.input_type, value=shown, width=width, **labelled)


def _width(field) -> str | None:
    """In characters: numbers are as wide as what is typed there, everything else as wide as the form."""
    if isinstance(field, forms.DecimalField):
        return "10"
    return "5" if isinstance(field, forms.IntegerField) else None


def _textarea(bound):
    rows = bound.field.widget.attrs.get("rows")
    return component(
        "textarea",
        "textarea",
        value=_value(bound),
        rows=None if rows == DJANGO_ROWS else rows,
        **_labelled(bound),
    )


def _file(bound):
    return component("file-upload", "fileUpload", **_labelled(bound))


def _choices(bound) -> list[dict]:
    """Every option, grouped ones too, with the words of its group before it."""
    widget, chosen = bound.field.widget, []
    for group, options, _index in widget.optgroups(bound.html_name, widget.format_value(bound.value())):
        for option in options:
            words = f"{group}: {option['label']}" if group else option["label"]
            chosen.append(
                {
                    "value": "" if option["value"] is None else str(option["value"]),
                    "text": words,
                    "on": option["selected"],
                }
            )
    return chosen


def _select(bound):
    params = _labelled(bound)
    if bound.field.widget.allow_multiple_selected:
        params["attributes"]["multiple"] = {"value": True, "optional": True}
    items = [
        {"value": item["value"], "text": item["text"], "selected": item["on"]} for item in _choices(bound)
    ]
    return component("select", "select", items=items, **params)


def _radios(bound):
    items = [item | {"checked": item["on"]} for item in _choices(bound)]
    return component("radios", "radios", items=items, **_grouped(bound))


def _checkboxes(bound):
    items = [item | {"checked": item["on"]} for item in _choices(bound)]
    return component("checkboxes", "checkboxes", items=items, **_grouped(bound))


def _checkbox(bound):
    on = bound.field.widget.check_test(bound.value())
    item = {"value": "on", "text": _label(bound), "checked": on}
    return component("checkboxes", "checkboxes", items=[item], idPrefix=bound.auto_id, **_around(bound))


def _date(bound):
    values = bound.field.widget.decompressed(bound.value())
    words = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
    wrong = bool(bound.errors)
    items = [
        {
            "name": f"{bound.html_name}_{part}",
            "id": f"{bound.auto_id}-{part}",
            "label": label,
            "value": value,
            "width": 4 if part == "year" else 2,
            "error": wrong,
        }
        for (part, label), value in zip(words.items(), values, strict=True)
    ]
    around = _around(bound)
    around.pop("name")
    fieldset = {"legend": {"text": _label(bound)}}
    return component("date-input", "dateInput", id=bound.auto_id, items=items, fieldset=fieldset, **around)


def _own_widget(bound):
    """Anything else keeps its own drawing, inside our group."""
    errors = format_html_join(
        "", '<span class="nhsuk-error-message">{}</span>', ((text,) for text in field_errors(bound))
    )
    hint = ""
    if bound.help_text:
        hint = format_html(
            '<div class="nhsuk-hint" id="{}_helptext">{}</div>', bound.auto_id, bound.help_text
        )
    return format_html(
        '<div class="nhsuk-form-group{}"><label class="nhsuk-label" for="{}">{}</label>{}{}{}</div>',
        " nhsuk-form-group--error" if bound.errors else "",
        bound.id_for_label,
        _label(bound),
        hint,
        errors,
        bound.as_widget(),
    )


RENDERERS = [
    (DateInputWidget, _date),
    (forms.Textarea, _textarea),
    (forms.CheckboxSelectMultiple, _checkboxes),
    (forms.RadioSelect, _radios),
    (forms.CheckboxInput, _checkbox),
    (forms.Select, _select),
    (forms.FileInput, _file),
    (forms.MultiWidget, _own_widget),
    (forms.widgets.Input, _input),
]
