"""What colours the map by a statement: how people voted on it around each dot."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("deliberation", "0004_taking_part"),
    ]

    operations = [
        migrations.AddField(
            model_name="statementresult",
            name="around_dots",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="analysisrun",
            name="layout",
            field=models.PositiveSmallIntegerField(db_default=1, default=3),
        ),
    ]
