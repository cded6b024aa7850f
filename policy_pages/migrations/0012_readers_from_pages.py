from datetime import date

from django.db import migrations


def rules_from_pages(apps, schema_editor):
    """The staff groups named on each policy become rules, from its first day in force on."""
    page, version = apps.get_model("policy_pages.PolicyPage"), apps.get_model("policy_pages.PolicyVersion")
    rule = apps.get_model("policy_pages.ReadingRule")
    rows = []
    for essential, field in ((True, page.essential_for), (False, page.information_for)):
        named = field.through.objects.values_list("policypage_id", "staffgroup_id")
        for policy, group in named:
            first = version.objects.filter(policy_id=policy).order_by("in_force_from").first()
            since = first.in_force_from if first else date.today()
            rows.append(rule(policy_id=policy, staff_group_id=group, essential=essential, from_on=since))
    rule.objects.bulk_create(rows)


def pages_from_rules(apps, schema_editor):
    page, rule = apps.get_model("policy_pages.PolicyPage"), apps.get_model("policy_pages.ReadingRule")
    plain = {"job_role": None, "agency": None, "team": None, "person_kind": "", "until_on": None}
    for essential, field in ((True, page.essential_for), (False, page.information_for)):
        through = field.through
        rows = rule.objects.filter(essential=essential, staff_group__isnull=False, **plain)
        pairs = set(rows.values_list("policy_id", "staff_group_id"))
        through.objects.bulk_create([through(policypage_id=a, staffgroup_id=b) for a, b in pairs])


def calls_of_versions(apps, schema_editor):
    """A version with a new whole number asked everybody; one with a decimal asked nobody."""
    version, call = apps.get_model("policy_pages.PolicyVersion"), apps.get_model("policy_pages.ReadingCall")
    rows = version.objects.filter(minor=0).values_list("pk", "policy_id", "in_force_from")
    call.objects.bulk_create(
        [
            call(version_id=pk, policy_id=policy, first_day=day, everybody=True)
            for pk, policy, day in rows.order_by("pk")
        ],
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [("policy_pages", "0011_reading")]

    operations = [
        migrations.RunPython(calls_of_versions, migrations.RunPython.noop),
        migrations.RunPython(rules_from_pages, pages_from_rules),
        migrations.RemoveField(model_name="policypage", name="essential_for"),
        migrations.RemoveField(model_name="policypage", name="information_for"),
    ]
