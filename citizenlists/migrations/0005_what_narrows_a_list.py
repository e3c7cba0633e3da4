from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("citizenlists", "0004_patience_and_damage")]

    operations = [
        migrations.AddField(
            model_name="citizenlist",
            name="narrowing",
            field=models.JSONField(db_default={}, default=dict),
        ),
    ]
