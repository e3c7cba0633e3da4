from django.db import migrations, models

ROWS_PER = [
    ("person", "Person"),
    ("household", "Husstand: ett brev til hvert hjem"),
    ("guardians", "Barn: brev til foresatte, ett for hvert barn"),
    ("guardian-homes", "Foresatte: ett brev til hvert hjem, søsken sammen"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("citizenlists", "0014_from_a_search"),
    ]

    operations = [
        migrations.AddField(
            model_name="owntemplate",
            name="rows_per",
            field=models.CharField(
                choices=ROWS_PER,
                db_default="person",
                default="person",
                max_length=14,
                verbose_name="en rad for hver",
            ),
        ),
        migrations.AddField(
            model_name="citizenlist",
            name="rows_per",
            field=models.CharField(
                choices=ROWS_PER, db_default="person", default="person", max_length=14
            ),
        ),
    ]
