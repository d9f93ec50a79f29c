import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("governance", "0008_meetings"),
        ("kpis", "0001_measures_and_figures"),
        ("plans", "0010_exceptions_and_date_requests"),
    ]

    operations = [
        migrations.CreateModel(
            name="DecisionRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("question", models.CharField(max_length=200)),
                ("background", models.TextField(max_length=4000)),
                ("wanted_by", models.DateField(blank=True, null=True)),
                ("asked_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Waits for a decision"),
                            ("decided", "Decided"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="open",
                        max_length=20,
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.TextField(blank=True, max_length=4000)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision_requests",
                        to="governance.group",
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "-pk"],
                "indexes": [
                    models.Index(fields=["group", "state"], name="decision_request_by_state")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("group", "number"), name="decision_request_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)),
                        name="decision_request_counted_from_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("background__gt", ""), ("question__gt", "")),
                        name="decision_request_has_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at", None),
                                ("ended_by", None),
                                ("state", "open"),
                                ("withdrawn_reason", ""),
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                ("state", "decided"),
                                ("withdrawn_reason", ""),
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                ("state", "withdrawn"),
                                ("withdrawn_reason__gt", ""),
                            ),
                            _connector="OR",
                        ),
                        name="decision_request_ended_by_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "decided"), _negated=True),
                            models.Q(("ended_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="decision_request_not_decided_by_asker",
                        violation_error_message="Nobody decides what they asked for.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("reason_for_change", models.TextField(blank=True, max_length=4000)),
                ("title", models.CharField(max_length=200)),
                ("decided", models.TextField(max_length=4000)),
                ("reasons", models.TextField(max_length=4000)),
                ("internal_note", models.TextField(blank=True, max_length=4000)),
                ("taken_on", models.DateField()),
                ("effective_on", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="governance.group",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="governance.meeting",
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="governance.decision",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "request",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="governance.decisionrequest",
                    ),
                ),
            ],
            options={
                "ordering": ["-taken_on", "-at", "-pk"],
                "indexes": [models.Index(fields=["group", "taken_on"], name="decision_by_group")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("group", "number"), name="decision_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="decision_counted_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided__gt", ""), ("reasons__gt", ""), ("title__gt", "")
                        ),
                        name="decision_has_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("effective_on__gte", models.F("taken_on"))),
                        name="decision_effective_once_taken",
                        violation_error_message="It cannot take effect before it was taken.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason_for_change", ""), ("supersedes", None)),
                            models.Q(("reason_for_change__gt", ""), ("supersedes__isnull", False)),
                            _connector="OR",
                        ),
                        name="decision_supersedes_with_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalDecisionRequest",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("question", models.CharField(max_length=200)),
                ("background", models.TextField(max_length=4000)),
                ("wanted_by", models.DateField(blank=True, null=True)),
                ("asked_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Waits for a decision"),
                            ("decided", "Decided"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="open",
                        max_length=20,
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.TextField(blank=True, max_length=4000)),
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
                    "asked_by",
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
                    "ended_by",
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
                    "group",
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
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical decision request",
                "verbose_name_plural": "historical decision requests",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalLogAction",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("task", models.CharField(max_length=500)),
                ("due_on", models.DateField()),
                ("raised_at", models.DateTimeField()),
                ("closing_note", models.TextField(blank=True, max_length=4000)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
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
                    "closed_by",
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
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="governance.decision",
                    ),
                ),
                (
                    "group",
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
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="governance.meeting",
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
                    "raised_by",
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
                "verbose_name": "historical log action",
                "verbose_name_plural": "historical log actions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="LogAction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("task", models.CharField(max_length=500)),
                ("due_on", models.DateField()),
                ("raised_at", models.DateTimeField()),
                ("closing_note", models.TextField(blank=True, max_length=4000)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="log_actions",
                        to="governance.decision",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="log_actions",
                        to="governance.group",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="log_actions",
                        to="governance.meeting",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="log_actions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "pk"],
                "indexes": [
                    models.Index(fields=["group", "closed_at"], name="log_action_by_group"),
                    models.Index(fields=["owner", "closed_at"], name="log_action_by_owner"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("group", "number"), name="log_action_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="log_action_counted_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="log_action_version_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("task__gt", "")), name="log_action_has_task"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("closed_at", None), ("closed_by", None), ("closing_note", "")
                            ),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("closed_by__isnull", False),
                                ("closing_note__gt", ""),
                            ),
                            _connector="OR",
                        ),
                        name="log_action_closed_with_note",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LogActionNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("words", models.TextField(max_length=4000)),
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
                    "log_action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="governance.logaction",
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("log_action", "number"), name="log_note_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="log_note_counted_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words__gt", "")), name="log_note_has_words"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Prompt",
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
                            ("indicator", "A measure"),
                            ("milestone", "A milestone"),
                            ("exception", "An exception report"),
                            ("date_request", "A request for a new date"),
                        ],
                        max_length=20,
                    ),
                ),
                ("what_it_showed", models.TextField(blank=True, max_length=4000)),
                (
                    "date_request",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prompts",
                        to="plans.datechangerequest",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prompts",
                        to="governance.decision",
                    ),
                ),
                (
                    "exception_report",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prompts",
                        to="plans.exceptionreport",
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prompts",
                        to="kpis.indicator",
                    ),
                ),
                (
                    "log_action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prompts",
                        to="governance.logaction",
                    ),
                ),
                (
                    "milestone",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prompts",
                        to="plans.milestone",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prompts",
                        to="governance.decisionrequest",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decision__isnull", True),
                                ("log_action__isnull", True),
                                ("request__isnull", False),
                            ),
                            models.Q(
                                ("decision__isnull", False),
                                ("log_action__isnull", True),
                                ("request__isnull", True),
                            ),
                            models.Q(
                                ("decision__isnull", True),
                                ("log_action__isnull", False),
                                ("request__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="prompt_of_one_record",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "indicator"),
                                ("date_request__isnull", True),
                                ("exception_report__isnull", True),
                                ("indicator__isnull", False),
                                ("milestone__isnull", True),
                            ),
                            models.Q(
                                ("kind", "milestone"),
                                ("date_request__isnull", True),
                                ("exception_report__isnull", True),
                                ("indicator__isnull", True),
                                ("milestone__isnull", False),
                            ),
                            models.Q(
                                ("kind", "exception"),
                                ("date_request__isnull", True),
                                ("exception_report__isnull", False),
                                ("indicator__isnull", True),
                                ("milestone__isnull", True),
                            ),
                            models.Q(
                                ("kind", "date_request"),
                                ("date_request__isnull", False),
                                ("exception_report__isnull", True),
                                ("indicator__isnull", True),
                                ("milestone__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="prompt_with_target_of_its_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "indicator"), _negated=True),
                            ("what_it_showed__gt", ""),
                            _connector="OR",
                        ),
                        name="prompt_of_measure_says_what_it_showed",
                    ),
                ],
            },
        ),
    ]
