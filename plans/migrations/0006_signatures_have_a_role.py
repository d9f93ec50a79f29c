from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0005_role_of_earlier_signatures"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="stagechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            "",
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
                    ),
                    models.Q(
                        models.Q(("act__in", ["signed_off", "reopened"]), _negated=True),
                        ("role__gt", ""),
                        _connector="OR",
                    ),
                ),
                name="stage_change_signature_has_role",
            ),
        ),
    ]
