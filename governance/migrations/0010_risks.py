import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_deputies_of_leads"),
        ("accounts", "__first__"),
        ("governance", "0009_decisions_and_log_actions"),
        ("kpis", "0001_measures_and_figures"),
        ("plans", "0010_exceptions_and_date_requests"),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalRisk",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=20)),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("workstream", "Workstream"),
                            ("board", "Board"),
                            ("executive", "Executive"),
                        ],
                        max_length=20,
                    ),
                ),
                ("event", models.CharField(max_length=300)),
                ("cause", models.TextField(max_length=2000)),
                ("effect", models.TextField(max_length=2000)),
                ("controls", models.TextField(blank=True, max_length=2000)),
                ("gaps", models.TextField(blank=True, max_length=2000)),
                (
                    "inherent_likelihood",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Rare"),
                            (2, "Unlikely"),
                            (3, "Possible"),
                            (4, "Likely"),
                            (5, "Almost certain"),
                        ]
                    ),
                ),
                (
                    "inherent_impact",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Insignificant"),
                            (2, "Minor"),
                            (3, "Moderate"),
                            (4, "Major"),
                            (5, "Catastrophic"),
                        ]
                    ),
                ),
                (
                    "target_likelihood",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Rare"),
                            (2, "Unlikely"),
                            (3, "Possible"),
                            (4, "Likely"),
                            (5, "Almost certain"),
                        ]
                    ),
                ),
                (
                    "target_impact",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Insignificant"),
                            (2, "Minor"),
                            (3, "Moderate"),
                            (4, "Major"),
                            (5, "Catastrophic"),
                        ]
                    ),
                ),
                ("seen_by", models.CharField(blank=True, max_length=200)),
                ("links", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("closed", "Closed")],
                        default="open",
                        max_length=20,
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_reason", models.TextField(blank=True, max_length=1000)),
                ("version", models.PositiveIntegerField(default=1)),
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
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
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
                (
                    "workstream",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="plans.workstream",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical risk",
                "verbose_name_plural": "historical risks",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Risk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=20)),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("workstream", "Workstream"),
                            ("board", "Board"),
                            ("executive", "Executive"),
                        ],
                        max_length=20,
                    ),
                ),
                ("event", models.CharField(max_length=300)),
                ("cause", models.TextField(max_length=2000)),
                ("effect", models.TextField(max_length=2000)),
                ("controls", models.TextField(blank=True, max_length=2000)),
                ("gaps", models.TextField(blank=True, max_length=2000)),
                (
                    "inherent_likelihood",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Rare"),
                            (2, "Unlikely"),
                            (3, "Possible"),
                            (4, "Likely"),
                            (5, "Almost certain"),
                        ]
                    ),
                ),
                (
                    "inherent_impact",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Insignificant"),
                            (2, "Minor"),
                            (3, "Moderate"),
                            (4, "Major"),
                            (5, "Catastrophic"),
                        ]
                    ),
                ),
                (
                    "target_likelihood",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Rare"),
                            (2, "Unlikely"),
                            (3, "Possible"),
                            (4, "Likely"),
                            (5, "Almost certain"),
                        ]
                    ),
                ),
                (
                    "target_impact",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Insignificant"),
                            (2, "Minor"),
                            (3, "Moderate"),
                            (4, "Major"),
                            (5, "Catastrophic"),
                        ]
                    ),
                ),
                ("seen_by", models.CharField(blank=True, max_length=200)),
                ("links", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("closed", "Closed")],
                        default="open",
                        max_length=20,
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("closed_reason", models.TextField(blank=True, max_length=1000)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "actions",
                    models.ManyToManyField(blank=True, related_name="risks", to="plans.action"),
                ),
                (
                    "indicators",
                    models.ManyToManyField(blank=True, related_name="risks", to="kpis.indicator"),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="risks_owned",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="risks",
                        to="plans.plan",
                    ),
                ),
                (
                    "workstream",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="risks",
                        to="plans.workstream",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["plan", "state"], name="risk_by_plan_and_state")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "key"),
                        name="risk_key_once",
                        violation_error_message="The plan has a risk of that number already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("level__in", ["workstream", "board", "executive"]),
                            ("state__in", ["open", "closed"]),
                        ),
                        name="risk_known_level_and_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cause__gt", ""),
                            ("effect__gt", ""),
                            ("event__gt", ""),
                            ("key__gt", ""),
                        ),
                        name="risk_has_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("inherent_impact__range", (1, 5)),
                            ("inherent_likelihood__range", (1, 5)),
                            ("target_impact__range", (1, 5)),
                            ("target_likelihood__range", (1, 5)),
                        ),
                        name="risk_scores_in_matrix",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("level", "workstream"), _negated=True),
                            ("workstream__isnull", False),
                            _connector="OR",
                        ),
                        name="risk_of_workstream_names_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("closed_reason", ""), ("state", "open")),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("closed_reason__gt", ""),
                                ("state", "closed"),
                            ),
                            _connector="OR",
                        ),
                        name="risk_closed_when_and_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mitigation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("text", models.TextField(max_length=2000)),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("done", "Done"), ("withdrawn", "Withdrawn")],
                        default="open",
                        max_length=20,
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_words", models.TextField(blank=True, max_length=1000)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mitigations_owned",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "risk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mitigations",
                        to="governance.risk",
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("risk", "number"), name="mitigation_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "done", "withdrawn"])),
                        name="mitigation_known_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1), ("text__gt", "")),
                        name="mitigation_has_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_words", ""), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("ended_at__isnull", False),
                                ("ended_words__gt", ""),
                            ),
                            _connector="OR",
                        ),
                        name="mitigation_ended_when_and_how",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalMitigation",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("text", models.TextField(max_length=2000)),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("done", "Done"), ("withdrawn", "Withdrawn")],
                        default="open",
                        max_length=20,
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_words", models.TextField(blank=True, max_length=1000)),
                ("version", models.PositiveIntegerField(default=1)),
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
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
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
                    "risk",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="governance.risk",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical mitigation",
                "verbose_name_plural": "historical mitigations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="RiskBands",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("from_on", models.DateField()),
                ("first_name", models.CharField(max_length=30)),
                ("second_name", models.CharField(max_length=30)),
                ("second_from", models.PositiveSmallIntegerField()),
                ("third_name", models.CharField(max_length=30)),
                ("third_from", models.PositiveSmallIntegerField()),
                ("fourth_name", models.CharField(blank=True, max_length=30)),
                ("fourth_from", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("reason", models.TextField(max_length=1000)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="risk_bands",
                        to="accounts.partnership",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "risk bands",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("partnership", "number"), name="risk_bands_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="risk_bands_counted_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_name__gt", ""),
                            ("reason__gt", ""),
                            ("second_name__gt", ""),
                            ("third_name__gt", ""),
                        ),
                        name="risk_bands_have_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("second_from__gte", 2),
                            ("third_from__gt", models.F("second_from")),
                            ("third_from__lte", 25),
                        ),
                        name="risk_bands_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fourth_from", None), ("fourth_name", "")),
                            models.Q(
                                ("fourth_from__gt", models.F("third_from")),
                                ("fourth_from__lte", 25),
                                ("fourth_name__gt", ""),
                            ),
                            _connector="OR",
                        ),
                        name="risk_bands_fourth_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RiskMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "from_level",
                    models.CharField(
                        choices=[
                            ("workstream", "Workstream"),
                            ("board", "Board"),
                            ("executive", "Executive"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "to_level",
                    models.CharField(
                        choices=[
                            ("workstream", "Workstream"),
                            ("board", "Board"),
                            ("executive", "Executive"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField(max_length=1000)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "risk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="governance.risk",
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("risk", "number"), name="risk_move_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="risk_move_counted_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_level__in", ["workstream", "board", "executive"]),
                            ("to_level__in", ["workstream", "board", "executive"]),
                            models.Q(("to_level", models.F("from_level")), _negated=True),
                        ),
                        name="risk_move_between_levels",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason__gt", "")), name="risk_move_has_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RiskReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "likelihood",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Rare"),
                            (2, "Unlikely"),
                            (3, "Possible"),
                            (4, "Likely"),
                            (5, "Almost certain"),
                        ]
                    ),
                ),
                (
                    "impact",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Insignificant"),
                            (2, "Minor"),
                            (3, "Moderate"),
                            (4, "Major"),
                            (5, "Catastrophic"),
                        ]
                    ),
                ),
                ("words", models.TextField(max_length=2000)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.reportingperiod",
                    ),
                ),
                (
                    "risk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="governance.risk",
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("risk", "number"), name="risk_review_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="risk_review_counted_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("impact__range", (1, 5)), ("likelihood__range", (1, 5))
                        ),
                        name="risk_review_in_matrix",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words__gt", "")), name="risk_review_has_words"
                    ),
                ],
            },
        ),
    ]
