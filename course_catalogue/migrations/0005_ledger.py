from django.db import migrations

from course_catalogue.dated_tables import NeverTwo
from kernel.audit.append_only import AppendOnly

# What of a policy is never written again; its end alone may be, once.
FIXED = (
    "name document_kind document_id reference from_on number unit counting cut_off nation basis half_minutes "
    "percent late_minutes late_rule early_minutes early_rule person_cancels "
    "coordinator_cancels extra_costs extra_words added_by_name added_at"
).split()
SAME = [f"NEW.{name} IS NOT DISTINCT FROM OLD.{name}" for name in FIXED]
ENDS_ALONE = " AND ".join(["OLD.until_on IS NULL", "OLD.withdrawn_on IS NULL", *SAME])
STILL_ASKED = "OLD.state = 'asked'"

EVIDENCE = {
    "course_catalogue_chargepolicy": ENDS_ALONE,
    "course_catalogue_price": "",
    "course_catalogue_chargetier": "",
    "course_catalogue_waiverground": "",
    "course_catalogue_ledgerentry": "",
    "course_catalogue_waiver": STILL_ASKED,
    "course_catalogue_invoice": "",
    "course_catalogue_invoiceline": "",
}
# key, name, pays for places: the four classes that pay, and those that do not (S4-14)
CLASSES = (
    ("contributing-partner", "Contributing partner", False),
    ("small-charity", "Small charity", False),
    ("private-sector", "Private sector", True),
    ("non-contributing", "Does not contribute", True),
    ("large-charity", "Large charity with a training budget", True),
    ("profit-making", "Profit making", True),
)


def fill(apps, schema_editor):
    classes = apps.get_model("course_catalogue", "PayerClass")
    for place, (slug, name, pays) in enumerate(CLASSES):
        classes.objects.get_or_create(slug=slug, defaults={"name": name, "pays": pays, "place": place})
    apps.get_model("course_catalogue", "InvoiceNumber").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("course_catalogue", "0004_clashes")]

    operations = [
        *(AppendOnly(table, changeable_if=until) for table, until in EVIDENCE.items()),
        NeverTwo(),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
