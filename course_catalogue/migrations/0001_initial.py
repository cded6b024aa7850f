import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import wagtail.contrib.routable_page.models
from django.db import migrations, models

import course_catalogue.catalogue.controlled
import course_catalogue.models.charging
import course_catalogue.models.ledger
import kernel.lifecycle.controlled


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("kernel_organisation", "0006_approval_rule"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="AudienceGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=40, unique=True, verbose_name="address")),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                ("place", models.PositiveSmallIntegerField(default=100, verbose_name="place in the list")),
                ("active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "tag",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("managers", "Managers"),
                            ("lead officers", "Lead officers"),
                            ("strategic partners", "Strategic partners"),
                            ("commissioners", "Commissioners"),
                        ],
                        max_length=20,
                        verbose_name="tag",
                    ),
                ),
                (
                    "words",
                    models.CharField(
                        blank=True,
                        help_text="For example: you work mainly with children.",
                        max_length=300,
                        verbose_name="who belongs",
                    ),
                ),
            ],
            options={
                "verbose_name": "audience group",
                "verbose_name_plural": "audience groups",
                "ordering": ["place", "name"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CourseIndexPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
            ],
            options={
                "verbose_name": "course catalogue",
            },
            bases=(kernel.lifecycle.controlled.ControlledParentMixin, "wagtailcore.page"),
        ),
        migrations.CreateModel(
            name="InvoiceNumber",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("last", models.PositiveIntegerField(default=0)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Method",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=40, unique=True, verbose_name="address")),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                ("place", models.PositiveSmallIntegerField(default=100, verbose_name="place in the list")),
                ("active", models.BooleanField(default=True, verbose_name="in use")),
                ("digital", models.BooleanField(default=False, verbose_name="e-learning or e-assessment")),
            ],
            options={
                "verbose_name": "method",
                "verbose_name_plural": "methods",
                "ordering": ["place", "name"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PayerClass",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=40, unique=True, verbose_name="key")),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                ("pays", models.BooleanField(default=True, verbose_name="pays for places")),
                ("place", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
            ],
            options={
                "verbose_name": "class of payers",
                "verbose_name_plural": "classes of payers",
                "ordering": ["place", "pk"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="PoolRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_on", models.DateField(unique=True, verbose_name="first day")),
                (
                    "free_places",
                    models.PositiveSmallIntegerField(default=0, verbose_name="free places for a trainer day"),
                ),
                (
                    "half_minutes",
                    models.PositiveSmallIntegerField(
                        default=240,
                        validators=[django.core.validators.MaxValueValidator(720)],
                        verbose_name="minutes up to which a day counts half",
                    ),
                ),
                (
                    "observe_months",
                    models.PositiveSmallIntegerField(
                        default=12,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="a trainer is observed every so many months",
                    ),
                ),
            ],
            options={
                "verbose_name": "rule of the training pool",
                "verbose_name_plural": "rules of the training pool",
                "ordering": ["-from_on"],
            },
        ),
        migrations.CreateModel(
            name="Priority",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=160, unique=True, verbose_name="priority")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("needs analysis", "training needs analysis"),
                            ("feedback", "what participants said"),
                            ("audit", "audit"),
                            ("practice review", "practice learning review"),
                            ("case review", "serious case review"),
                            ("driver", "local or national driver"),
                            ("interest", "area of interest"),
                        ],
                        max_length=20,
                        verbose_name="what put it there",
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="in words")),
                ("stated_on", models.DateField(blank=True, null=True, verbose_name="stated on")),
                ("active", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "verbose_name": "priority",
                "verbose_name_plural": "priorities",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Room",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("seats", models.PositiveIntegerField(blank=True, null=True, verbose_name="seats")),
            ],
            options={
                "verbose_name": "room",
                "verbose_name_plural": "rooms",
                "ordering": ["venue__name", "name"],
            },
        ),
        migrations.CreateModel(
            name="SpecificationPoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.CharField(max_length=300, unique=True, verbose_name="what is asked")),
                ("place", models.PositiveSmallIntegerField(default=100, verbose_name="place in the list")),
                ("active", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "verbose_name": "point of the person specification",
                "verbose_name_plural": "person specification for trainers",
                "ordering": ["place", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Subject",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=40, unique=True, verbose_name="address")),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                ("place", models.PositiveSmallIntegerField(default=100, verbose_name="place in the list")),
                ("active", models.BooleanField(default=True, verbose_name="in use")),
                ("specialist", models.BooleanField(default=False, verbose_name="specialist topic")),
            ],
            options={
                "verbose_name": "subject",
                "verbose_name_plural": "subjects",
                "ordering": ["place", "name"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TrainingCalendarPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
            ],
            options={
                "verbose_name": "training calendar",
            },
            bases=(wagtail.contrib.routable_page.models.RoutablePageMixin, "wagtailcore.page"),
        ),
        migrations.CreateModel(
            name="Venue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                ("address", models.TextField(blank=True, verbose_name="address")),
                ("directions", models.TextField(blank=True, verbose_name="how to get there")),
                (
                    "access",
                    models.TextField(
                        blank=True, help_text="Steps, lift, hearing loop, parking.", verbose_name="access"
                    ),
                ),
                ("active", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "verbose_name": "venue",
                "verbose_name_plural": "venues",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="ChargePolicy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_on", models.DateField(verbose_name="first day")),
                (
                    "until_on",
                    models.DateField(
                        blank=True, help_text="The last day still counts.", null=True, verbose_name="last day"
                    ),
                ),
                (
                    "withdrawn_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="withdrawn"),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "document_kind",
                    models.CharField(blank=True, max_length=40, verbose_name="kind of document"),
                ),
                (
                    "document_id",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="document"),
                ),
                (
                    "reference",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="reference of the charging policy"
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(366),
                        ],
                        verbose_name="notice",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("working days", "working days"),
                            ("calendar days", "calendar days"),
                            ("hours", "hours"),
                        ],
                        default="working days",
                        max_length=15,
                        verbose_name="counted in",
                    ),
                ),
                (
                    "counting",
                    models.CharField(
                        choices=[
                            ("inclusive", "the day on which you tell us counts"),
                            ("clear", "whole days between the day on which you tell us and the course"),
                        ],
                        default="inclusive",
                        max_length=10,
                        verbose_name="how days are counted",
                    ),
                ),
                (
                    "cut_off",
                    models.TimeField(
                        default=course_catalogue.models.charging.five,
                        verbose_name="until what time on the last day",
                    ),
                ),
                (
                    "nation",
                    models.CharField(
                        choices=[
                            ("ENG", "England"),
                            ("WLS", "Wales"),
                            ("SCT", "Scotland"),
                            ("NIR", "Northern Ireland"),
                        ],
                        default="ENG",
                        max_length=3,
                        verbose_name="bank holidays of",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("flat", "one amount, for a half day or a full day"),
                            ("per day", "an amount for each day"),
                            ("price", "the full price of the place"),
                            ("percent", "a part of the full price"),
                        ],
                        default="flat",
                        max_length=10,
                        verbose_name="what is charged",
                    ),
                ),
                (
                    "half_minutes",
                    models.PositiveSmallIntegerField(
                        default=240,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="a half day is at most, in minutes",
                    ),
                ),
                (
                    "percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="part of the price, in percent",
                    ),
                ),
                (
                    "late_minutes",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="late after, in minutes"
                    ),
                ),
                (
                    "late_rule",
                    models.CharField(
                        choices=[
                            ("nothing", "nothing"),
                            ("not attended", "counts as not attended, and is charged"),
                            ("charged", "counts as attended, and is charged"),
                        ],
                        default="nothing",
                        max_length=15,
                        verbose_name="who comes later",
                    ),
                ),
                (
                    "early_minutes",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="left early after, in minutes"
                    ),
                ),
                (
                    "early_rule",
                    models.CharField(
                        choices=[
                            ("nothing", "nothing"),
                            ("no certificate", "no certificate"),
                            ("not attended", "counts as not attended, and is charged"),
                        ],
                        default="nothing",
                        max_length=15,
                        verbose_name="who leaves earlier",
                    ),
                ),
                ("person_cancels", models.BooleanField(default=True, verbose_name="the person may cancel")),
                (
                    "coordinator_cancels",
                    models.BooleanField(default=True, verbose_name="the agency's coordinator may cancel"),
                ),
                ("extra_costs", models.BooleanField(default=False, verbose_name="extra costs are passed on")),
                (
                    "extra_words",
                    models.CharField(
                        blank=True,
                        help_text="For example an interpreter.",
                        max_length=200,
                        verbose_name="which extra costs",
                    ),
                ),
                ("added_by_name", models.CharField(max_length=255, verbose_name="added by")),
                ("added_at", models.DateTimeField(verbose_name="added at")),
            ],
            options={
                "verbose_name": "charging policy",
                "verbose_name_plural": "charging policies",
                "ordering": ["-from_on", "-pk"],
                "abstract": False,
                "default_permissions": ("view",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True),
                            ("until_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="course_catalogue_charge_dates",
                        violation_error_message="The last day cannot be before the first day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_on__isnull", True),
                            ("withdrawn_on__lte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="course_catalogue_charge_withdrawn_before",
                        violation_error_message="A policy that has begun is ended, not withdrawn.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1), ("number__lte", 366)),
                        name="course_catalogue_charge_notice",
                        violation_error_message="Notice is from 1 to 366.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("basis", "percent"),
                                ("percent__gte", 0),
                                ("percent__isnull", False),
                                ("percent__lte", 100),
                            ),
                            models.Q(
                                models.Q(("basis", "percent"), _negated=True), ("percent__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="course_catalogue_charge_percent",
                        violation_error_message="Say which part of the price is charged, in percent from 0 to 100.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("late_rule", "nothing"), ("late_minutes__isnull", False), _connector="OR"
                        ),
                        name="course_catalogue_charge_late_rule",
                        violation_error_message="Say after how many minutes somebody is late.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("early_rule", "nothing"), ("early_minutes__isnull", False), _connector="OR"
                        ),
                        name="course_catalogue_charge_early_rule",
                        violation_error_message="Say after how many minutes somebody has left early.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CoursePage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        max_length=30,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[A-Z0-9][A-Z0-9\\-]*\\Z",
                                "Write the code with letters A to Z, digits and hyphens alone, for example SGC3.",
                            )
                        ],
                        verbose_name="code",
                    ),
                ),
                (
                    "aim",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="what it is for, in a sentence"
                    ),
                ),
                ("content", models.TextField(blank=True, verbose_name="content")),
                (
                    "delivery",
                    models.CharField(
                        choices=[
                            ("e-learning", "E-learning"),
                            ("single agency", "Single agency"),
                            ("multi agency", "Multi-agency"),
                            ("briefing", "Briefing"),
                            ("workshop", "Workshop"),
                            ("conference", "Conference"),
                            ("event", "Event"),
                        ],
                        max_length=20,
                        verbose_name="delivery",
                    ),
                ),
                (
                    "minutes",
                    models.PositiveIntegerField(
                        default=360,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="length in minutes",
                    ),
                ),
                (
                    "open_to_partners",
                    models.BooleanField(default=False, verbose_name="open to partner agencies"),
                ),
                (
                    "cost",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="What it costs the organisation, in pounds; not what anybody pays.",
                        max_digits=9,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="cost of one session",
                    ),
                ),
                ("cost_words", models.TextField(blank=True, verbose_name="how the cost is made up")),
                (
                    "rationale",
                    models.TextField(
                        blank=True,
                        help_text="And why no less training would do.",
                        verbose_name="why it is worth the time and cost",
                    ),
                ),
                (
                    "review_due",
                    models.DateField(
                        blank=True,
                        help_text="The last day on which the approval counts.",
                        null=True,
                        verbose_name="review due",
                    ),
                ),
                (
                    "days_needed",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: all days of a session.",
                        null=True,
                        verbose_name="days needed for the certificate",
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: the partnership's own.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel_organisation.agency",
                        verbose_name="whose course it is",
                    ),
                ),
                (
                    "audiences",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True,
                        related_name="courses",
                        to="course_catalogue.audiencegroup",
                        verbose_name="whom it is for",
                    ),
                ),
                (
                    "subject_expert",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="courses_sponsored",
                        to="kernel_organisation.staffprofile",
                        verbose_name="sponsoring subject expert",
                    ),
                ),
            ],
            options={
                "verbose_name": "course",
            },
            bases=(course_catalogue.catalogue.controlled.ApprovedPageMixin, "wagtailcore.page"),
        ),
        migrations.CreateModel(
            name="CourseSession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "planned, not open yet"),
                            ("open", "open for booking"),
                            ("cancelled", "cancelled by the organiser"),
                        ],
                        default="planned",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("first_at", models.DateTimeField(verbose_name="begins")),
                ("last_at", models.DateTimeField(verbose_name="ends")),
                (
                    "capacity",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Empty: as many as come. 0: none.",
                        null=True,
                        verbose_name="places",
                    ),
                ),
                (
                    "overbooked_because",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why more are booked than places"
                    ),
                ),
                ("minimum", models.PositiveIntegerField(default=0, verbose_name="at least")),
                (
                    "decide_days",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="decided so many working days before"
                    ),
                ),
                ("decide_on", models.DateField(blank=True, null=True, verbose_name="go or cancel by")),
                (
                    "going_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="said that it goes ahead"),
                ),
                (
                    "going_words",
                    models.CharField(
                        blank=True, editable=False, max_length=300, verbose_name="why it goes ahead"
                    ),
                ),
                ("opens_at", models.DateTimeField(blank=True, null=True, verbose_name="booking opens")),
                ("closes_at", models.DateTimeField(blank=True, null=True, verbose_name="booking closes")),
                ("held_closed", models.BooleanField(default=False, verbose_name="closed by hand")),
                (
                    "needs_approval",
                    models.BooleanField(default=True, verbose_name="the line manager releases people"),
                ),
                ("keeps_list", models.BooleanField(default=True, verbose_name="keeps a waiting list")),
                (
                    "days_needed",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: as the course says.",
                        null=True,
                        verbose_name="days needed for the certificate",
                    ),
                ),
                ("online_link", models.URLField(blank=True, max_length=500, verbose_name="link to join")),
                ("joining_words", models.TextField(blank=True, verbose_name="joining instructions")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("sequence", models.PositiveIntegerField(default=0, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("changed_at", models.DateTimeField(editable=False, null=True, verbose_name="changed at")),
                (
                    "changed_by_name",
                    models.CharField(blank=True, editable=False, max_length=255, verbose_name="changed by"),
                ),
                ("moved_at", models.DateTimeField(editable=False, null=True, verbose_name="moved at")),
                (
                    "cancelled_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="cancelled at"),
                ),
                (
                    "cancel_reason",
                    models.CharField(
                        blank=True, editable=False, max_length=300, verbose_name="why it was cancelled"
                    ),
                ),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="course_catalogue.coursepage",
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel_organisation.agency",
                        verbose_name="host",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel_organisation.staffprofile",
                        verbose_name="who decides whether it goes ahead",
                    ),
                ),
                (
                    "partners",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="kernel_organisation.agency",
                        verbose_name="held together with",
                    ),
                ),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "ordering": ["first_at", "pk"],
                "default_permissions": ("view",),
                "indexes": [models.Index(fields=["state", "first_at"], name="course_catalogue_coming")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_at__gt", models.F("first_at"))),
                        name="course_catalogue_session_ends_later",
                        violation_error_message="A session ends after it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opens_at__isnull", True),
                            ("closes_at__isnull", True),
                            ("closes_at__gt", models.F("opens_at")),
                            _connector="OR",
                        ),
                        name="course_catalogue_session_closes_later",
                        violation_error_message="Booking closes after it opens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("cancelled_at__isnull", False),
                                ("state", "cancelled"),
                                models.Q(("cancel_reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "cancelled"), _negated=True),
                                ("cancel_reason", ""),
                                ("cancelled_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="course_catalogue_cancelled_with_reason",
                        violation_error_message="Say why the session is cancelled.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=9, unique=True, verbose_name="code")),
                ("number", models.PositiveSmallIntegerField(default=1, verbose_name="which one")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("course_code", models.CharField(max_length=30, verbose_name="code of the course")),
                ("course_title", models.CharField(max_length=255, verbose_name="course")),
                ("first_on", models.DateField(verbose_name="first day")),
                ("last_on", models.DateField(verbose_name="last day")),
                ("minutes", models.PositiveIntegerField(verbose_name="minutes")),
                ("facts", models.JSONField(default=dict, verbose_name="about the course")),
                ("issued_at", models.DateTimeField(verbose_name="issued at")),
                ("issued_by_name", models.CharField(max_length=255, verbose_name="issued by")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="kernel_organisation.staffprofile",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="course_catalogue.coursesession",
                    ),
                ),
            ],
            options={
                "verbose_name": "certificate",
                "verbose_name_plural": "certificates",
                "ordering": ["-last_on", "pk"],
                "default_permissions": ("view",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("session", "person", "number"), name="course_catalogue_certificate_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarTold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("days", models.PositiveSmallIntegerField(verbose_name="days told")),
                ("sequence", models.PositiveIntegerField(verbose_name="number of the file")),
                ("comes", models.BooleanField(verbose_name="told to come")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel_organisation.staffprofile",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="course_catalogue.coursesession",
                    ),
                ),
            ],
            options={
                "verbose_name": "what a calendar was told",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("session", "person"), name="course_catalogue_calendar_told_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Booking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "place held: waiting for the line manager"),
                            ("waiting", "waiting"),
                            ("offered", "offered"),
                            ("booked", "booked"),
                            ("not released", "not released"),
                            ("lapsed", "not answered in time"),
                            ("let go", "offer let go"),
                            ("left", "left the waiting list"),
                            ("cancelled", "cancelled"),
                            ("given", "given to a colleague"),
                            ("withdrawn", "withdrawn for patient safety"),
                        ],
                        editable=False,
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("joined_at", models.DateTimeField(verbose_name="asked at")),
                ("priority", models.PositiveSmallIntegerField(default=0, verbose_name="priority")),
                ("priority_reason", models.CharField(blank=True, max_length=200, verbose_name="why first")),
                ("booked_by_name", models.CharField(max_length=255, verbose_name="asked by")),
                (
                    "key",
                    models.UUIDField(editable=False, null=True, unique=True, verbose_name="key of the form"),
                ),
                ("group", models.UUIDField(editable=False, null=True, verbose_name="asked together")),
                ("answer_by", models.DateTimeField(null=True, verbose_name="answer by")),
                ("released", models.BooleanField(null=True, verbose_name="released from duty")),
                ("decided_by_name", models.CharField(blank=True, max_length=255, verbose_name="decided by")),
                (
                    "to_confirm",
                    models.CharField(blank=True, max_length=500, verbose_name="what the manager confirms"),
                ),
                ("access_needs", models.TextField(blank=True, verbose_name="what helps")),
                ("auto_accept", models.BooleanField(default=False, verbose_name="takes an offer at once")),
                (
                    "charge_policy_id",
                    models.PositiveBigIntegerField(null=True, verbose_name="charging policy"),
                ),
                ("fee", models.DecimalField(decimal_places=2, max_digits=8, null=True, verbose_name="fee")),
                (
                    "late_charge",
                    models.DecimalField(
                        decimal_places=2, max_digits=8, null=True, verbose_name="charge when late"
                    ),
                ),
                ("free_until", models.DateTimeField(null=True, verbose_name="free until")),
                (
                    "charge_steps",
                    models.JSONField(blank=True, default=list, verbose_name="charge by the time left"),
                ),
                ("terms_words", models.TextField(blank=True, verbose_name="how it was counted")),
                ("agreed_at", models.DateTimeField(null=True, verbose_name="terms agreed")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended")),
                ("ended_by_name", models.CharField(blank=True, max_length=255, verbose_name="ended by")),
                (
                    "cancelled_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("own", "cannot come"),
                            ("diverted", "asked to do another task"),
                            ("agency", "cancelled by the agency"),
                            ("organiser", "the session was cancelled"),
                            ("moved", "moved to another date"),
                        ],
                        max_length=10,
                        verbose_name="on whose account",
                    ),
                ),
                ("late", models.BooleanField(default=False, verbose_name="cancelled late")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="reason")),
                (
                    "diverted_by",
                    models.CharField(blank=True, max_length=120, verbose_name="asked to another task by"),
                ),
                ("rebook_due", models.DateField(null=True, verbose_name="new place due")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel_organisation.agency",
                        verbose_name="agency that pays",
                    ),
                ),
                (
                    "in_place_of",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="substitute",
                        to="course_catalogue.booking",
                        verbose_name="in place of",
                    ),
                ),
                (
                    "manager",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel_organisation.staffprofile",
                        verbose_name="manager asked",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="kernel_organisation.staffprofile",
                        verbose_name="person",
                    ),
                ),
                (
                    "withdrawn_for",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel_organisation.staffprofile",
                        verbose_name="manager who withdrew",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="course_catalogue.coursesession",
                    ),
                ),
            ],
            options={
                "verbose_name": "booking",
                "verbose_name_plural": "bookings",
                "ordering": ["session_id", "-priority", "joined_at", "pk"],
                "default_permissions": ("view",),
                "indexes": [
                    models.Index(fields=["session", "state"], name="course_catalogue_by_session"),
                    models.Index(fields=["person", "state"], name="course_catalogue_by_person"),
                    models.Index(
                        condition=models.Q(("answer_by__isnull", False)),
                        fields=["answer_by"],
                        name="course_catalogue_to_answer",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("requested", "offered", "booked", "waiting"))),
                        fields=("session", "person"),
                        name="course_catalogue_booked_once",
                        violation_error_message="This person is booked or waiting for this session already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer_by__isnull", False), ("state__in", ["requested", "offered"])),
                            models.Q(
                                models.Q(("state__in", ["requested", "offered"]), _negated=True),
                                ("answer_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="course_catalogue_answer_awaited",
                        violation_error_message="A held place or an offer has a moment until which it is answered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", True),
                                ("state__in", ("requested", "offered", "booked", "waiting")),
                            ),
                            models.Q(
                                models.Q(
                                    ("state__in", ("requested", "offered", "booked", "waiting")),
                                    _negated=True,
                                ),
                                ("ended_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="course_catalogue_ended_has_moment",
                        violation_error_message="A booking that ended has the moment of its end.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fee__isnull", True), ("fee__gte", 0), _connector="OR"),
                            models.Q(("late_charge__isnull", True), ("late_charge__gte", 0), _connector="OR"),
                        ),
                        name="course_catalogue_amounts_not_negative",
                        violation_error_message="An amount is never negative.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cancelled_by", "diverted"), _negated=True),
                            models.Q(("diverted_by", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="course_catalogue_diverted_by_somebody",
                        violation_error_message="Say who asked for the other task.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), _negated=True),
                            models.Q(("rebook_due__isnull", False), models.Q(("reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="course_catalogue_withdrawn_says_why",
                        violation_error_message="A withdrawal has its ground and the day by which a new place is due.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("in_place_of__isnull", True),
                            models.Q(("in_place_of", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="course_catalogue_not_for_oneself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CourseSource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("title", models.CharField(max_length=250, verbose_name="source")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("research", "Research"),
                            ("review", "Lessons of a case review"),
                            ("law", "Law or statutory guidance"),
                            ("guidance", "Guidance of a professional body"),
                            ("local", "Local audit or data"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("dated_on", models.DateField(verbose_name="published or last checked")),
                ("address", models.URLField(blank=True, max_length=500, verbose_name="web address")),
                (
                    "course",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sources",
                        to="course_catalogue.coursepage",
                    ),
                ),
            ],
            options={
                "verbose_name": "source",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Framework",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                (
                    "edition",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1950)],
                        verbose_name="edition, year",
                    ),
                ),
            ],
            options={
                "verbose_name": "framework",
                "verbose_name_plural": "frameworks",
                "ordering": ["name", "-edition"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("name", "edition"),
                        name="course_catalogue_edition_once",
                        violation_error_message="This edition is listed already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HeldPlaces",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("size", models.PositiveIntegerField(verbose_name="places")),
                ("release_at", models.DateTimeField(verbose_name="given back")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel_organisation.agency",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="held",
                        to="course_catalogue.coursesession",
                    ),
                ),
            ],
            options={
                "verbose_name": "places held",
                "ordering": ["session_id", "pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("session", "agency"),
                        name="course_catalogue_held_once",
                        violation_error_message="Places are held for this agency already: change their number.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Interest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "since",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="since"
                    ),
                ),
                ("told_at", models.DateTimeField(editable=False, null=True, verbose_name="told")),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="withdrawn")),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interests",
                        to="course_catalogue.coursepage",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interests",
                        to="kernel_organisation.staffprofile",
                    ),
                ),
                (
                    "told_of",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="course_catalogue.coursesession",
                    ),
                ),
            ],
            options={
                "verbose_name": "interest in a course",
                "ordering": ["since", "pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("told_at__isnull", True), ("withdrawn_at__isnull", True)),
                        fields=("course", "person"),
                        name="course_catalogue_interest_once",
                        violation_error_message="You asked to be told already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("told_at__isnull", True), ("told_of__isnull", True)),
                            models.Q(
                                ("told_at__isnull", False),
                                ("told_of__isnull", False),
                                ("withdrawn_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="course_catalogue_interest_ends_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invoice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(unique=True, verbose_name="number")),
                (
                    "kind",
                    models.CharField(
                        choices=[("invoice", "invoice"), ("credit note", "credit note")],
                        max_length=15,
                        verbose_name="kind",
                    ),
                ),
                ("agency_name", models.CharField(max_length=200, verbose_name="to")),
                ("from_name", models.CharField(max_length=200, verbose_name="from")),
                ("period_from", models.DateField(verbose_name="first day")),
                ("period_to", models.DateField(verbose_name="last day")),
                ("total", models.DecimalField(decimal_places=2, max_digits=10, verbose_name="total")),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                ("made_by_name", models.CharField(max_length=255, verbose_name="made by")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invoices",
                        to="kernel_organisation.agency",
                        verbose_name="agency",
                    ),
                ),
            ],
            options={
                "verbose_name": "invoice",
                "verbose_name_plural": "invoices",
                "ordering": ["-number"],
                "default_permissions": ("view",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("period_to__gte", models.F("period_from"))),
                        name="course_catalogue_invoice_period",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "invoice"), ("total__gt", 0)),
                            models.Q(("kind", "credit note"), ("total__lt", 0)),
                            _connector="OR",
                        ),
                        name="course_catalogue_invoice_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Joining",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("email", models.EmailField(max_length=254, verbose_name="work e-mail address")),
                ("work", models.CharField(blank=True, max_length=200, verbose_name="what you do there")),
                ("invited_by_name", models.CharField(blank=True, max_length=255, verbose_name="invited by")),
                ("network", models.CharField(blank=True, editable=False, max_length=64)),
                ("secret", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "secret_until",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="link works until"
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="asked at")),
                (
                    "confirmed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="address confirmed"),
                ),
                ("granted", models.BooleanField(blank=True, null=True, verbose_name="granted")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided at")),
                ("decided_by_name", models.CharField(blank=True, max_length=255, verbose_name="decided by")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="why not")),
                ("joined_at", models.DateTimeField(blank=True, null=True, verbose_name="login opened")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel_organisation.agency",
                        verbose_name="agency",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel_organisation.staffprofile",
                    ),
                ),
            ],
            options={
                "verbose_name": "way in for a partner",
                "verbose_name_plural": "ways in for partners",
                "ordering": ["asked_at", "pk"],
                "default_permissions": ("view",),
                "indexes": [models.Index(fields=["network", "asked_at"], name="course_catalogue_join_brake")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("secret", ""), _negated=True),
                        fields=("secret",),
                        name="course_catalogue_joining_one_link",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("granted__isnull", True)),
                            models.Q(("decided_at__isnull", False), ("granted__isnull", False)),
                            _connector="OR",
                        ),
                        name="course_catalogue_joining_decided_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("joined_at__isnull", True),
                            models.Q(
                                ("confirmed_at__isnull", False), ("granted", True), ("person__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="course_catalogue_joined_when_granted",
                        violation_error_message="A login is opened for whom it was granted, at a confirmed address.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("granted__isnull", True),
                            ("granted", True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="course_catalogue_joining_refused_says_why",
                        violation_error_message="Say why not.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("fee", "place"),
                            ("late", "cancelled late"),
                            ("absent", "did not attend"),
                            ("extra", "extra cost"),
                            ("waiver", "waived"),
                            ("reversal", "taken back"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("turn", models.PositiveSmallIntegerField(default=0, verbose_name="turn")),
                ("amount", models.DecimalField(decimal_places=2, max_digits=9, verbose_name="amount")),
                ("words", models.CharField(max_length=500, verbose_name="for what")),
                ("at", models.DateTimeField(verbose_name="at")),
                ("by_name", models.CharField(max_length=255, verbose_name="by")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ledger",
                        to="kernel_organisation.agency",
                        verbose_name="agency",
                    ),
                ),
                (
                    "booking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ledger",
                        to="course_catalogue.booking",
                        verbose_name="booking",
                    ),
                ),
                (
                    "reverses",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="course_catalogue.ledgerentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "charge",
                "verbose_name_plural": "charges",
                "ordering": ["at", "pk"],
                "default_permissions": ("view",),
                "indexes": [models.Index(fields=["agency", "at"], name="course_catalogue_owed")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind__in", ("fee", "late", "absent"))),
                        fields=("booking", "kind", "turn"),
                        name="course_catalogue_charged_once",
                        violation_error_message="This is charged already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "reversal")),
                        fields=("reverses",),
                        name="course_catalogue_reversed_once",
                        violation_error_message="This line was taken back already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "waiver")),
                        fields=("reverses",),
                        name="course_catalogue_waived_once",
                        violation_error_message="This line was waived already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("amount__gt", 0),
                                ("kind__in", ("fee", "late", "absent", "extra")),
                                ("reverses__isnull", True),
                            ),
                            models.Q(("amount__lt", 0), ("kind", "waiver"), ("reverses__isnull", False)),
                            models.Q(
                                ("kind", "reversal"),
                                ("reverses__isnull", False),
                                models.Q(("amount", 0), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="course_catalogue_sign_of_kind",
                        violation_error_message="A charge adds, a waiver takes off, a reversal names its line.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reverses__isnull", True),
                            models.Q(("reverses", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="course_catalogue_reverses_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InvoiceLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "invoice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="course_catalogue.invoice",
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="line",
                        to="course_catalogue.ledgerentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of an invoice",
                "ordering": ["invoice_id", "entry_id"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Level",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)], verbose_name="level"
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=200, verbose_name="whom it is for")),
                (
                    "framework",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="levels",
                        to="course_catalogue.framework",
                        verbose_name="framework",
                    ),
                ),
            ],
            options={
                "verbose_name": "level",
                "verbose_name_plural": "levels",
                "ordering": ["number", "-framework__edition", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("framework", "number"),
                        name="course_catalogue_level_once",
                        violation_error_message="This edition has a level of this number already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="course_catalogue_level_from_1"
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="coursepage",
            name="level",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="courses",
                to="course_catalogue.level",
                verbose_name="level",
            ),
        ),
        migrations.CreateModel(
            name="MailRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("joining", "joining instructions"),
                            ("reminder", "reminder"),
                            ("materials", "materials"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                (
                    "days_before",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MaxValueValidator(90)],
                        verbose_name="days before the first day",
                    ),
                ),
                ("words", models.TextField(max_length=4000, verbose_name="words")),
                ("links", models.JSONField(blank=True, default=list, verbose_name="links")),
                ("active", models.BooleanField(default=True, editable=False, verbose_name="in use")),
                (
                    "course",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mail_rules",
                        to="course_catalogue.coursepage",
                        verbose_name="course",
                    ),
                ),
            ],
            options={
                "verbose_name": "rule for mails before a session",
                "ordering": ["course_id", "kind", "-days_before", "pk"],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("days_before__lte", 90)),
                        name="course_catalogue_mail_days",
                        violation_error_message="At most 90 days before.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CourseMethod",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "minutes",
                    models.PositiveIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)], verbose_name="minutes"
                    ),
                ),
                (
                    "course",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="methods",
                        to="course_catalogue.coursepage",
                    ),
                ),
                (
                    "method",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="course_catalogue.method",
                        verbose_name="method",
                    ),
                ),
            ],
            options={
                "verbose_name": "method of a course",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("course", "method"),
                        name="course_catalogue_method_once",
                        violation_error_message="This method is listed already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gte", 1)), name="course_catalogue_method_minutes"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OpportunityKind",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=40, unique=True, verbose_name="address")),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                ("place", models.PositiveSmallIntegerField(default=100, verbose_name="place in the list")),
                ("active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "first_level",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="from level"),
                ),
                (
                    "last_level",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="to level"),
                ),
                ("event", models.BooleanField(default=False, verbose_name="event")),
            ],
            options={
                "verbose_name": "kind of opportunity",
                "verbose_name_plural": "kinds of opportunities",
                "ordering": ["place", "name"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("first_level__isnull", True), ("last_level__isnull", True)),
                            models.Q(("first_level__gte", 1), ("last_level__gte", models.F("first_level"))),
                            _connector="OR",
                        ),
                        name="course_catalogue_kind_levels",
                        violation_error_message="Give the first and the last level, or neither.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="coursepage",
            name="kind",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="courses",
                to="course_catalogue.opportunitykind",
                verbose_name="kind",
            ),
        ),
        migrations.CreateModel(
            name="AgencyClass",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_on", models.DateField(verbose_name="first day")),
                (
                    "until_on",
                    models.DateField(
                        blank=True, help_text="The last day still counts.", null=True, verbose_name="last day"
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="why")),
                ("by_name", models.CharField(max_length=255, verbose_name="said by")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payer_classes",
                        to="kernel_organisation.agency",
                        verbose_name="agency",
                    ),
                ),
                (
                    "payer_class",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agencies",
                        to="course_catalogue.payerclass",
                        verbose_name="class",
                    ),
                ),
            ],
            options={
                "verbose_name": "class of an agency",
                "ordering": ["agency_id", "-from_on"],
                "abstract": False,
                "default_permissions": ("view",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True),
                            ("until_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="course_catalogue_agencyclass_dates",
                        violation_error_message="The last day cannot be before the first day.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlaceLimit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "sector",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("health", "Health"),
                            ("local authority", "Local authority"),
                            ("police", "Police and justice"),
                            ("education", "Education and early years"),
                            ("voluntary", "Voluntary and community"),
                            ("private", "Private"),
                        ],
                        max_length=20,
                        verbose_name="sector",
                    ),
                ),
                ("size", models.PositiveIntegerField(verbose_name="at most")),
                (
                    "agency",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel_organisation.agency",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="limits",
                        to="course_catalogue.coursesession",
                    ),
                ),
                (
                    "staff_group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel_organisation.staffgroup",
                    ),
                ),
            ],
            options={
                "verbose_name": "limit of places",
                "ordering": ["session_id", "pk"],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("agency__isnull", False), ("sector", ""), ("staff_group__isnull", True)
                            ),
                            models.Q(
                                ("agency__isnull", True),
                                ("staff_group__isnull", True),
                                models.Q(("sector", ""), _negated=True),
                            ),
                            models.Q(
                                ("agency__isnull", True), ("sector", ""), ("staff_group__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="course_catalogue_limit_of_one",
                        violation_error_message="A limit is for one agency, one sector or one staff group.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlatformUpload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uploaded_on", models.DateField(verbose_name="uploaded on")),
                ("last_mark", models.PositiveBigIntegerField(verbose_name="newest mark in it")),
                ("by_name", models.CharField(max_length=255, verbose_name="confirmed by")),
                ("at", models.DateTimeField(verbose_name="confirmed at")),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uploads",
                        to="course_catalogue.coursesession",
                    ),
                ),
            ],
            options={
                "verbose_name": "upload to the learning platform",
                "verbose_name_plural": "uploads to the learning platform",
                "ordering": ["session_id", "pk"],
                "default_permissions": ("view",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("session", "last_mark"),
                        name="course_catalogue_uploaded_once",
                        violation_error_message="The upload of this register is confirmed already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Price",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("place", "for the place"),
                            ("late", "for cancelling late"),
                            ("absent", "for not coming"),
                        ],
                        max_length=10,
                        verbose_name="for what",
                    ),
                ),
                (
                    "length",
                    models.CharField(
                        choices=[
                            ("half", "half day"),
                            ("full", "full day"),
                            ("several", "several days, all together"),
                        ],
                        max_length=10,
                        verbose_name="length",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=8,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="amount",
                    ),
                ),
                (
                    "payer_class",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="course_catalogue.payerclass",
                        verbose_name="class",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prices",
                        to="course_catalogue.chargepolicy",
                    ),
                ),
            ],
            options={
                "verbose_name": "amount of a charging policy",
                "ordering": ["policy_id", "kind", "payer_class_id", "pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("payer_class__isnull", False)),
                        fields=("policy", "kind", "payer_class", "length"),
                        name="course_catalogue_price_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("payer_class__isnull", True)),
                        fields=("policy", "kind", "length"),
                        name="course_catalogue_price_for_all_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0)),
                        name="course_catalogue_price_not_negative",
                        violation_error_message="An amount is never negative.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="coursepage",
            name="priorities",
            field=modelcluster.fields.ParentalManyToManyField(
                blank=True,
                related_name="courses",
                to="course_catalogue.priority",
                verbose_name="priorities that it serves",
            ),
        ),
        migrations.CreateModel(
            name="Programme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "first_year",
                    models.PositiveSmallIntegerField(unique=True, verbose_name="year in which it begins"),
                ),
                ("review_due", models.DateField(verbose_name="review due")),
                ("words", models.TextField(blank=True, verbose_name="what it is for")),
            ],
            options={
                "verbose_name": "programme",
                "verbose_name_plural": "programmes",
                "ordering": ["-first_year"],
                "default_permissions": ("view",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("first_year__gte", 2000), ("first_year__lte", 2200)),
                        name="course_catalogue_programme_year",
                        violation_error_message="A programme begins between 2000 and 2200.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgrammeCourse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("begins_on", models.DateField(editable=False, verbose_name="programme begins")),
                ("added_on", models.DateField(verbose_name="added")),
                ("added_by_name", models.CharField(max_length=255, verbose_name="added by")),
                ("emerging_need", models.BooleanField(default=False, verbose_name="emerging need")),
                (
                    "cost",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=9, null=True, verbose_name="cost"
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="which need, and why now")),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="programmes",
                        to="course_catalogue.coursepage",
                    ),
                ),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="course_catalogue.programme",
                    ),
                ),
            ],
            options={
                "verbose_name": "course of a programme",
                "ordering": ["programme_id", "course__title", "pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("programme", "course"),
                        name="course_catalogue_programmed_once",
                        violation_error_message="This course is on the programme of that year already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("added_on__lte", models.F("begins_on")), ("emerging_need", True), _connector="OR"
                        ),
                        name="course_catalogue_added_with_need",
                        violation_error_message="A course that is added after 1 April meets an emerging need.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("emerging_need", False),
                            models.Q(
                                ("cost__gte", 0),
                                ("cost__isnull", False),
                                models.Q(("words", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="course_catalogue_need_with_cost",
                        violation_error_message="An emerging need has a cost and words.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProgrammeReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("held_on", models.DateField(verbose_name="held")),
                ("due", models.DateField(verbose_name="was due")),
                ("findings", models.TextField(verbose_name="what it found")),
                ("by_name", models.CharField(max_length=255, verbose_name="recorded by")),
                ("at", models.DateTimeField(verbose_name="recorded at")),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="course_catalogue.programme",
                    ),
                ),
            ],
            options={
                "verbose_name": "review of a programme",
                "ordering": ["-held_on", "-pk"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Revocation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("by_name", models.CharField(max_length=255, verbose_name="withdrawn by")),
                ("at", models.DateTimeField(verbose_name="withdrawn at")),
                (
                    "certificate",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revocation",
                        to="course_catalogue.certificate",
                    ),
                ),
            ],
            options={
                "verbose_name": "withdrawn certificate",
                "verbose_name_plural": "withdrawn certificates",
                "ordering": ["at", "pk"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="SessionDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="day")),
                ("starts_at", models.DateTimeField(verbose_name="from")),
                ("ends_at", models.DateTimeField(verbose_name="to")),
                (
                    "more_rooms",
                    models.ManyToManyField(
                        blank=True,
                        related_name="more_days",
                        to="course_catalogue.room",
                        verbose_name="further rooms",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="days",
                        to="course_catalogue.room",
                        verbose_name="room",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="days",
                        to="course_catalogue.coursesession",
                    ),
                ),
            ],
            options={
                "verbose_name": "day of a session",
                "ordering": ["session_id", "number"],
                "default_permissions": (),
                "indexes": [models.Index(fields=["starts_at"], name="course_catalogue_by_day")],
                "constraints": [
                    models.UniqueConstraint(fields=("session", "number"), name="course_catalogue_day_once"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="course_catalogue_day_ends_later",
                        violation_error_message="A day ends after it begins.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RegisterClosing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("by_name", models.CharField(max_length=255, verbose_name="closed by")),
                ("at", models.DateTimeField(verbose_name="closed at")),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closings",
                        to="course_catalogue.coursesession",
                    ),
                ),
                (
                    "day",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closings",
                        to="course_catalogue.sessionday",
                    ),
                ),
            ],
            options={
                "verbose_name": "closed register",
                "verbose_name_plural": "closed registers",
                "ordering": ["session_id", "pk"],
                "default_permissions": ("view",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("day__isnull", False)),
                        fields=("day",),
                        name="course_catalogue_day_closed_once",
                        violation_error_message="The register of this day is closed already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("day__isnull", True)),
                        fields=("session",),
                        name="course_catalogue_session_closed_once",
                        violation_error_message="The register of this session is closed already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "mark",
                    models.CharField(
                        choices=[
                            ("attended", "attended"),
                            ("part", "attended in part"),
                            ("did not attend", "did not attend"),
                            ("excused", "excused"),
                        ],
                        max_length=15,
                        verbose_name="mark",
                    ),
                ),
                ("minutes_late", models.PositiveSmallIntegerField(default=0, verbose_name="minutes late")),
                (
                    "minutes_early",
                    models.PositiveSmallIntegerField(default=0, verbose_name="left early, minutes"),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="why it is corrected")),
                ("own", models.BooleanField(default=False, verbose_name="checked in by the person")),
                ("by_name", models.CharField(max_length=255, verbose_name="marked by")),
                ("at", models.DateTimeField(verbose_name="marked at")),
                (
                    "corrects",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="course_catalogue.attendance",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendance",
                        to="kernel_organisation.staffprofile",
                    ),
                ),
                (
                    "booking",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="course_catalogue.booking",
                    ),
                ),
                (
                    "day",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="marks",
                        to="course_catalogue.sessionday",
                    ),
                ),
            ],
            options={
                "verbose_name": "attendance",
                "verbose_name_plural": "attendance",
                "ordering": ["day_id", "person_id", "pk"],
                "default_permissions": ("view",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("corrects__isnull", True)),
                        fields=("day", "person"),
                        name="course_catalogue_marked_once",
                        violation_error_message="This person is marked for this day already: correct the mark.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("corrects__isnull", True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="course_catalogue_correction_says_why",
                        violation_error_message="Say why the mark is corrected.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("corrects__isnull", True),
                            models.Q(("corrects", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="course_catalogue_corrects_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SessionMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(editable=False, unique=True)),
                ("subject", models.CharField(max_length=60, verbose_name="subject")),
                ("words", models.TextField(verbose_name="message")),
                ("people", models.PositiveIntegerField(verbose_name="sent to")),
                ("by_name", models.CharField(max_length=255, verbose_name="written by")),
                ("at", models.DateTimeField(verbose_name="sent at")),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="course_catalogue.coursesession",
                    ),
                ),
            ],
            options={
                "verbose_name": "message to everybody booked",
                "ordering": ["-at", "-pk"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="SkillsNeed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="what would help")),
                ("flagged_by_name", models.CharField(max_length=255, verbose_name="noted by")),
                ("flagged_at", models.DateTimeField(verbose_name="noted")),
                ("ended_by_name", models.CharField(blank=True, max_length=255, verbose_name="ended by")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="skills_needs",
                        to="kernel_organisation.staffprofile",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "need of IT skills",
                "verbose_name_plural": "needs of IT skills",
                "ordering": ["flagged_at", "pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("person",),
                        name="course_catalogue_one_open_skills_need",
                        violation_error_message="This is noted already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SkippedWaiting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at")),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                (
                    "booking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="skips",
                        to="course_catalogue.booking",
                    ),
                ),
            ],
            options={
                "verbose_name": "passed over",
                "ordering": ["at", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="coursepage",
            name="subjects",
            field=modelcluster.fields.ParentalManyToManyField(
                blank=True, related_name="courses", to="course_catalogue.subject", verbose_name="subjects"
            ),
        ),
        migrations.CreateModel(
            name="Trainer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("active", models.BooleanField(default=True, verbose_name="in the pool")),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="trainer",
                        to="kernel_organisation.staffprofile",
                        verbose_name="person",
                    ),
                ),
                (
                    "topics",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="course_catalogue.subject", verbose_name="topics"
                    ),
                ),
            ],
            options={
                "verbose_name": "trainer",
                "verbose_name_plural": "trainers",
                "ordering": ["person__name"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Teaching",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "day",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="teaching",
                        to="course_catalogue.sessionday",
                    ),
                ),
                (
                    "trainer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="teaching",
                        to="course_catalogue.trainer",
                    ),
                ),
            ],
            options={
                "verbose_name": "trainer of a day",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("day", "trainer"), name="course_catalogue_teaching_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SpecificationCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("checked_on", models.DateField(verbose_name="checked")),
                ("points", models.JSONField(default=list, verbose_name="points")),
                ("met", models.BooleanField(verbose_name="all points met")),
                ("words", models.TextField(blank=True, verbose_name="notes")),
                ("by_name", models.CharField(max_length=255, verbose_name="checked by")),
                ("at", models.DateTimeField(verbose_name="recorded at")),
                (
                    "trainer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="course_catalogue.trainer",
                    ),
                ),
            ],
            options={
                "verbose_name": "check against the person specification",
                "ordering": ["trainer_id", "-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Observation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("observed_on", models.DateField(verbose_name="observed")),
                ("observer", models.CharField(max_length=255, verbose_name="observed by")),
                ("findings", models.TextField(verbose_name="findings")),
                ("development", models.TextField(blank=True, verbose_name="development notes")),
                ("by_name", models.CharField(max_length=255, verbose_name="recorded by")),
                ("at", models.DateTimeField(verbose_name="recorded at")),
                (
                    "day",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="course_catalogue.sessionday",
                    ),
                ),
                (
                    "trainer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="observations",
                        to="course_catalogue.trainer",
                    ),
                ),
            ],
            options={
                "verbose_name": "observation of a trainer",
                "ordering": ["trainer_id", "-observed_on", "-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="TrainerDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("given_on", models.DateField(verbose_name="given")),
                ("days", models.DecimalField(decimal_places=2, max_digits=4, verbose_name="days")),
                (
                    "free_places",
                    models.DecimalField(
                        decimal_places=1, default=0, max_digits=6, verbose_name="free places earned"
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300, verbose_name="for what")),
                ("by_name", models.CharField(max_length=255, verbose_name="recorded by")),
                ("at", models.DateTimeField(verbose_name="recorded at")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel_organisation.agency",
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="course_catalogue.trainerday",
                    ),
                ),
                (
                    "day",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="course_catalogue.sessionday",
                    ),
                ),
                (
                    "trainer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="given",
                        to="course_catalogue.trainer",
                    ),
                ),
            ],
            options={
                "verbose_name": "day given to the training pool",
                "ordering": ["-given_on", "-pk"],
                "default_permissions": ("view",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("corrects__isnull", True), ("day__isnull", False)),
                        fields=("day", "trainer"),
                        name="course_catalogue_day_given_once",
                        violation_error_message="This day is in the ledger already: correct it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("days__gte", 0), ("days__lte", 31), ("free_places__gte", 0)),
                        name="course_catalogue_given_days",
                        violation_error_message="Days given lie between 0 and 31.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("corrects__isnull", True), ("day__isnull", False)),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="course_catalogue_given_says_why",
                        violation_error_message="Say what the days were given for, or why they are corrected.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("corrects__isnull", True),
                            models.Q(("corrects", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="course_catalogue_given_corrects_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TrainerEligibility",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_on", models.DateField(verbose_name="first day")),
                (
                    "until_on",
                    models.DateField(
                        blank=True, help_text="The last day still counts.", null=True, verbose_name="last day"
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("own role", "safeguarding trainer of their own organisation"),
                            ("trained", "completed a course for trainers"),
                        ],
                        max_length=20,
                        verbose_name="ground",
                    ),
                ),
                ("evidence", models.CharField(max_length=300, verbose_name="where it is seen")),
                ("by_name", models.CharField(max_length=255, verbose_name="recorded by")),
                (
                    "trainer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grounds",
                        to="course_catalogue.trainer",
                    ),
                ),
            ],
            options={
                "verbose_name": "eligibility of a trainer",
                "ordering": ["trainer_id", "-from_on", "-pk"],
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True),
                            ("until_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="course_catalogue_trainereligibility_dates",
                        violation_error_message="The last day cannot be before the first day.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TrainingSettings",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "open_to_visitors",
                    models.BooleanField(
                        default=False,
                        help_text="On: who is not signed in reads courses and dates that are open to partners.",
                        verbose_name="the shared offer is open to everybody",
                    ),
                ),
                (
                    "source_age_months",
                    models.PositiveSmallIntegerField(
                        default=36,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="sources are old after, months",
                    ),
                ),
                (
                    "site",
                    models.OneToOneField(
                        editable=False, on_delete=django.db.models.deletion.CASCADE, to="wagtailcore.site"
                    ),
                ),
            ],
            options={
                "verbose_name": "training",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("source_age_months__gte", 1)), name="course_catalogue_source_age"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Tried",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("door", models.CharField(max_length=20, verbose_name="door")),
                ("who", models.CharField(max_length=64, verbose_name="who")),
                ("at", models.DateTimeField(verbose_name="at")),
            ],
            options={
                "verbose_name": "wrong code",
                "verbose_name_plural": "wrong codes",
                "ordering": ["pk"],
                "default_permissions": (),
                "indexes": [models.Index(fields=["door", "who", "at"], name="course_catalogue_tries")],
            },
        ),
        migrations.CreateModel(
            name="Unavailability",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_on", models.DateField(verbose_name="first day")),
                (
                    "until_on",
                    models.DateField(
                        blank=True, help_text="The last day still counts.", null=True, verbose_name="last day"
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=200, verbose_name="note")),
                (
                    "trainer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="unavailable",
                        to="course_catalogue.trainer",
                    ),
                ),
            ],
            options={
                "verbose_name": "days that cannot be taught",
                "ordering": ["trainer_id", "from_on", "pk"],
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True),
                            ("until_on__gte", models.F("from_on")),
                            _connector="OR",
                        ),
                        name="course_catalogue_unavailability_dates",
                        violation_error_message="The last day cannot be before the first day.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="room",
            name="venue",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="rooms",
                to="course_catalogue.venue",
                verbose_name="venue",
            ),
        ),
        migrations.CreateModel(
            name="WaiverGround",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.CharField(max_length=200, verbose_name="ground")),
                ("needs_evidence", models.BooleanField(default=True, verbose_name="needs evidence")),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grounds",
                        to="course_catalogue.chargepolicy",
                    ),
                ),
            ],
            options={
                "verbose_name": "ground for a waiver",
                "ordering": ["policy_id", "pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("policy", "words"), name="course_catalogue_ground_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Waiver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.TextField(max_length=2000, verbose_name="what happened")),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        max_length=200,
                        upload_to=course_catalogue.models.ledger.evidence_path,
                        verbose_name="file",
                    ),
                ),
                ("file_name", models.CharField(blank=True, max_length=255, verbose_name="name of the file")),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="digest of the file")),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="address of the evidence")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "waits for a decision"),
                            ("granted", "waived"),
                            ("refused", "not waived"),
                            ("over", "no longer needed: the charge was taken back"),
                        ],
                        default="asked",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("asked_by_id", models.PositiveBigIntegerField(verbose_name="asked by, number")),
                ("asked_by_name", models.CharField(max_length=255, verbose_name="asked by")),
                ("asked_at", models.DateTimeField(verbose_name="asked at")),
                (
                    "decided_by_id",
                    models.PositiveBigIntegerField(null=True, verbose_name="decided by, number"),
                ),
                ("decided_by_name", models.CharField(blank=True, max_length=255, verbose_name="decided by")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                ("answer", models.TextField(blank=True, max_length=2000, verbose_name="why")),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waivers",
                        to="course_catalogue.ledgerentry",
                        verbose_name="charge",
                    ),
                ),
                (
                    "ground",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="course_catalogue.waiverground",
                        verbose_name="ground",
                    ),
                ),
            ],
            options={
                "verbose_name": "waiver",
                "verbose_name_plural": "waivers",
                "ordering": ["asked_at", "pk"],
                "default_permissions": ("view",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("entry",),
                        name="course_catalogue_waiver_asked_once",
                        violation_error_message="A waiver of this charge is asked for already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by_id__isnull", True),
                            models.Q(("decided_by_id", models.F("asked_by_id")), _negated=True),
                            _connector="OR",
                        ),
                        name="course_catalogue_waiver_four_eyes",
                        violation_error_message="Who asks for a waiver does not decide it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("decided_by_id__isnull", True),
                                ("state", "asked"),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by_id__isnull", True),
                                ("state", "over"),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by_id__isnull", False),
                                ("state__in", ["granted", "refused"]),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="course_catalogue_waiver_decided",
                        violation_error_message="A decision names who decided, when and why.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("secret", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "made_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="made"
                    ),
                ),
                (
                    "agency",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="kernel_organisation.agency",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_feeds",
                        to="kernel_organisation.staffprofile",
                    ),
                ),
            ],
            options={
                "verbose_name": "calendar address",
                "verbose_name_plural": "calendar addresses",
                "ordering": ["pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("agency__isnull", True)),
                        fields=("person",),
                        name="course_catalogue_own_feed_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("agency__isnull", False)),
                        fields=("person", "agency"),
                        name="course_catalogue_agency_feed_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChargeTier",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(366),
                        ],
                        verbose_name="told later than",
                    ),
                ),
                (
                    "percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="percent",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=8,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="amount",
                    ),
                ),
                (
                    "policy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tiers",
                        to="course_catalogue.chargepolicy",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of a charge",
                "ordering": ["policy_id", "-number"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("policy", "number"),
                        name="course_catalogue_tier_once",
                        violation_error_message="There is a step of this number already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("amount__gte", 0), ("amount__isnull", False), ("percent__isnull", True)
                            ),
                            models.Q(
                                ("amount__isnull", True),
                                ("percent__gte", 0),
                                ("percent__isnull", False),
                                ("percent__lte", 100),
                            ),
                            _connector="OR",
                        ),
                        name="course_catalogue_tier_percent_or_amount",
                        violation_error_message="A step has a percentage or an amount.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CourseOutcome",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("words", models.CharField(max_length=300, verbose_name="by the end people can")),
                (
                    "assess_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="assessed after, months",
                    ),
                ),
                (
                    "refresh_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="refreshed after, months",
                    ),
                ),
                (
                    "course",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outcomes",
                        to="course_catalogue.coursepage",
                    ),
                ),
            ],
            options={
                "verbose_name": "outcome",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("assess_months__isnull", True), ("assess_months__gte", 1), _connector="OR"
                            ),
                            models.Q(
                                ("refresh_months__isnull", True), ("refresh_months__gte", 1), _connector="OR"
                            ),
                        ),
                        name="course_catalogue_outcome_months",
                        violation_error_message="A number of months is 1 or more.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CourseApproval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("revision_id_copy", models.PositiveBigIntegerField(verbose_name="revision")),
                ("text_sha256", models.CharField(max_length=64, verbose_name="digest of the text")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("subject-expert", "subject expert"),
                            ("education-officer", "education officer"),
                        ],
                        max_length=20,
                        verbose_name="as",
                    ),
                ),
                ("agreed", models.BooleanField(verbose_name="approved")),
                ("words", models.TextField(blank=True, verbose_name="reason")),
                ("completes", models.BooleanField(default=False, verbose_name="went live with it")),
                ("by_id_copy", models.PositiveBigIntegerField(verbose_name="login")),
                ("by_name", models.CharField(max_length=255, verbose_name="by")),
                ("at", models.DateTimeField(verbose_name="at")),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approvals",
                        to="course_catalogue.coursepage",
                    ),
                ),
            ],
            options={
                "verbose_name": "approval of a course",
                "verbose_name_plural": "approvals of courses",
                "ordering": ["course_id", "pk"],
                "default_permissions": ("view",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("agreed", True)),
                        fields=("course", "revision_id_copy", "role"),
                        name="course_catalogue_approved_once",
                        violation_error_message="This text is approved in this role already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("agreed", True)),
                        fields=("course", "revision_id_copy", "by_id_copy"),
                        name="course_catalogue_two_approvers",
                        violation_error_message="The subject expert and education are two different people.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agreed", True),
                            models.Q(models.Q(("words", ""), _negated=True), ("completes", False)),
                            _connector="OR",
                        ),
                        name="course_catalogue_refusal_says_why",
                        violation_error_message="Say what has to change.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Clearance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=40, verbose_name="source")),
                ("given", models.BooleanField(default=False, verbose_name="given")),
                ("words", models.CharField(max_length=300, verbose_name="in words")),
                ("valid_until", models.DateField(null=True, verbose_name="last day")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clearances",
                        to="course_catalogue.coursepage",
                    ),
                ),
            ],
            options={
                "verbose_name": "clearance",
                "default_permissions": ("view",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("course", "source"), name="course_catalogue_one_clearance"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CoursePrerequisite",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "manager_may_confirm",
                    models.BooleanField(
                        default=True,
                        help_text="Then a booking without attendance needs the manager's word that the knowledge is there.",
                        verbose_name="the manager may confirm it",
                    ),
                ),
                (
                    "course",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="prerequisites",
                        to="course_catalogue.coursepage",
                    ),
                ),
                (
                    "needs",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="needed_by",
                        to="course_catalogue.coursepage",
                        verbose_name="course first",
                    ),
                ),
            ],
            options={
                "verbose_name": "course needed first",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("course", "needs"),
                        name="course_catalogue_prerequisite_once",
                        violation_error_message="This course is named already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("course", models.F("needs")), _negated=True),
                        name="course_catalogue_prerequisite_another",
                        violation_error_message="A course is not needed before itself.",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="coursepage",
            constraint=models.CheckConstraint(
                condition=models.Q(("cost__isnull", True), ("cost__gte", 0), _connector="OR"),
                name="course_catalogue_cost_not_negative",
                violation_error_message="A cost is never negative.",
            ),
        ),
        migrations.AddConstraint(
            model_name="coursepage",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes__gte", 1)), name="course_catalogue_some_minutes"
            ),
        ),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.UniqueConstraint(
                fields=("venue", "name"),
                name="course_catalogue_room_once",
                violation_error_message="This venue has a room of this name already.",
            ),
        ),
    ]
