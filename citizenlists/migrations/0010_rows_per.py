from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("citizenlists", "0009_unread"),
    ]

    operations = [
        migrations.AddField(
            model_name="citizenlist",
            name="rows_per",
            field=models.CharField(
                choices=[
                    ("person", "Person"),
                    ("household", "Husstand: ett brev til hvert hjem"),
                    ("guardians", "Barn: brev til foresatte, ett for hvert barn"),
                    ("guardian-homes", "Foresatte: ett brev til hvert hjem, søsken sammen"),
                ],
                db_default="person",
                default="person",
                max_length=14,
            ),
        ),
    ]
