from django.db import migrations

from policy_pages.screening.four_eyes import NoAuthorAssesses


class Migration(migrations.Migration):
    dependencies = [
        ("policy_pages", "0009_screening"),
        ("kernel_lifecycle", "0003_one_signature_a_hand"),
    ]

    operations = [NoAuthorAssesses()]
