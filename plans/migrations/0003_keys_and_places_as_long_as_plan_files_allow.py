"""Let a plan's keys and the places of judgements be as long as the plan file's schema allows."""

from django.db import migrations, models

PLACES = {"place": 200, "origin": 120}


def lengthen(model: str, fields: dict[str, int]) -> list[migrations.AlterField]:
    """The same change for a table and for the table of its history."""
    return [
        migrations.AlterField(
            model_name=name, name=field, field=models.CharField(max_length=length)
        )
        for name in (model, f"historical{model}")
        for field, length in fields.items()
    ]


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_area_accountability_in_order")]

    operations = [*lengthen("ambition", {"key": 100}), *lengthen("judgement", PLACES)]
