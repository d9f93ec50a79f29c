import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0002_returns"),
        ("plans", "0006_signatures_have_a_role"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Group",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=100)),
                ("name", models.CharField(max_length=200)),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("oversight", "Oversight"),
                            ("executive", "Executive"),
                            ("board", "Board"),
                            ("workstream", "Workstream group"),
                            ("advisory", "Advisory group"),
                        ],
                        max_length=20,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("place", models.TextField(blank=True)),
                ("purpose", models.TextField(blank=True, max_length=4000)),
                ("members_text", models.TextField(blank=True, max_length=4000)),
                ("is_of_plan", models.BooleanField(default=False)),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="groups",
                        to="plans.plan",
                    ),
                ),
                (
                    "reports_to",
                    models.ManyToManyField(
                        blank=True, related_name="reporting", to="governance.group"
                    ),
                ),
                (
                    "workstreams",
                    models.ManyToManyField(
                        blank=True, related_name="groups", to="plans.workstream"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "key"),
                        name="group_key_once",
                        violation_error_message="The plan has a group of that name already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "tier__in",
                                ["oversight", "executive", "board", "workstream", "advisory"],
                            )
                        ),
                        name="group_known_tier",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("key__gt", ""), ("name__gt", "")), name="group_has_name"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HistoricalGroup",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=100)),
                ("name", models.CharField(max_length=200)),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("oversight", "Oversight"),
                            ("executive", "Executive"),
                            ("board", "Board"),
                            ("workstream", "Workstream group"),
                            ("advisory", "Advisory group"),
                        ],
                        max_length=20,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("place", models.TextField(blank=True)),
                ("purpose", models.TextField(blank=True, max_length=4000)),
                ("members_text", models.TextField(blank=True, max_length=4000)),
                ("is_of_plan", models.BooleanField(default=False)),
                ("ended_on", models.DateField(blank=True, null=True)),
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
                "verbose_name": "historical group",
                "verbose_name_plural": "historical groups",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalMembership",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=200)),
                (
                    "capacity",
                    models.CharField(
                        choices=[
                            ("chair", "Chair"),
                            ("joint_chair", "Joint chair"),
                            ("member", "Member"),
                            ("parent_carer_representative", "Parent carer representative"),
                            ("adviser", "Adviser"),
                            ("secretary", "Secretary"),
                        ],
                        max_length=40,
                    ),
                ),
                ("organisation", models.CharField(max_length=200)),
                (
                    "sector",
                    models.CharField(
                        choices=[
                            ("education", "Education"),
                            ("health", "Health"),
                            ("social_care", "Social care"),
                            ("families", "Families"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("is_cancelled", models.BooleanField(default=False)),
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
                "verbose_name": "historical membership",
                "verbose_name_plural": "historical memberships",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=200)),
                (
                    "capacity",
                    models.CharField(
                        choices=[
                            ("chair", "Chair"),
                            ("joint_chair", "Joint chair"),
                            ("member", "Member"),
                            ("parent_carer_representative", "Parent carer representative"),
                            ("adviser", "Adviser"),
                            ("secretary", "Secretary"),
                        ],
                        max_length=40,
                    ),
                ),
                ("organisation", models.CharField(max_length=200)),
                (
                    "sector",
                    models.CharField(
                        choices=[
                            ("education", "Education"),
                            ("health", "Health"),
                            ("social_care", "Social care"),
                            ("families", "Families"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("is_cancelled", models.BooleanField(default=False)),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="governance.group",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "workstream",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.workstream",
                    ),
                ),
            ],
            options={
                "ordering": ["capacity", "starts_on", "pk"],
                "indexes": [models.Index(fields=["group", "ends_on"], name="membership_by_group")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), ("person__isnull", False)),
                            models.Q(("name__gt", ""), ("person", None)),
                            _connector="OR",
                        ),
                        name="membership_of_person_or_name",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "capacity__in",
                                [
                                    "chair",
                                    "joint_chair",
                                    "member",
                                    "parent_carer_representative",
                                    "adviser",
                                    "secretary",
                                ],
                            ),
                            (
                                "sector__in",
                                ["education", "health", "social_care", "families", "other"],
                            ),
                        ),
                        name="membership_known_capacity_and_sector",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("organisation__gt", "")),
                        name="membership_has_organisation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="membership_ends_after_start",
                        violation_error_message="The end must not be before the start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_cancelled", False),
                            models.Q(
                                ("ends_on", models.F("starts_on")), ("ends_on__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="membership_cancelled_has_no_days",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on", None), ("person__isnull", False)),
                        fields=("group", "person", "capacity"),
                        name="membership_once_while_open",
                        violation_error_message="This person sits in the group already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TermsOfReference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("link", models.URLField(blank=True, max_length=500)),
                ("approved_on", models.DateField()),
                ("review_on", models.DateField()),
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
                    "file",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terms",
                        to="plans.storedfile",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terms",
                        to="governance.group",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "terms of reference",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("group", "number"), name="terms_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="terms_counted_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title__gt", "")), name="terms_have_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("file__isnull", False), ("link", "")),
                            models.Q(("file", None), ("link__gt", "")),
                            _connector="OR",
                        ),
                        name="terms_link_or_file",
                        violation_error_message="Give a link or a file, not both.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("review_on__gt", models.F("approved_on"))),
                        name="terms_review_after_approval",
                        violation_error_message="The review must come after the approval.",
                    ),
                ],
            },
        ),
    ]
