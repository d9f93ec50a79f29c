import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=100)),
                ("key", models.CharField(max_length=200)),
                ("arguments", models.JSONField(blank=True, default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "waiting"),
                            ("running", "running"),
                            ("done", "done"),
                            ("failed", "failed, will be tried again"),
                            ("parked", "given up, needs a person"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("not_before", models.DateTimeField(blank=True, null=True)),
                ("created_at", models.DateTimeField()),
                ("woken_at", models.DateTimeField(blank=True, null=True)),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("error", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ("queued", "failed"))),
                        fields=["woken_at"],
                        name="job_waiting",
                    ),
                    models.Index(
                        condition=models.Q(("state", "running")),
                        fields=["claimed_at"],
                        name="job_running",
                    ),
                    models.Index(fields=["kind", "finished_at"], name="job_last_success"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "key"),
                        name="job_once_per_kind_and_key",
                        violation_error_message="There is already a job of this kind for this key.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", ""), _negated=True),
                            models.Q(("key", ""), _negated=True),
                        ),
                        name="job_kind_and_key_given",
                        violation_error_message="A job needs a kind and a key.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["queued", "running", "done", "failed", "parked"])
                        ),
                        name="job_state_known",
                        violation_error_message="This is not a state of a job.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at__isnull", False), ("state", "done")),
                            models.Q(
                                models.Q(("state", "done"), _negated=True),
                                ("finished_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="job_done_iff_finished_at",
                        violation_error_message="A job has a finishing time exactly when it is done.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("claimed_at__isnull", False), ("state", "running")),
                            models.Q(
                                models.Q(("state", "running"), _negated=True),
                                ("claimed_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="job_running_iff_claimed_at",
                        violation_error_message="A job has a claiming time exactly while it runs.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=100)),
                ("key", models.CharField(max_length=200)),
                ("day", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "waiting"),
                            ("sending", "being sent"),
                            ("sent", "sent"),
                            ("unknown", "perhaps sent, needs a person"),
                            ("withheld", "not sent, no longer due to this person"),
                            ("parked", "given up, needs a person"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("header_message_id", models.CharField(max_length=320, unique=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("not_before", models.DateTimeField(blank=True, null=True)),
                ("planned_at", models.DateTimeField()),
                ("woken_at", models.DateTimeField(blank=True, null=True)),
                ("sending_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("error", models.CharField(blank=True, max_length=200)),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "planned")),
                        fields=["woken_at"],
                        name="message_waiting",
                    ),
                    models.Index(
                        condition=models.Q(("state", "sending")),
                        fields=["sending_at"],
                        name="message_sending",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "key"),
                        name="message_once_per_kind_and_key",
                        violation_error_message="There is already a message of this kind for this key.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", ""), _negated=True),
                            models.Q(("key", ""), _negated=True),
                        ),
                        name="message_kind_and_key_given",
                        violation_error_message="A message needs a kind and a key.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["planned", "sending", "sent", "unknown", "withheld", "parked"],
                            )
                        ),
                        name="message_state_known",
                        violation_error_message="This is not a state of a message.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(
                                models.Q(("state", "sent"), _negated=True),
                                ("sent_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="message_sent_iff_sent_at",
                        violation_error_message="A message has a time of sending exactly when it is sent.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("sending_at__isnull", False),
                                ("state__in", ("sending", "sent", "unknown")),
                            ),
                            models.Q(
                                models.Q(
                                    ("state__in", ("sending", "sent", "unknown")), _negated=True
                                ),
                                ("sending_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="message_handed_over_iff_sending_at",
                        violation_error_message="A message has a time of handing over exactly when it may have left.",
                    ),
                ],
            },
        ),
    ]
