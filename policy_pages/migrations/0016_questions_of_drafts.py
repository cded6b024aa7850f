import django.db.models.deletion
from django.db import migrations, models

from kernel.audit.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("policy_pages", "0015_reports_and_audits"),
    ]

    operations = [
        migrations.CreateModel(
            name="DraftQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("question", models.CharField(max_length=300, verbose_name="question")),
                ("answers", models.JSONField(verbose_name="answers")),
                ("right", models.PositiveSmallIntegerField(verbose_name="right answer")),
                ("clause", models.CharField(max_length=64, verbose_name="clause that answers it")),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="draft_questions",
                        to="policy_pages.policypage",
                    ),
                ),
            ],
            options={
                "verbose_name": "question for the next version",
                "ordering": ["number"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("policy", "number"), name="policy_pages_draft_question_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1), ("number__lte", 5)),
                        name="policy_pages_few_draft_questions",
                        violation_error_message="A version has 1 to 5 questions.",
                    ),
                ],
            },
        ),
        AppendOnly("policy_pages_readingquestion"),
    ]
