"""Forms in the design system: ``{{ form }}`` draws fields; the frame draws the error summary above."""

from django.forms.renderers import DjangoTemplates

from kernel.content.dates import DateInputField, DateInputWidget

__all__ = ["DateInputField", "DateInputWidget", "NhsFormRenderer"]


class NhsFormRenderer(DjangoTemplates):
    """Whole forms and whole fields are ours; widgets alone stay Django's, so the admin looks as it did."""

    form_template_name = "kernel_content/form.html"
    field_template_name = "kernel_content/field.html"
