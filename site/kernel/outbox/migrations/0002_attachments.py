from django.db import migrations, models
from django.db.models import Q

WORDS_GO = "kernel_outbox_secret_goes"
MESSAGE = "A mail with a secret keeps its words only until it is sent."


class Migration(migrations.Migration):
    dependencies = [("kernel_outbox", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="outboxmail",
            name="attachments",
            field=models.JSONField(blank=True, default=list, verbose_name="files"),
        ),
        migrations.RemoveConstraint(model_name="outboxmail", name=WORDS_GO),
        migrations.AddConstraint(
            model_name="outboxmail",
            constraint=models.CheckConstraint(
                condition=Q(secret=False)
                | Q(state="waiting")
                | Q(subject="", text="", html="", attachments=[]),
                name=WORDS_GO,
                violation_error_message=MESSAGE,
            ),
        ),
    ]
