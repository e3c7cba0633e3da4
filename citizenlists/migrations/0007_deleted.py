from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("citizenlists", "0006_layout_and_sorting")]

    operations = [
        migrations.AlterField(
            model_name="citizenlist",
            name="state",
            field=models.CharField(
                choices=[
                    ("ordered", "Bestilt"),
                    ("building", "Under arbeid"),
                    ("ready", "Ferdig"),
                    ("failed", "Feilet"),
                    ("cancelled", "Avbrutt"),
                    ("expired", "Utløpt"),
                    ("deleted", "Slettet"),
                ],
                default="ordered",
                max_length=10,
            ),
        ),
    ]
