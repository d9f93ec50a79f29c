from decimal import Decimal

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_history_of_people_and_cancelled_roles"),
        ("accounts", "__first__"),
        ("plans", "0009_reopened_months"),
    ]

    operations = [
        migrations.CreateModel(
            name="FigureSource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("mapping", models.JSONField(blank=True, default=dict)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figure_sources",
                        to="plans.plan",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "name"), name="figure_source_name_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="figure_source_has_name",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FigureImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("mapping", models.JSONField(blank=True, default=dict)),
                ("counts", models.JSONField(blank=True, default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("read", "Read, not stored"),
                            ("stored", "Stored"),
                            ("reversed", "Taken back"),
                        ],
                        default="read",
                        max_length=20,
                    ),
                ),
                ("read_at", models.DateTimeField()),
                ("stored_at", models.DateTimeField(blank=True, null=True)),
                ("reversed_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.TextField(blank=True, max_length=4000)),
                (
                    "read_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reversed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imports",
                        to="kpis.figuresource",
                    ),
                ),
            ],
            options={
                "ordering": ["-read_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["read", "stored", "reversed"])),
                        name="figure_import_known_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reversed_at", None), ("state", "read"), ("stored_at", None)),
                            models.Q(
                                ("reversed_at", None),
                                ("state", "stored"),
                                ("stored_at__isnull", False),
                            ),
                            models.Q(
                                ("reversed_at__isnull", False),
                                ("reversed_by__isnull", False),
                                ("state", "reversed"),
                                ("stored_at__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="figure_import_moments_of_its_state",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FigureTable",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("cells", models.JSONField(default=list)),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="table",
                        to="kpis.figureimport",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HistoricalFigureImport",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("file_name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("mapping", models.JSONField(blank=True, default=dict)),
                ("counts", models.JSONField(blank=True, default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("read", "Read, not stored"),
                            ("stored", "Stored"),
                            ("reversed", "Taken back"),
                        ],
                        default="read",
                        max_length=20,
                    ),
                ),
                ("read_at", models.DateTimeField()),
                ("stored_at", models.DateTimeField(blank=True, null=True)),
                ("reversed_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.TextField(blank=True, max_length=4000)),
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
                    "read_by",
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
                    "reversed_by",
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
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="kpis.figuresource",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical figure import",
                "verbose_name_plural": "historical figure imports",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalFigureSource",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("mapping", models.JSONField(blank=True, default=dict)),
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
                "verbose_name": "historical figure source",
                "verbose_name_plural": "historical figure sources",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalIndicator",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=100)),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("unit", models.CharField(blank=True, max_length=50)),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("up", "Higher is better"),
                            ("down", "Lower is better"),
                            ("none", "Neither way is better"),
                        ],
                        default="none",
                        max_length=10,
                    ),
                ),
                ("baseline_text", models.TextField(blank=True)),
                (
                    "baseline_low",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True),
                ),
                (
                    "baseline_high",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True),
                ),
                ("baseline_period", models.CharField(blank=True, max_length=100)),
                ("target_text", models.TextField(blank=True)),
                (
                    "target_low",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True),
                ),
                (
                    "target_high",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True),
                ),
                ("target_arithmetic", models.CharField(blank=True, max_length=100)),
                ("target_due_on", models.DateField(blank=True, null=True)),
                ("target_due_text", models.CharField(blank=True, max_length=300)),
                ("target_from", models.DateField(blank=True, null=True)),
                ("target_to", models.DateField(blank=True, null=True)),
                ("standard_text", models.TextField(blank=True)),
                (
                    "standard_value",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True),
                ),
                ("standard_source", models.CharField(blank=True, max_length=300)),
                ("topics", models.JSONField(blank=True, default=list)),
                ("quotes", models.JSONField(blank=True, default=list)),
                ("note", models.TextField(blank=True)),
                ("plain_words", models.CharField(blank=True, max_length=200)),
                (
                    "tolerance",
                    models.DecimalField(decimal_places=2, default=Decimal(10), max_digits=5),
                ),
                ("trajectory", models.JSONField(blank=True, default=list)),
                (
                    "plausible_low",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True),
                ),
                (
                    "plausible_high",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True),
                ),
                ("outcomes", models.JSONField(blank=True, default=list)),
                ("companion_reason", models.CharField(blank=True, max_length=300)),
                ("for_families", models.BooleanField(default=False)),
                ("for_public", models.BooleanField(default=False)),
                ("suppress_below", models.PositiveSmallIntegerField(default=5)),
                ("spc_shift", models.PositiveSmallIntegerField(default=7)),
                ("spc_trend", models.PositiveSmallIntegerField(default=7)),
                ("spc_minimum", models.PositiveSmallIntegerField(default=13)),
                ("spc_baseline", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("spc_screen", models.BooleanField(default=False)),
                ("version", models.PositiveIntegerField(default=0)),
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
                        to="accounts.post",
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
                "verbose_name": "historical indicator",
                "verbose_name_plural": "historical indicators",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=100)),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("unit", models.CharField(blank=True, max_length=50)),
                (
                    "direction",
                    models.CharField(
                        choices=[
                            ("up", "Higher is better"),
                            ("down", "Lower is better"),
                            ("none", "Neither way is better"),
                        ],
                        default="none",
                        max_length=10,
                    ),
                ),
                ("baseline_text", models.TextField(blank=True)),
                (
                    "baseline_low",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True),
                ),
                (
                    "baseline_high",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True),
                ),
                ("baseline_period", models.CharField(blank=True, max_length=100)),
                ("target_text", models.TextField(blank=True)),
                (
                    "target_low",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True),
                ),
                (
                    "target_high",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True),
                ),
                ("target_arithmetic", models.CharField(blank=True, max_length=100)),
                ("target_due_on", models.DateField(blank=True, null=True)),
                ("target_due_text", models.CharField(blank=True, max_length=300)),
                ("target_from", models.DateField(blank=True, null=True)),
                ("target_to", models.DateField(blank=True, null=True)),
                ("standard_text", models.TextField(blank=True)),
                (
                    "standard_value",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True),
                ),
                ("standard_source", models.CharField(blank=True, max_length=300)),
                ("topics", models.JSONField(blank=True, default=list)),
                ("quotes", models.JSONField(blank=True, default=list)),
                ("note", models.TextField(blank=True)),
                ("plain_words", models.CharField(blank=True, max_length=200)),
                (
                    "tolerance",
                    models.DecimalField(decimal_places=2, default=Decimal(10), max_digits=5),
                ),
                ("trajectory", models.JSONField(blank=True, default=list)),
                (
                    "plausible_low",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True),
                ),
                (
                    "plausible_high",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True),
                ),
                ("outcomes", models.JSONField(blank=True, default=list)),
                ("companion_reason", models.CharField(blank=True, max_length=300)),
                ("for_families", models.BooleanField(default=False)),
                ("for_public", models.BooleanField(default=False)),
                ("suppress_below", models.PositiveSmallIntegerField(default=5)),
                ("spc_shift", models.PositiveSmallIntegerField(default=7)),
                ("spc_trend", models.PositiveSmallIntegerField(default=7)),
                ("spc_minimum", models.PositiveSmallIntegerField(default=13)),
                ("spc_baseline", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("spc_screen", models.BooleanField(default=False)),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "actions",
                    models.ManyToManyField(
                        blank=True, related_name="indicators", to="plans.action"
                    ),
                ),
                ("companions", models.ManyToManyField(blank=True, to="kpis.indicator")),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="indicators",
                        to="accounts.post",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="indicators",
                        to="plans.plan",
                    ),
                ),
                (
                    "workstream",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="indicators",
                        to="plans.workstream",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "key"), name="indicator_key_once"),
                    models.CheckConstraint(
                        condition=models.Q(("direction__in", ["up", "down", "none"])),
                        name="indicator_known_direction",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("baseline_high", None), ("baseline_low", None)),
                            ("baseline_high__gte", models.F("baseline_low")),
                            _connector="OR",
                        ),
                        name="indicator_baseline_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("target_high", None), ("target_low", None)),
                            ("target_high__gte", models.F("target_low")),
                            _connector="OR",
                        ),
                        name="indicator_target_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("target_due_on", None),
                            models.Q(("target_from", None), ("target_to", None)),
                            _connector="OR",
                        ),
                        name="indicator_day_or_window",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("standard_value", None),
                            models.Q(
                                models.Q(("standard_text", ""), _negated=True),
                                models.Q(("standard_source", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="indicator_standard_has_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tolerance__gte", 0), ("tolerance__lte", 100)),
                        name="indicator_tolerance_share",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("spc_minimum__gte", 8),
                            ("spc_shift__in", [6, 7]),
                            ("spc_trend__in", [6, 7]),
                        ),
                        name="indicator_limits_by_known_rules",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("for_families", True), ("for_public", False), _connector="OR"
                        ),
                        name="indicator_public_only_with_families",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalStepChange",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("starts_on", models.DateField()),
                ("reason", models.TextField(max_length=4000)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                        ],
                        default="proposed",
                        max_length=20,
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                ("decision", models.TextField(blank=True, max_length=4000)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
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
                    "decided_by",
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
                    "proposed_by",
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
                    "indicator",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="kpis.indicator",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical step change",
                "verbose_name_plural": "historical step changes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ComparatorFigure",
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
                            ("england", "England"),
                            ("region", "Region"),
                            ("neighbours", "Statistical neighbours"),
                        ],
                        max_length=20,
                    ),
                ),
                ("place", models.CharField(max_length=100)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("number", models.PositiveIntegerField()),
                ("value", models.DecimalField(decimal_places=6, max_digits=18)),
                ("source", models.CharField(max_length=300)),
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
                    "imported_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comparators",
                        to="kpis.figureimport",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comparators",
                        to="kpis.indicator",
                    ),
                ),
            ],
            options={
                "ordering": ["kind", "ends_on", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("indicator", "kind", "place", "starts_on", "ends_on", "number"),
                        name="comparator_number_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["england", "region", "neighbours"])),
                        name="comparator_known_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="comparator_period_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("place", ""), _negated=True),
                            models.Q(("source", ""), _negated=True),
                        ),
                        name="comparator_has_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IndicatorDefinition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("counting_rule", models.TextField(max_length=4000)),
                ("source", models.CharField(max_length=300)),
                (
                    "period_kind",
                    models.CharField(
                        choices=[
                            ("month", "Month"),
                            ("quarter", "Quarter"),
                            ("year", "Year"),
                            ("rolling", "Rolling twelve months"),
                            ("year_to_date", "Year to date"),
                            ("point", "On a day"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("monthly", "Every month"),
                            ("quarterly", "Every quarter"),
                            ("yearly", "Every year"),
                        ],
                        max_length=20,
                    ),
                ),
                ("numerator", models.CharField(blank=True, max_length=100)),
                ("denominator", models.CharField(blank=True, max_length=100)),
                ("starts_on", models.DateField()),
                ("reason", models.TextField(max_length=4000)),
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
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="definitions",
                        to="kpis.indicator",
                    ),
                ),
            ],
            options={
                "ordering": ["-version"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("indicator", "version"),
                        name="definition_version_once",
                        violation_error_message="Someone else changed the definition at the same time.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("frequency__in", ["monthly", "quarterly", "yearly"]),
                            (
                                "period_kind__in",
                                ["month", "quarter", "year", "rolling", "year_to_date", "point"],
                            ),
                        ),
                        name="definition_known_kinds",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("counting_rule", ""), _negated=True),
                            models.Q(("source", ""), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                        ),
                        name="definition_has_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("denominator", ""), ("numerator", "")),
                            models.Q(
                                models.Q(("numerator", ""), _negated=True),
                                models.Q(("denominator", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="definition_both_parts_or_none",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Measurement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("number", models.PositiveIntegerField()),
                (
                    "presence",
                    models.CharField(
                        choices=[
                            ("given", "Given"),
                            ("missing", "Missing"),
                            ("suppressed", "Suppressed (c)"),
                            ("low", "Low: rounds to zero and is not zero"),
                            ("not_applicable", "Not applicable (z)"),
                        ],
                        default="given",
                        max_length=20,
                    ),
                ),
                (
                    "value",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True),
                ),
                (
                    "numerator",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True),
                ),
                (
                    "denominator",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=18, null=True),
                ),
                (
                    "certainty",
                    models.CharField(
                        choices=[("provisional", "Provisional"), ("final", "Final")],
                        default="provisional",
                        max_length=20,
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=4000)),
                ("source", models.CharField(blank=True, max_length=300)),
                ("reason", models.TextField(blank=True, max_length=4000)),
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
                    "imported_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measurements",
                        to="kpis.figureimport",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measurements",
                        to="kpis.indicator",
                    ),
                ),
            ],
            options={
                "ordering": ["ends_on", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("indicator", "starts_on", "ends_on", "number"),
                        name="measurement_number_once",
                        violation_error_message="Someone else entered this figure at the same time.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="measurement_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="measurement_period_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("certainty__in", ["provisional", "final"]),
                            (
                                "presence__in",
                                ["given", "missing", "suppressed", "low", "not_applicable"],
                            ),
                        ),
                        name="measurement_known_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("denominator", None), ("numerator", None)),
                            models.Q(
                                ("denominator__isnull", False),
                                ("numerator__isnull", False),
                                ("value", None),
                            ),
                            _connector="OR",
                        ),
                        name="measurement_value_or_parts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("denominator", None), ("denominator__gt", 0), _connector="OR"
                        ),
                        name="measurement_whole_above_zero",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("presence", "given"),
                                models.Q(
                                    ("value__isnull", False),
                                    ("numerator__isnull", False),
                                    _connector="OR",
                                ),
                            ),
                            models.Q(
                                models.Q(("presence", "given"), _negated=True),
                                ("numerator", None),
                                ("value", None),
                            ),
                            _connector="OR",
                        ),
                        name="measurement_figure_where_given",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number", 1), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="measurement_correction_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StepChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("starts_on", models.DateField()),
                ("reason", models.TextField(max_length=4000)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("approved", "Approved"),
                            ("refused", "Refused"),
                        ],
                        default="proposed",
                        max_length=20,
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                ("decision", models.TextField(blank=True, max_length=4000)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="step_changes",
                        to="kpis.indicator",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["starts_on", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("indicator", "number"), name="step_number_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "refused"), _negated=True),
                        fields=("indicator", "starts_on"),
                        name="step_once_per_period",
                        violation_error_message="A step change from this period is proposed already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["proposed", "approved", "refused"])),
                        name="step_known_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="step_has_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at", None), ("decided_by", None), ("state", "proposed")
                            ),
                            models.Q(
                                models.Q(("state", "proposed"), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                models.Q(("decision", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="step_decided_by_at_and_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="step_not_decided_by_proposer",
                        violation_error_message="Nobody decides their own proposal.",
                    ),
                ],
            },
        ),
    ]
