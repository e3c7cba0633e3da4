from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("citizenlists", "0005_what_narrows_a_list")]

    operations = [
        migrations.AddField(
            model_name="citizenlist",
            name="layout",
            field=models.CharField(
                choices=[("all", "Alle valgte opplysninger"), ("letter", "Etikett og brev")],
                db_default="all",
                default="all",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="citizenlist",
            name="sorting",
            field=models.CharField(
                blank=True,
                choices=[("name", "Etternavn"), ("address", "Adresse"), ("postal-code", "Postnummer")],
                db_default="",
                max_length=12,
            ),
        ),
    ]
