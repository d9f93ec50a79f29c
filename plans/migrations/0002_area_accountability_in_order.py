"""Keep the posts that are accountable for an area in the plan's order, with a history of their own."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_people_roles_and_posts"),
        ("plans", "0001_plan_and_progress"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # A plain many-to-many field cannot be altered into one through a model of its own.
        migrations.RemoveField(model_name="area", name="accountable"),
        migrations.CreateModel(
            name="AreaAccountability",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accountabilities",
                        to="plans.area",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accountabilities",
                        to="accounts.post",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "area accountabilities",
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("area", "post"), name="area_accountability_once"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="area",
            name="accountable",
            field=models.ManyToManyField(
                related_name="accountable_for",
                through="plans.AreaAccountability",
                to="accounts.post",
            ),
        ),
        migrations.CreateModel(
            name="HistoricalAreaAccountability",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="plans.area",
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
                    "post",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical area accountability",
                "verbose_name_plural": "historical area accountabilities",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
    ]
