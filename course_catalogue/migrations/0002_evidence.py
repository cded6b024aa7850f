from django.db import migrations

from kernel.audit.append_only import AppendOnly

EVIDENCE = (
    "course_catalogue_attendance",
    "course_catalogue_courseapproval",
    "course_catalogue_observation",
    "course_catalogue_programmereview",
    "course_catalogue_sessionmessage",
    "course_catalogue_certificate",
    "course_catalogue_observation",
    "course_catalogue_platformupload",
    "course_catalogue_programmereview",
    "course_catalogue_registerclosing",
    "course_catalogue_revocation",
    "course_catalogue_skippedwaiting",
    "course_catalogue_specificationcheck",
    "course_catalogue_trainerday",
)


class Migration(migrations.Migration):
    dependencies = [("course_catalogue", "0001_initial")]

    operations = [AppendOnly(table) for table in EVIDENCE]
