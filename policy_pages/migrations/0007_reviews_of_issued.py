from django.db import migrations

from kernel.audit.append_only import AppendOnly


def begin(apps, schema_editor):
    """A review for each version, the last one open: until here a minor change moved the due day as a major one did."""
    Version = apps.get_model("policy_pages", "PolicyVersion")
    Page = apps.get_model("policy_pages", "PolicyPage")
    Cycle = apps.get_model("policy_pages", "ReviewCycle")
    Review = apps.get_model("policy_pages", "Review")
    months = dict(Page.objects.values_list("pk", "review_months"))
    rows = Version.objects.filter(review_due__isnull=False).order_by("policy_id", "major", "minor")
    rows = rows.values_list("pk", "policy_id", "review_due", "ratified_on", "submission__issued_on")
    rounds = {}
    for pk, policy, due, ratified, issued in rows.iterator(2000):
        kept = rounds.setdefault(policy, [])
        if kept:
            kept[-1].update(outcome="issued", closed_on=issued, decided_on=ratified, version_id=pk)
        kept.append({"number": len(kept) + 1, "opened_on": issued, "first_due": due, "due": due})
    cycles = [Cycle(policy_id=policy, main=True, months=max(months[policy], 1)) for policy in rounds]
    cycles = Cycle.objects.bulk_create(cycles, batch_size=500)
    Review.objects.bulk_create(
        [
            Review(cycle_id=cycle.pk, policy_id=cycle.policy_id, main=True, **values)
            for cycle in cycles
            for values in rounds[cycle.policy_id]
        ],
        batch_size=500,
    )


def take_back(apps, schema_editor):
    for name in ("DueMove", "Review", "ReviewCycle"):
        apps.get_model("policy_pages", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("policy_pages", "0006_review_clock")]

    operations = [
        migrations.RunPython(begin, take_back),
        AppendOnly("policy_pages_review", changeable_if="OLD.closed_on IS NULL"),
        AppendOnly("policy_pages_duemove"),
    ]
