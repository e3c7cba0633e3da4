from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("citizenlists", "0008_parts_and_turns")]

    operations = [
        migrations.AddField(
            model_name="citizenlist",
            name="unread",
            field=models.PositiveIntegerField(db_default=0, default=0),
        ),
    ]
