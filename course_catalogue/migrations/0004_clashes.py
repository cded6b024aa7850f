from django.db import migrations

from course_catalogue.clash_tables import Clashes


class Migration(migrations.Migration):
    dependencies = [("course_catalogue", "0003_vocabulary")]

    operations = [Clashes()]
