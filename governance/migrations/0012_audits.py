import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("governance", "0011_barriers"),
        ("plans", "0010_exceptions_and_date_requests"),
    ]

    operations = [
        migrations.CreateModel(
            name="Audit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=20)),
                ("title", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[("audit", "Audit"), ("quality_check", "Quality check")],
                        max_length=20,
                    ),
                ),
                ("focus", models.TextField(max_length=2000)),
                ("auditor", models.CharField(max_length=200)),
                ("is_multi_agency", models.BooleanField(default=False)),
                ("planned_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("done", "Done"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="planned",
                        max_length=20,
                    ),
                ),
                ("done_on", models.DateField(blank=True, null=True)),
                ("summary", models.TextField(blank=True, max_length=2000)),
                ("report_link", models.URLField(blank=True, max_length=500)),
                ("cancelled_reason", models.TextField(blank=True, max_length=2000)),
                ("reported_on", models.DateField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="audits",
                        to="plans.plan",
                    ),
                ),
                (
                    "report_file",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="audit",
                        to="plans.storedfile",
                    ),
                ),
                (
                    "reported_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="audits",
                        to="governance.group",
                    ),
                ),
                (
                    "workstream",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="audits",
                        to="plans.workstream",
                    ),
                ),
            ],
            options={
                "ordering": ["planned_on", "pk"],
                "indexes": [
                    models.Index(fields=["plan", "planned_on"], name="audit_by_plan_and_day")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "key"),
                        name="audit_key_once",
                        violation_error_message="The plan has an audit of that number already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["audit", "quality_check"]),
                            ("state__in", ["planned", "done", "cancelled"]),
                        ),
                        name="audit_known_kind_and_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("auditor__gt", ""),
                            ("focus__gt", ""),
                            ("key__gt", ""),
                            ("title__gt", ""),
                        ),
                        name="audit_has_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("done_on__isnull", False), ("state", "done"), ("summary__gt", "")
                            ),
                            models.Q(
                                models.Q(("state", "done"), _negated=True),
                                ("done_on", None),
                                ("report_file", None),
                                ("report_link", ""),
                                ("summary", ""),
                            ),
                            _connector="OR",
                        ),
                        name="audit_done_when_and_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("report_link", ""), ("report_file", None), _connector="OR"
                        ),
                        name="audit_link_or_file",
                        violation_error_message="Give a link or a file, not both.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cancelled_reason__gt", ""), ("state", "cancelled")),
                            models.Q(
                                models.Q(("state", "cancelled"), _negated=True),
                                ("cancelled_reason", ""),
                            ),
                            _connector="OR",
                        ),
                        name="audit_cancelled_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reported_on", None), ("reported_to", None)),
                            models.Q(
                                ("reported_on__gte", models.F("done_on")),
                                ("reported_to__isnull", False),
                                ("state", "done"),
                            ),
                            _connector="OR",
                        ),
                        name="audit_reported_once_done",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditFinding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("works", "Works well"), ("to_improve", "To put right")],
                        max_length=20,
                    ),
                ),
                ("text", models.TextField(max_length=2000)),
                ("at", models.DateTimeField()),
                (
                    "audit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="governance.audit",
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
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.UniqueConstraint(fields=("audit", "number"), name="finding_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1), ("text__gt", "")),
                        name="finding_has_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["works", "to_improve"])),
                        name="finding_known_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAudit",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=20)),
                ("title", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[("audit", "Audit"), ("quality_check", "Quality check")],
                        max_length=20,
                    ),
                ),
                ("focus", models.TextField(max_length=2000)),
                ("auditor", models.CharField(max_length=200)),
                ("is_multi_agency", models.BooleanField(default=False)),
                ("planned_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("done", "Done"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="planned",
                        max_length=20,
                    ),
                ),
                ("done_on", models.DateField(blank=True, null=True)),
                ("summary", models.TextField(blank=True, max_length=2000)),
                ("report_link", models.URLField(blank=True, max_length=500)),
                ("cancelled_reason", models.TextField(blank=True, max_length=2000)),
                ("reported_on", models.DateField(blank=True, null=True)),
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
                    "report_file",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="plans.storedfile",
                    ),
                ),
                (
                    "reported_to",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="governance.group",
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
                "verbose_name": "historical audit",
                "verbose_name_plural": "historical audits",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
