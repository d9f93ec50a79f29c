import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_deputies_of_leads"),
        ("accounts", "__first__"),
        ("governance", "0016_meetings_reopened_minutes"),
        ("jobs", "0002_one_digest_for_everyone"),
        ("plans", "0010_exceptions_and_date_requests"),
    ]

    operations = [
        migrations.CreateModel(
            name="PackRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "edition",
                    models.CharField(
                        choices=[
                            ("board", "Board"),
                            ("executive", "Executive"),
                            ("families", "Families"),
                        ],
                        max_length=20,
                    ),
                ),
                ("revision", models.PositiveSmallIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("snapshotted", "Content fixed"),
                            ("rendered", "To be released"),
                            ("released", "To be issued"),
                            ("issued", "Issued"),
                        ],
                        default="planned",
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField(blank=True, max_length=1000)),
                ("planned_at", models.DateTimeField()),
                ("rendered_at", models.DateTimeField(blank=True, null=True)),
                ("foreword", models.TextField(blank=True, max_length=3000)),
                ("foreword_at", models.DateTimeField(blank=True, null=True)),
                ("order", models.JSONField(blank=True, default=list)),
                ("left_out", models.JSONField(blank=True, default=list)),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                ("returned_reason", models.TextField(blank=True, max_length=1000)),
                ("returned_at", models.DateTimeField(blank=True, null=True)),
                ("issued_at", models.DateTimeField(blank=True, null=True)),
                ("is_taken_over", models.BooleanField(default=False)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "foreword_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pack",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="run",
                        to="governance.boardpack",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pack_runs",
                        to="accounts.partnership",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pack_runs",
                        to="plans.reportingperiod",
                    ),
                ),
                (
                    "planned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "returned_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-period__month", "edition", "-revision"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("partnership", "period", "edition", "revision"),
                        name="pack_run_once",
                        violation_error_message="There is a pack of this revision already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("edition__in", ["board", "executive", "families"]),
                            (
                                "state__in",
                                ["planned", "snapshotted", "rendered", "released", "issued"],
                            ),
                        ),
                        name="pack_run_known_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), ("revision", 1)),
                            ("revision__gt", 1),
                            _connector="OR",
                        ),
                        name="pack_run_counted_from_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("pack__isnull", True), ("state__in", ("planned",))),
                            models.Q(
                                models.Q(("state__in", ("planned",)), _negated=True),
                                ("pack__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="pack_run_read_iff_pack",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("rendered_at__isnull", True),
                                ("state__in", ("planned", "snapshotted")),
                            ),
                            models.Q(
                                models.Q(("state__in", ("planned", "snapshotted")), _negated=True),
                                ("rendered_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="pack_run_laid_out_iff_rendered_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("is_taken_over", True),
                                ("released_at__isnull", True),
                                ("released_by__isnull", True),
                                ("state", "issued"),
                            ),
                            models.Q(
                                ("is_taken_over", False),
                                models.Q(
                                    models.Q(
                                        ("released_at__isnull", False),
                                        ("released_by__isnull", False),
                                        ("state__in", ("released", "issued")),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("state__in", ("released", "issued")), _negated=True
                                        ),
                                        ("released_at__isnull", True),
                                        ("released_by__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="pack_run_released_by_and_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("issued_at__isnull", False), ("state__in", ("issued",))),
                            models.Q(
                                models.Q(("state__in", ("issued",)), _negated=True),
                                ("issued_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="pack_run_issued_iff_issued_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("is_taken_over", True), ("issued_by__isnull", True)),
                            models.Q(
                                ("is_taken_over", False),
                                models.Q(
                                    models.Q(
                                        ("issued_by__isnull", False), ("state__in", ("issued",))
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ("issued",)), _negated=True),
                                        ("issued_by__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="pack_run_issued_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("issued_by__isnull", True),
                            models.Q(
                                models.Q(("issued_by", models.F("released_by")), _negated=True),
                                models.Q(
                                    ("foreword_by__isnull", True),
                                    models.Q(("issued_by", models.F("foreword_by")), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="pack_run_issued_by_another",
                        violation_error_message="Nobody issues what they released or wrote in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("foreword", ""),
                                ("foreword_at__isnull", True),
                                ("foreword_by__isnull", True),
                            ),
                            models.Q(
                                ("foreword__gt", ""),
                                ("foreword_at__isnull", False),
                                ("foreword_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="pack_run_foreword_by_and_at",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("returned_at__isnull", True),
                                ("returned_by__isnull", True),
                                ("returned_reason", ""),
                            ),
                            models.Q(
                                ("returned_at__isnull", False),
                                ("returned_by__isnull", False),
                                ("returned_reason__gt", ""),
                            ),
                            _connector="OR",
                        ),
                        name="pack_run_returned_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalPackRun",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "edition",
                    models.CharField(
                        choices=[
                            ("board", "Board"),
                            ("executive", "Executive"),
                            ("families", "Families"),
                        ],
                        max_length=20,
                    ),
                ),
                ("revision", models.PositiveSmallIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("snapshotted", "Content fixed"),
                            ("rendered", "To be released"),
                            ("released", "To be issued"),
                            ("issued", "Issued"),
                        ],
                        default="planned",
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField(blank=True, max_length=1000)),
                ("planned_at", models.DateTimeField()),
                ("rendered_at", models.DateTimeField(blank=True, null=True)),
                ("foreword", models.TextField(blank=True, max_length=3000)),
                ("foreword_at", models.DateTimeField(blank=True, null=True)),
                ("order", models.JSONField(blank=True, default=list)),
                ("left_out", models.JSONField(blank=True, default=list)),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                ("returned_reason", models.TextField(blank=True, max_length=1000)),
                ("returned_at", models.DateTimeField(blank=True, null=True)),
                ("issued_at", models.DateTimeField(blank=True, null=True)),
                ("is_taken_over", models.BooleanField(default=False)),
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
                    "foreword_by",
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
                    "issued_by",
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
                    "pack",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="governance.boardpack",
                    ),
                ),
                (
                    "partnership",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.partnership",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="plans.reportingperiod",
                    ),
                ),
                (
                    "planned_by",
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
                    "released_by",
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
                    "returned_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical pack run",
                "verbose_name_plural": "historical pack runs",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("planned_at", models.DateTimeField()),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                (
                    "message",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delivery",
                        to="jobs.message",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="governance.packrun",
                    ),
                ),
            ],
            options={
                "ordering": ["person__name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("run", "person"),
                        name="delivery_once_per_person_and_revision",
                        violation_error_message="This person is told of this revision already.",
                    )
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="boardpack",
            name="pack_known_edition",
        ),
        migrations.AlterField(
            model_name="boardpack",
            name="edition",
            field=models.CharField(
                choices=[("board", "Board"), ("executive", "Executive"), ("families", "Families")],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="boardpack",
            constraint=models.CheckConstraint(
                condition=models.Q(("edition__in", ["board", "executive", "families"])),
                name="pack_known_edition",
            ),
        ),
    ]
