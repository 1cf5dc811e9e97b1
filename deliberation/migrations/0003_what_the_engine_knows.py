"""What the engine knows of its own result: its finding, how firm it is, our ranking.

Runs that are there already keep layout 1, and so do those that the code of the last
release stores until its restart: no page reads them, and the sweeper has them made anew.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("deliberation", "0002_frozen_rows"),
    ]

    operations = [
        migrations.AddField(
            model_name="analysisrun",
            name="damping",
            field=models.FloatField(db_default=1.0, default=1.0),
        ),
        migrations.AddField(
            model_name="analysisrun",
            name="finding",
            field=models.CharField(
                blank=True,
                choices=[
                    ("groups", "Groups"),
                    ("one group", "One Group"),
                    ("one group, by readiness to agree", "Readiness"),
                    ("no stable groups", "No Stable Groups"),
                    ("not enough votes", "Too Few"),
                ],
                db_default="",
                default="",
                max_length=32,
            ),
        ),
        migrations.AddField(
            model_name="analysisrun",
            name="is_sound",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AddField(
            model_name="analysisrun",
            name="layout",
            field=models.PositiveSmallIntegerField(db_default=1, default=2),
        ),
        migrations.AddField(
            model_name="opiniongroup",
            name="found_again",
            field=models.FloatField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="statementresult",
            name="consensus_agree",
            field=models.FloatField(db_default=0.0, default=0.0),
        ),
        migrations.AddField(
            model_name="statementresult",
            name="consensus_disagree",
            field=models.FloatField(db_default=0.0, default=0.0),
        ),
        migrations.AddField(
            model_name="statementresult",
            name="is_ranked",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="statementresult",
            name="p_agreed_top",
            field=models.FloatField(db_default=0.0, default=0.0),
        ),
        migrations.AddField(
            model_name="statementresult",
            name="p_rejected_top",
            field=models.FloatField(db_default=0.0, default=0.0),
        ),
        migrations.AddConstraint(
            model_name="analysisrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "finding__in",
                        [
                            "",
                            "groups",
                            "one group",
                            "one group, by readiness to agree",
                            "no stable groups",
                            "not enough votes",
                        ],
                    )
                ),
                name="analysis_finding_known",
            ),
        ),
    ]
