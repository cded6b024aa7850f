"""What a policy is made of. One block a clause: its id never changes, so links, duties and readings hold on to it."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock

from kernel.content import links
from kernel.organisation.models import JobRole
from policy_pages.enums import Cadence

TEXT = ["bold", "italic", "ol", "ul", "superscript", "subscript", "link", "document-link"]
#: Written in the place of a number: the section or clause has none, and none is counted for it.
NO_NUMBER = "-"
DEEPEST = 5  # level of a section: its heading is h6
NUMBER_HELP = _("Empty: counted for you. A hyphen: it has none.")


def job_roles():
    return [(str(role.pk), role.name) for role in JobRole.objects.order_by("name")]


def how_often():
    """Optional, and never frozen while it is empty: texts from before it have the same digest."""
    return blocks.ChoiceBlock(
        label=_("how often"),
        choices=[(cadence.value, cadence.label) for cadence in Cadence if cadence],
        required=False,
        help_text=_("Only where the words do not say it: they count first."),
    )


class SectionBlock(blocks.StructBlock):
    number = blocks.CharBlock(label=_("number"), required=False, max_length=20, help_text=NUMBER_HELP)
    title = blocks.CharBlock(label=_("heading"), max_length=200)
    level = blocks.ChoiceBlock(
        label=_("level"),
        choices=[
            ("1", _("section")),
            ("2", _("sub-section")),
            ("3", _("part")),
            ("4", _("fourth level")),
            ("5", _("fifth level")),
        ],
        default="1",
    )

    class Meta:
        icon = "title"
        label = _("Section")
        label_format = "{number} {title}"


class ClauseBlock(blocks.StructBlock):
    number = blocks.CharBlock(label=_("number"), required=False, max_length=20, help_text=NUMBER_HELP)
    heading = blocks.CharBlock(label=_("heading"), required=False, max_length=200)
    text = blocks.RichTextBlock(label=_("text"), features=TEXT)
    roles = blocks.MultipleChoiceBlock(
        label=_("job roles with this duty"),
        choices=job_roles,
        required=False,
        help_text=_("None chosen: the clause is for everyone."),
    )
    cadence = how_often()

    class Meta:
        icon = "pilcrow"
        label = _("Clause")
        label_format = "{number} {heading} {text}"


class RoleRowBlock(blocks.StructBlock):
    role = blocks.CharBlock(label=_("role"), max_length=200)
    responsibilities = blocks.RichTextBlock(label=_("responsibilities"), features=TEXT, required=False)
    tasks = blocks.RichTextBlock(label=_("related tasks"), features=TEXT, required=False)
    cadence = how_often()


class RolesTableBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("heading"), required=False, max_length=200)
    rows = blocks.ListBlock(RoleRowBlock(), label=_("roles"))

    class Meta:
        icon = "group"
        label = _("Roles and responsibilities")


class DefinitionBlock(blocks.StructBlock):
    term = blocks.CharBlock(label=_("term"), max_length=120)
    meaning = blocks.RichTextBlock(label=_("meaning"), features=TEXT)


class DefinitionsBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("heading"), required=False, max_length=200)
    rows = blocks.ListBlock(DefinitionBlock(), label=_("terms"))

    class Meta:
        icon = "openquote"
        label = _("Definitions")


class TableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(
        label=_("caption"), required=False, max_length=200, help_text=_("Needed before it is submitted.")
    )
    table = TypedTableBlock([("text", blocks.RichTextBlock(features=TEXT, required=False))], label=_("table"))

    class Meta:
        icon = "table"
        label = _("Table")


class FigureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("image"))
    alt = blocks.CharBlock(
        label=_("what it shows"), max_length=300, help_text=_("For people who cannot see it.")
    )
    caption = blocks.CharBlock(label=_("caption"), required=False, max_length=300)

    class Meta:
        icon = "image"
        label = _("Figure")


class AttachmentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("document"))
    title = blocks.CharBlock(label=_("title"), max_length=200)

    class Meta:
        icon = "doc-full"
        label = _("Attachment")


class NamedBlock(blocks.StructBlock):
    """Something of another part of the site, such as a course. The text keeps which one, and what it is called."""

    thing = blocks.ChoiceBlock(label=_("what it is"), choices=links.choices)

    class Meta:
        icon = "link"
        label = _("Course or form")


class AppendixBlock(blocks.StructBlock):
    number = blocks.CharBlock(label=_("label"), max_length=40, default="Appendix A")
    title = blocks.CharBlock(label=_("heading"), required=False, max_length=200)

    class Meta:
        icon = "doc-empty"
        label = _("Appendix")
        label_format = "{number} {title}"


BODY_BLOCKS = [
    ("section", SectionBlock()),
    ("clause", ClauseBlock()),
    ("roles_table", RolesTableBlock()),
    ("definitions", DefinitionsBlock()),
    ("table", TableBlock()),
    ("figure", FigureBlock()),
    ("attachment", AttachmentBlock()),
    ("named", NamedBlock()),
    ("appendix", AppendixBlock()),
]


class PolicyBodyField(StreamField):
    """The body of a policy. Its blocks stay out of migrations: they change more often than the column."""

    def __init__(self, *args, **kwargs):
        kwargs.pop("block_types", None)
        args = args[1:] if args else args
        super().__init__(BODY_BLOCKS, *args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs
