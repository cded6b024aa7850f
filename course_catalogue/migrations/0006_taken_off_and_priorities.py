from django.db import migrations, models

from course_catalogue.clash_tables import Clashes, ClashesAside
from kernel.audit.append_only import AppendOnly


def say_who(apps, schema_editor):
    """Until now a priority was given by whoever asked for the place, and with a reason alone."""
    bookings = apps.get_model("course_catalogue", "Booking").objects.filter(priority__gt=0)
    bookings.update(priority_by_name=models.F("booked_by_name"))


class Migration(migrations.Migration):
    dependencies = [
        ("course_catalogue", "0005_ledger"),
        ("kernel_organisation", "0006_approval_rule"),
    ]

    operations = [
        ClashesAside(),
        migrations.RemoveConstraint(
            model_name="programmecourse",
            name="course_catalogue_programmed_once",
        ),
        migrations.AddField(
            model_name="booking",
            name="priority_by_name",
            field=models.CharField(blank=True, max_length=255, verbose_name="who said first"),
        ),
        migrations.AddField(
            model_name="programmecourse",
            name="taken_off_because",
            field=models.CharField(
                blank=True, editable=False, max_length=300, verbose_name="why it was taken off"
            ),
        ),
        migrations.AddField(
            model_name="programmecourse",
            name="taken_off_by_name",
            field=models.CharField(blank=True, editable=False, max_length=255, verbose_name="taken off by"),
        ),
        migrations.AddField(
            model_name="programmecourse",
            name="taken_off_on",
            field=models.DateField(editable=False, null=True, verbose_name="taken off"),
        ),
        migrations.RunPython(say_who, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("priority", 0),
                    models.Q(
                        models.Q(("priority_reason", ""), _negated=True),
                        models.Q(("priority_by_name", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="course_catalogue_priority_says_why",
                violation_error_message="A priority has its reason and who said so.",
            ),
        ),
        migrations.AddConstraint(
            model_name="programmecourse",
            constraint=models.UniqueConstraint(
                condition=models.Q(("taken_off_on__isnull", True)),
                fields=("programme", "course"),
                name="course_catalogue_programmed_once",
                violation_error_message="This course is on the programme of that year already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="programmecourse",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("taken_off_because", ""), ("taken_off_by_name", ""), ("taken_off_on__isnull", True)
                    ),
                    models.Q(
                        ("taken_off_on__isnull", False),
                        models.Q(("taken_off_because", ""), _negated=True),
                        models.Q(("taken_off_by_name", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="course_catalogue_taken_off_says_why",
                violation_error_message="A course that is taken off has the day, the person and the reason.",
            ),
        ),
        AppendOnly("course_catalogue_programmecourse", changeable_if="OLD.taken_off_on IS NULL"),
        Clashes(),
    ]
