import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("governance", "0012_audits"),
        ("plans", "0010_exceptions_and_date_requests"),
    ]

    operations = [
        migrations.CreateModel(
            name="FeedbackItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("theme", models.CharField(max_length=100)),
                ("source", models.CharField(max_length=200)),
                ("said_on", models.DateField()),
                ("said", models.TextField(max_length=2000)),
                ("will_do", models.TextField(blank=True, max_length=2000)),
                ("done", models.TextField(blank=True, max_length=2000)),
                ("difference", models.TextField(blank=True, max_length=2000)),
                ("linked", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("approved", "Approved"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=20,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("changed_at", models.DateTimeField()),
                ("withdrawn_reason", models.CharField(blank=True, max_length=500)),
                (
                    "actions",
                    models.ManyToManyField(blank=True, related_name="feedback", to="plans.action"),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="feedback",
                        to="plans.plan",
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "number"), name="feedback_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="feedback_counted_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "approved", "published", "withdrawn"])
                        ),
                        name="feedback_known_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("said__gt", ""), ("source__gt", ""), ("theme__gt", "")),
                        name="feedback_has_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at", None), ("approved_by", None)),
                            models.Q(
                                ("approved_at__isnull", False), ("approved_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="feedback_approved_by_and_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_by", None), ("state", "draft")),
                            models.Q(
                                ("approved_by__isnull", False),
                                ("state__in", ["approved", "published"]),
                            ),
                            ("state", "withdrawn"),
                            _connector="OR",
                        ),
                        name="feedback_approved_unless_draft",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["approved", "published"]), _negated=True),
                            ("will_do__gt", ""),
                            _connector="OR",
                        ),
                        name="feedback_approved_with_answer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), ("withdrawn_reason__gt", "")),
                            models.Q(
                                models.Q(("state", "withdrawn"), _negated=True),
                                ("withdrawn_reason", ""),
                            ),
                            _connector="OR",
                        ),
                        name="feedback_withdrawn_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FeedbackPublication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("quarter", models.DateField()),
                ("theme", models.CharField(max_length=100)),
                ("source", models.CharField(max_length=200)),
                ("said_on", models.DateField()),
                ("said", models.TextField()),
                ("will_do", models.TextField()),
                ("done", models.TextField(blank=True)),
                ("difference", models.TextField(blank=True)),
                ("actions", models.JSONField(blank=True, default=list)),
                ("at", models.DateTimeField()),
                (
                    "approved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="governance.feedbackitem",
                    ),
                ),
            ],
            options={
                "ordering": ["-quarter", "theme", "item", "-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("item", "number"), name="feedback_publication_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)),
                        name="feedback_publication_counted_from_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("quarter__day", 1), ("quarter__month__in", [1, 4, 7, 10])
                        ),
                        name="feedback_publication_of_a_quarter",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("said__gt", ""),
                            ("source__gt", ""),
                            ("theme__gt", ""),
                            ("will_do__gt", ""),
                        ),
                        name="feedback_publication_has_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalFeedbackItem",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("theme", models.CharField(max_length=100)),
                ("source", models.CharField(max_length=200)),
                ("said_on", models.DateField()),
                ("said", models.TextField(max_length=2000)),
                ("will_do", models.TextField(blank=True, max_length=2000)),
                ("done", models.TextField(blank=True, max_length=2000)),
                ("difference", models.TextField(blank=True, max_length=2000)),
                ("linked", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("approved", "Approved"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=20,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("changed_at", models.DateTimeField()),
                ("withdrawn_reason", models.CharField(blank=True, max_length=500)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="plans.plan",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical feedback item",
                "verbose_name_plural": "historical feedback items",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
