import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("governance", "0007_reminders_sent_by_hand"),
        ("plans", "0010_exceptions_and_date_requests"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("dashboard", "Dashboard"),
                            ("exceptions", "Exceptions"),
                            ("action_log", "Action log"),
                            ("risks", "Risks"),
                            ("decisions_asked", "Decisions asked for"),
                            ("voice_of_families", "Voice of families"),
                            ("own", "Item of this meeting"),
                        ],
                        default="own",
                        max_length=20,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("presenter", models.CharField(blank=True, max_length=200)),
                ("duration", models.PositiveSmallIntegerField()),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("decision", "For decision"),
                            ("assurance", "For assurance"),
                            ("information", "For information"),
                        ],
                        max_length=20,
                    ),
                ),
                ("is_officers_only", models.BooleanField(default=False)),
                ("minutes_text", models.TextField(blank=True, max_length=4000)),
                ("withdrawn_reason", models.TextField(blank=True, max_length=500)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalCalendarFeed",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(db_index=True, max_length=64)),
                ("made_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
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
                    "person",
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
            ],
            options={
                "verbose_name": "historical calendar feed",
                "verbose_name_plural": "historical calendar feeds",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalMeeting",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("month", models.DateField(blank=True, null=True)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("place", models.CharField(blank=True, max_length=200)),
                ("link", models.URLField(blank=True, max_length=500)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("agenda_out", "Agenda out"),
                            ("held", "Held"),
                            ("minutes_agreed", "Minutes agreed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="planned",
                        max_length=20,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("moved_from", models.DateTimeField(blank=True, null=True)),
                ("moved_reason", models.TextField(blank=True, max_length=500)),
                ("cancelled_reason", models.TextField(blank=True, max_length=500)),
                ("minutes_agreed_at", models.DateTimeField(blank=True, null=True)),
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
                    "minutes_agreed_by",
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
                "verbose_name": "historical meeting",
                "verbose_name_plural": "historical meetings",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalMeetingPaper",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("added_at", models.DateTimeField()),
                ("withdrawn_reason", models.TextField(blank=True, max_length=500)),
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
                    "item",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="governance.agendaitem",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical meeting paper",
                "verbose_name_plural": "historical meeting papers",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("month", models.DateField(blank=True, null=True)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("place", models.CharField(blank=True, max_length=200)),
                ("link", models.URLField(blank=True, max_length=500)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("agenda_out", "Agenda out"),
                            ("held", "Held"),
                            ("minutes_agreed", "Minutes agreed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="planned",
                        max_length=20,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("moved_from", models.DateTimeField(blank=True, null=True)),
                ("moved_reason", models.TextField(blank=True, max_length=500)),
                ("cancelled_reason", models.TextField(blank=True, max_length=500)),
                ("minutes_agreed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="governance.group",
                    ),
                ),
                (
                    "minutes_agreed_by",
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
                "ordering": ["starts_at", "pk"],
                "indexes": [models.Index(fields=["group", "starts_at"], name="meeting_by_group")],
                "constraints": [
                    models.UniqueConstraint(fields=("group", "number"), name="meeting_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("month__isnull", False)),
                        fields=("group", "month"),
                        name="meeting_once_for_month",
                        violation_error_message="The group has a meeting for that month already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="meeting_counted_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="meeting_version_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month", None), ("month__day", 1), _connector="OR"),
                        name="meeting_for_first_of_month",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="meeting_ends_after_start",
                        violation_error_message="The end must come after the start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["planned", "agenda_out", "held", "minutes_agreed", "cancelled"],
                            )
                        ),
                        name="meeting_known_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("moved_from", None), ("moved_reason", "")),
                            models.Q(("moved_from__isnull", False), ("moved_reason__gt", "")),
                            _connector="OR",
                        ),
                        name="meeting_moved_with_reason",
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
                        name="meeting_cancelled_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("minutes_agreed_at__isnull", False),
                                ("minutes_agreed_by__isnull", False),
                                ("state", "minutes_agreed"),
                            ),
                            models.Q(
                                models.Q(("state", "minutes_agreed"), _negated=True),
                                ("minutes_agreed_at", None),
                                ("minutes_agreed_by", None),
                            ),
                            _connector="OR",
                        ),
                        name="meeting_minutes_agreed_by_and_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalDeclaredInterest",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("who", models.CharField(max_length=200)),
                ("interest", models.TextField(max_length=500)),
                ("what_was_done", models.TextField(max_length=500)),
                ("withdrawn_reason", models.TextField(blank=True, max_length=500)),
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
                    "item",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="governance.agendaitem",
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
            ],
            options={
                "verbose_name": "historical declared interest",
                "verbose_name_plural": "historical declared interests",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalAttendance",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=200)),
                (
                    "mark",
                    models.CharField(
                        choices=[
                            ("present", "Present"),
                            ("apologies", "Sent apologies"),
                            ("in_place", "Somebody came in their place"),
                            ("noted_in_error", "Noted in error"),
                        ],
                        max_length=20,
                    ),
                ),
                ("stand_in", models.CharField(blank=True, max_length=200)),
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
                    "membership",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="governance.membership",
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
            ],
            options={
                "verbose_name": "historical attendance",
                "verbose_name_plural": "historical attendance",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalAgendaItem",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("dashboard", "Dashboard"),
                            ("exceptions", "Exceptions"),
                            ("action_log", "Action log"),
                            ("risks", "Risks"),
                            ("decisions_asked", "Decisions asked for"),
                            ("voice_of_families", "Voice of families"),
                            ("own", "Item of this meeting"),
                        ],
                        default="own",
                        max_length=20,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("presenter", models.CharField(blank=True, max_length=200)),
                ("duration", models.PositiveSmallIntegerField()),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("decision", "For decision"),
                            ("assurance", "For assurance"),
                            ("information", "For information"),
                        ],
                        max_length=20,
                    ),
                ),
                ("is_officers_only", models.BooleanField(default=False)),
                ("minutes_text", models.TextField(blank=True, max_length=4000)),
                ("withdrawn_reason", models.TextField(blank=True, max_length=500)),
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
            ],
            options={
                "verbose_name": "historical agenda item",
                "verbose_name_plural": "historical agenda items",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="DeclaredInterest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("who", models.CharField(max_length=200)),
                ("interest", models.TextField(max_length=500)),
                ("what_was_done", models.TextField(max_length=500)),
                ("withdrawn_reason", models.TextField(blank=True, max_length=500)),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interests",
                        to="governance.agendaitem",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interests",
                        to="governance.meeting",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("interest__gt", ""), ("what_was_done__gt", ""), ("who__gt", "")
                        ),
                        name="interest_has_words",
                    )
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
                ("name", models.CharField(blank=True, max_length=200)),
                (
                    "mark",
                    models.CharField(
                        choices=[
                            ("present", "Present"),
                            ("apologies", "Sent apologies"),
                            ("in_place", "Somebody came in their place"),
                            ("noted_in_error", "Noted in error"),
                        ],
                        max_length=20,
                    ),
                ),
                ("stand_in", models.CharField(blank=True, max_length=200)),
                (
                    "membership",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendance",
                        to="governance.membership",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendance",
                        to="governance.meeting",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "attendance",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("membership__isnull", False)),
                        fields=("meeting", "membership"),
                        name="attendance_once_for_member",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("membership", None)),
                        fields=("meeting", "name"),
                        name="attendance_once_for_guest",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("membership__isnull", False), ("name", "")),
                            models.Q(("membership", None), ("name__gt", "")),
                            _connector="OR",
                        ),
                        name="attendance_of_member_or_guest",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("mark__in", ["present", "apologies", "in_place", "noted_in_error"])
                        ),
                        name="attendance_known_mark",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("mark", "in_place"), ("stand_in__gt", "")),
                            models.Q(
                                models.Q(("mark", "in_place"), _negated=True), ("stand_in", "")
                            ),
                            _connector="OR",
                        ),
                        name="attendance_stand_in_named",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="agendaitem",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="items",
                to="governance.meeting",
            ),
        ),
        migrations.CreateModel(
            name="MeetingPaper",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("added_at", models.DateTimeField()),
                ("withdrawn_reason", models.TextField(blank=True, max_length=500)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paper",
                        to="plans.storedfile",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="governance.agendaitem",
                    ),
                ),
            ],
            options={
                "ordering": ["added_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title__gt", "")), name="paper_has_title"
                    )
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
                ("digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calendar_feeds",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calendar_feeds",
                        to="plans.plan",
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at", None)),
                        fields=("plan", "person"),
                        name="feed_once_while_open",
                    ),
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            django.db.models.functions.text.Length("digest"), 64
                        ),
                        name="feed_has_digest",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "dashboard",
                            "exceptions",
                            "action_log",
                            "risks",
                            "decisions_asked",
                            "voice_of_families",
                            "own",
                        ],
                    ),
                    ("purpose__in", ["decision", "assurance", "information"]),
                ),
                name="item_known_kind_and_purpose",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("title__gt", "")), name="item_has_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("duration__gte", 1), ("duration__lte", 480)),
                name="item_duration_in_bounds",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("version__gte", 1)), name="item_version_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("kind", "own"), _negated=True), ("withdrawn_reason", "")
                ),
                fields=("meeting", "kind"),
                name="item_standing_once",
                violation_error_message="The agenda has this standing item already.",
            ),
        ),
    ]
