import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("policy_pages", "0005_clause_index"),
    ]

    operations = [
        migrations.CreateModel(
            name="DueMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(null=True, verbose_name="number of the extension"),
                ),
                ("from_due", models.DateField(verbose_name="from")),
                ("to_due", models.DateField(verbose_name="to")),
                ("reason", models.TextField(verbose_name="reason")),
                ("risk", models.TextField(blank=True, verbose_name="risk")),
                ("body_name", models.CharField(blank=True, max_length=255, verbose_name="body")),
                ("decided_on", models.DateField(verbose_name="decided on")),
                (
                    "minute_reference",
                    models.CharField(blank=True, max_length=60, verbose_name="minute reference"),
                ),
                ("recorded_on", models.DateField(verbose_name="recorded on")),
            ],
            options={
                "verbose_name": "move of a due day",
                "ordering": ["pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ReviewRules",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "cap_months",
                    models.PositiveSmallIntegerField(
                        default=60,
                        help_text="The longest time from one review to the next.",
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="never later than (months)",
                    ),
                ),
                (
                    "high_risk_months",
                    models.PositiveSmallIntegerField(
                        default=12,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="high risk: at the latest after (months)",
                    ),
                ),
                (
                    "first_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: as every other review.",
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="first review of a new document: at the latest after (months)",
                    ),
                ),
                (
                    "extensions_most",
                    models.PositiveSmallIntegerField(
                        default=2, verbose_name="extensions of one review, at most"
                    ),
                ),
                (
                    "extension_months",
                    models.PositiveSmallIntegerField(
                        default=12, verbose_name="extensions of one review together, at most (months)"
                    ),
                ),
                (
                    "sponsor_after_days",
                    models.PositiveSmallIntegerField(
                        default=7, verbose_name="the sponsor is told after (days overdue)"
                    ),
                ),
                (
                    "body_after_days",
                    models.PositiveSmallIntegerField(
                        default=28,
                        verbose_name="the secretary of the approving body is told after (days overdue)",
                    ),
                ),
            ],
            options={
                "verbose_name": "rules of review",
                "default_permissions": ("change",),
            },
        ),
        migrations.AddField(
            model_name="policypage",
            name="high_risk",
            field=models.BooleanField(
                default=False,
                help_text="Where a mistake could harm somebody: reviewed sooner, by the rules of review.",
                verbose_name="high risk",
            ),
        ),
        migrations.AlterField(
            model_name="policypage",
            name="review_months",
            field=models.PositiveSmallIntegerField(default=36, verbose_name="review every"),
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[],
            options={
                "verbose_name": "extension",
                "proxy": True,
                "default_permissions": (),
                "indexes": [],
                "constraints": [],
            },
            bases=("policy_pages.duemove",),
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("main", models.BooleanField(verbose_name="of the text itself")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("opened_on", models.DateField(verbose_name="opened")),
                ("first_due", models.DateField(verbose_name="first due")),
                ("due", models.DateField(verbose_name="review due")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("issued", "a new version was issued"),
                            ("re-affirmed", "reviewed, unchanged"),
                            ("retired", "withdrawn"),
                            ("done", "done"),
                        ],
                        max_length=12,
                        verbose_name="outcome",
                    ),
                ),
                ("closed_on", models.DateField(null=True, verbose_name="closed")),
                ("decided_on", models.DateField(null=True, verbose_name="decided on")),
                ("statement", models.TextField(blank=True, verbose_name="what the review found")),
                ("body_name", models.CharField(blank=True, max_length=255, verbose_name="body")),
                (
                    "minute_reference",
                    models.CharField(blank=True, max_length=60, verbose_name="minute reference"),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="policy_pages.policypage",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="policy_pages.policyversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "review",
                "ordering": ["-pk"],
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="duemove",
            name="review",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="policy_pages.review"
            ),
        ),
        migrations.CreateModel(
            name="ReviewCycle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="what is reviewed")),
                ("months", models.PositiveSmallIntegerField(verbose_name="every (months)")),
                (
                    "main",
                    models.BooleanField(default=False, editable=False, verbose_name="of the text itself"),
                ),
                ("ended_on", models.DateField(editable=False, null=True, verbose_name="ended")),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review_cycles",
                        to="policy_pages.policypage",
                    ),
                ),
            ],
            options={
                "verbose_name": "review cycle",
                "ordering": ["policy_id", "-main", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="review",
            name="cycle",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reviews",
                to="policy_pages.reviewcycle",
            ),
        ),
        migrations.AddConstraint(
            model_name="duemove",
            constraint=models.UniqueConstraint(
                fields=("review", "number"), name="policy_pages_extension_numbered_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="duemove",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("number__isnull", True), ("to_due__lt", models.F("from_due"))),
                    models.Q(
                        ("number__gte", 1),
                        ("to_due__gt", models.F("from_due")),
                        models.Q(("risk", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="policy_pages_move_goes_one_way",
                violation_error_message="An extension moves the day later and names its risk.",
            ),
        ),
        migrations.AddConstraint(
            model_name="duemove",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), _negated=True), ("recorded_on__gte", models.F("decided_on"))
                ),
                name="policy_pages_move_has_reason",
                violation_error_message="A move of the day has its reason and the day of its decision.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewcycle",
            constraint=models.UniqueConstraint(
                condition=models.Q(("main", True)), fields=("policy",), name="policy_pages_one_main_cycle"
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewcycle",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_on__isnull", True)),
                fields=("policy", "name"),
                name="policy_pages_one_cycle_of_a_name",
                violation_error_message="This policy has a review of that name already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewcycle",
            constraint=models.CheckConstraint(
                condition=models.Q(("months__gte", 1)),
                name="policy_pages_cycle_has_months",
                violation_error_message="A review comes round after one month or more.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewcycle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_on__isnull", True), ("main", True), ("name", "")),
                    models.Q(("main", False), models.Q(("name", ""), _negated=True)),
                    _connector="OR",
                ),
                name="policy_pages_cycle_is_named",
                violation_error_message="Say what is reviewed.",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(
                fields=("cycle", "number"), name="policy_pages_review_numbered_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_on__isnull", True)),
                fields=("cycle",),
                name="policy_pages_one_open_review",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_on__isnull", True), ("main", True)),
                fields=("policy",),
                name="policy_pages_one_open_main_review",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_on__isnull", True), ("decided_on__isnull", True), ("outcome", "")),
                    models.Q(
                        models.Q(("outcome", ""), _negated=True),
                        ("closed_on__gte", models.F("opened_on")),
                        ("decided_on__lte", models.F("closed_on")),
                    ),
                    _connector="OR",
                ),
                name="policy_pages_review_closed_by_outcome",
                violation_error_message="A review ends on a day, with what it found.",
            ),
        ),
    ]
