import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0003_keys_and_places_as_long_as_plan_files_allow"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ActionSignOff",
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
                        choices=[("signed", "Signed off"), ("reopened", "Reopened")], max_length=20
                    ),
                ),
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
                ("words", models.TextField(blank=True, max_length=4000)),
                ("at", models.DateTimeField()),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sign_offs",
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
                    "last_change",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.stagechange",
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("action", "number"), name="action_sign_off_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="action_sign_off_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("act__in", ["signed", "reopened"])),
                        name="action_sign_off_known_act",
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
                        name="action_sign_off_known_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("act", "signed"),
                                ("fingerprint__gt", ""),
                                ("last_change__isnull", False),
                            ),
                            models.Q(
                                ("act", "reopened"),
                                ("fingerprint", ""),
                                ("last_change", None),
                                ("words__gt", ""),
                            ),
                            _connector="OR",
                        ),
                        name="action_sign_off_signed_or_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignatureRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="plans.stagechange",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("proposal", "by"), name="signature_request_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SignatureSheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fingerprint", models.CharField(max_length=64)),
                ("content", models.JSONField()),
                ("at", models.DateTimeField()),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signature_sheets",
                        to="plans.action",
                    ),
                ),
                (
                    "milestone",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signature_sheets",
                        to="plans.milestone",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signature_sheets",
                        to="plans.plan",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "fingerprint"), name="sheet_fingerprint_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("action", None), ("milestone__isnull", False)),
                            models.Q(("action__isnull", False), ("milestone", None)),
                            _connector="OR",
                        ),
                        name="sheet_of_milestone_or_action",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            django.db.models.functions.text.Length("fingerprint"), 64
                        ),
                        name="sheet_has_fingerprint",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SheetReading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="plans.signaturesheet",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("sheet", "by"), name="sheet_reading_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=150)),
                (
                    "media_type",
                    models.CharField(
                        choices=[
                            ("application/pdf", "PDF"),
                            (
                                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                                "Word document",
                            ),
                            (
                                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                                "Excel spreadsheet",
                            ),
                            (
                                "application/vnd.openxmlformats-officedocument.presentationml.presentation",
                                "PowerPoint slides",
                            ),
                            ("application/vnd.oasis.opendocument.text", "OpenDocument text"),
                            (
                                "application/vnd.oasis.opendocument.spreadsheet",
                                "OpenDocument spreadsheet",
                            ),
                            ("image/png", "PNG picture"),
                            ("image/jpeg", "JPEG picture"),
                            ("text/plain", "Text"),
                            ("text/csv", "CSV table"),
                        ],
                        max_length=100,
                    ),
                ),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(db_index=True, max_length=64)),
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
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="plans.plan",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "media_type__in",
                                [
                                    "application/pdf",
                                    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                                    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
                                    "application/vnd.oasis.opendocument.text",
                                    "application/vnd.oasis.opendocument.spreadsheet",
                                    "image/png",
                                    "image/jpeg",
                                    "text/plain",
                                    "text/csv",
                                ],
                            )
                        ),
                        name="file_known_type",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gte", 1), ("size__lte", 20971520)),
                        name="file_size_in_bounds",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name__gt", "")), name="file_has_name"
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            django.db.models.functions.text.Length("sha256"), 64
                        ),
                        name="file_has_digest",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
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
                            ("data", "Data"),
                            ("audit", "Audit"),
                            ("survey", "Survey"),
                            ("case_study", "Case study"),
                            ("feedback", "Parent carer or young people’s feedback"),
                            ("complaints", "Complaints and compliments"),
                            ("document", "Document"),
                        ],
                        max_length=20,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("dated_on", models.DateField()),
                ("what_it_shows", models.TextField(max_length=1000)),
                ("link", models.URLField(blank=True, max_length=500)),
                ("is_shareable", models.BooleanField(default=False)),
                ("added_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.TextField(blank=True, max_length=1000)),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="plans.action",
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "milestone",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="plans.milestone",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="plans.storedfile",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "evidence",
                "ordering": ["added_at", "pk"],
                "indexes": [
                    models.Index(
                        fields=["milestone", "withdrawn_at"], name="evidence_of_milestone"
                    ),
                    models.Index(fields=["action", "withdrawn_at"], name="evidence_of_action"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "data",
                                    "audit",
                                    "survey",
                                    "case_study",
                                    "feedback",
                                    "complaints",
                                    "document",
                                ],
                            )
                        ),
                        name="evidence_known_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title__gt", ""), ("what_it_shows__gt", "")),
                        name="evidence_has_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("file__isnull", False), ("link", "")),
                            models.Q(("file", None), ("link__gt", "")),
                            _connector="OR",
                        ),
                        name="evidence_link_or_file",
                        violation_error_message="Give a link or a file, not both.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("withdrawn_at", None),
                                ("withdrawn_by", None),
                                ("withdrawn_reason", ""),
                            ),
                            models.Q(
                                ("withdrawn_at__isnull", False),
                                ("withdrawn_by__isnull", False),
                                ("withdrawn_reason__gt", ""),
                            ),
                            _connector="OR",
                        ),
                        name="evidence_withdrawn_by_and_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalEvidence",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("data", "Data"),
                            ("audit", "Audit"),
                            ("survey", "Survey"),
                            ("case_study", "Case study"),
                            ("feedback", "Parent carer or young people’s feedback"),
                            ("complaints", "Complaints and compliments"),
                            ("document", "Document"),
                        ],
                        max_length=20,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("dated_on", models.DateField()),
                ("what_it_shows", models.TextField(max_length=1000)),
                ("link", models.URLField(blank=True, max_length=500)),
                ("is_shareable", models.BooleanField(default=False)),
                ("added_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.TextField(blank=True, max_length=1000)),
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
                    "added_by",
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
                    "withdrawn_by",
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
                    "file",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="plans.storedfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical evidence",
                "verbose_name_plural": "historical evidence",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.RemoveConstraint(
            model_name="stagechange",
            name="stage_change_known_act",
        ),
        migrations.AddField(
            model_name="stagechange",
            name="role",
            field=models.CharField(
                blank=True,
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
        migrations.AlterField(
            model_name="stagechange",
            name="act",
            field=models.CharField(
                choices=[
                    ("proposed", "Proposed complete"),
                    ("signed_off", "Signed off"),
                    ("returned", "Returned"),
                    ("taken_back", "Taken back"),
                    ("reopened", "Reopened"),
                    ("withdrawn", "Withdrawn"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="stagechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "act__in",
                        [
                            "proposed",
                            "signed_off",
                            "returned",
                            "taken_back",
                            "reopened",
                            "withdrawn",
                        ],
                    )
                ),
                name="stage_change_known_act",
            ),
        ),
    ]
