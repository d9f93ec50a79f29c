"""Let a target be a ceiling alone: "up to 80" promises no lower end."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kpis", "0001_measures_and_figures")]

    operations = [
        migrations.RemoveConstraint(model_name="indicator", name="indicator_target_in_order"),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.CheckConstraint(
                condition=models.Q(target_low=None)
                | models.Q(target_high__isnull=False, target_high__gte=models.F("target_low")),
                name="indicator_target_in_order",
            ),
        ),
    ]
