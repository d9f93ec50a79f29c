import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_history_of_people_and_cancelled_roles"),
        ("plans", "0006_signatures_have_a_role"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalRecurringCommitment",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=100)),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("quote", models.TextField()),
                ("source", models.CharField(max_length=100)),
                (
                    "stated_frequency",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("weekly", "Every week"),
                            ("three_weekly", "Every three weeks"),
                            ("monthly", "Every month"),
                            ("two_monthly", "Every two months"),
                            ("quarterly", "Every quarter"),
                            ("termly", "Every term"),
                            ("yearly", "Every year, in given months"),
                        ],
                        max_length=20,
                    ),
                ),
                ("stated_months", models.JSONField(blank=True, default=list)),
                ("stated_from", models.DateField(blank=True, null=True)),
                ("stated_to", models.DateField(blank=True, null=True)),
                ("stated_text", models.CharField(blank=True, max_length=300)),
                ("note", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "To confirm"),
                            ("confirmed", "Confirmed"),
                            ("ended", "Ended"),
                        ],
                        default="proposed",
                        max_length=20,
                    ),
                ),
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
                    "action",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="plans.action",
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
                    "milestone",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="plans.milestone",
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
            ],
            options={
                "verbose_name": "historical recurring commitment",
                "verbose_name_plural": "historical recurring commitments",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="ImpactRating",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Too early to say"),
                            (1, "No evidence of a difference"),
                            (2, "Early evidence, not consistent"),
                            (3, "Consistent evidence"),
                            (4, "Sustained"),
                        ]
                    ),
                ),
                ("words", models.TextField(max_length=4000)),
                ("at", models.DateTimeField()),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="impact_ratings",
                        to="plans.action",
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
                    "on_behalf_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="impact_ratings",
                        to="plans.reportingperiod",
                    ),
                ),
                (
                    "review_milestone",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="impact_ratings",
                        to="plans.milestone",
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("action", "number"), name="impact_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="impact_counted_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__in", [0, 1, 2, 3, 4])),
                        name="impact_known_level",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words__gt", "")), name="impact_has_words"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImpactEvidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="impact_ratings",
                        to="plans.evidence",
                    ),
                ),
                (
                    "rating",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rests_on",
                        to="plans.impactrating",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "impact evidence",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("rating", "evidence"), name="impact_evidence_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ImpactDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("confirmed", "Confirmed"),
                            ("returned", "Returned"),
                            ("taken_back", "Taken back"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.TextField(blank=True, max_length=4000)),
                ("fingerprint", models.CharField(blank=True, max_length=64)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("administrator", "Administrator"),
                            ("programme_office", "Programme office"),
                            ("workstream_lead", "Workstream lead"),
                            ("joint_chair", "Joint chair"),
                            ("board_member", "Board member"),
                            ("executive_chair", "Executive chair"),
                            ("executive_member", "Executive member"),
                            ("adviser", "Adviser"),
                            ("parent_carer_representative", "Parent carer representative"),
                        ],
                        max_length=40,
                    ),
                ),
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
                    "rating",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="plans.impactrating",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__in", ["confirmed", "returned", "taken_back"])
                        ),
                        name="impact_decision_known_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome", "confirmed"), ("words__gt", ""), _connector="OR"
                        ),
                        name="impact_decision_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "confirmed"), _negated=True),
                            ("fingerprint__gt", ""),
                            _connector="OR",
                        ),
                        name="impact_decision_confirmed_has_fingerprint",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "administrator",
                                    "programme_office",
                                    "workstream_lead",
                                    "joint_chair",
                                    "board_member",
                                    "executive_chair",
                                    "executive_member",
                                    "adviser",
                                    "parent_carer_representative",
                                ],
                            )
                        ),
                        name="impact_decision_known_role",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecurringCommitment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=100)),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("quote", models.TextField()),
                ("source", models.CharField(max_length=100)),
                (
                    "stated_frequency",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("weekly", "Every week"),
                            ("three_weekly", "Every three weeks"),
                            ("monthly", "Every month"),
                            ("two_monthly", "Every two months"),
                            ("quarterly", "Every quarter"),
                            ("termly", "Every term"),
                            ("yearly", "Every year, in given months"),
                        ],
                        max_length=20,
                    ),
                ),
                ("stated_months", models.JSONField(blank=True, default=list)),
                ("stated_from", models.DateField(blank=True, null=True)),
                ("stated_to", models.DateField(blank=True, null=True)),
                ("stated_text", models.CharField(blank=True, max_length=300)),
                ("note", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "To confirm"),
                            ("confirmed", "Confirmed"),
                            ("ended", "Ended"),
                        ],
                        default="proposed",
                        max_length=20,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="plans.action",
                    ),
                ),
                (
                    "milestone",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="plans.milestone",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="accounts.post",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="plans.plan",
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "indexes": [models.Index(fields=["plan", "state"], name="commitment_by_state")],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "key"), name="commitment_key_once"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["proposed", "confirmed", "ended"])),
                        name="commitment_known_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "stated_frequency__in",
                                [
                                    "",
                                    "weekly",
                                    "three_weekly",
                                    "monthly",
                                    "two_monthly",
                                    "quarterly",
                                    "termly",
                                    "yearly",
                                ],
                            )
                        ),
                        name="commitment_known_frequency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stated_to", None),
                            ("stated_from", None),
                            ("stated_to__gte", models.F("stated_from")),
                            _connector="OR",
                        ),
                        name="commitment_stated_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quote__gt", "")), name="commitment_has_quote"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OccurrenceRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("window_from", models.DateField()),
                ("window_to", models.DateField()),
                ("number", models.PositiveIntegerField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[("done", "Done"), ("missed", "Missed")], max_length=20
                    ),
                ),
                ("done_on", models.DateField(blank=True, null=True)),
                ("note", models.TextField(blank=True, max_length=4000)),
                ("link", models.URLField(blank=True, max_length=500)),
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
                    "evidence",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="occurrences",
                        to="plans.evidence",
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="records",
                        to="plans.recurringcommitment",
                    ),
                ),
            ],
            options={
                "ordering": ["-window_from", "-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("commitment", "window_from", "number"),
                        name="occurrence_number_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="occurrence_counted_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("window_to__gte", models.F("window_from"))),
                        name="occurrence_window_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_on__isnull", False), ("outcome", "done")),
                            models.Q(("done_on", None), ("outcome", "missed")),
                            _connector="OR",
                        ),
                        name="occurrence_done_has_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("note__gt", ""),
                            ("link__gt", ""),
                            ("evidence__isnull", False),
                            _connector="OR",
                        ),
                        name="occurrence_has_note_or_evidence",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CommitmentDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "act",
                    models.CharField(
                        choices=[("confirmed", "Rule confirmed"), ("ended", "Ended")], max_length=20
                    ),
                ),
                (
                    "frequency",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("weekly", "Every week"),
                            ("three_weekly", "Every three weeks"),
                            ("monthly", "Every month"),
                            ("two_monthly", "Every two months"),
                            ("quarterly", "Every quarter"),
                            ("termly", "Every term"),
                            ("yearly", "Every year, in given months"),
                        ],
                        max_length=20,
                    ),
                ),
                ("months", models.JSONField(blank=True, default=list)),
                ("first_on", models.DateField(blank=True, null=True)),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("words", models.TextField(blank=True, max_length=4000)),
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
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="plans.recurringcommitment",
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("commitment", "number"), name="commitment_decision_number_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)),
                        name="commitment_decision_counted_from_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("act", "confirmed"),
                                ("first_on__isnull", False),
                                (
                                    "frequency__in",
                                    [
                                        "weekly",
                                        "three_weekly",
                                        "monthly",
                                        "two_monthly",
                                        "quarterly",
                                        "termly",
                                        "yearly",
                                    ],
                                ),
                                ("owner__isnull", False),
                            ),
                            models.Q(
                                ("act", "ended"),
                                ("ends_on", None),
                                ("first_on", None),
                                ("frequency", ""),
                                ("words__gt", ""),
                            ),
                            _connector="OR",
                        ),
                        name="commitment_decision_rule_or_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gte", models.F("first_on")),
                            _connector="OR",
                        ),
                        name="commitment_decision_in_order",
                    ),
                ],
            },
        ),
    ]
