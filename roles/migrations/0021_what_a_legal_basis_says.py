"""What the section of a legal basis does, whether it was read, what it says and in which version.

Until the catalogue is loaded anew a basis keeps what its row claimed: who loses what is told when it is loaded, not
before.
"""

from django.db import migrations, models


def claimed(apps, schema_editor):
    """A row that said it opened confidential elements is taken at its word, unread."""
    bases = apps.get_model("roles", "LegalBasis").objects.using(schema_editor.connection.alias)
    bases.filter(confidential=True).update(kind="OPENS_CONFIDENTIAL")
    bases.filter(confidential=False).update(kind="TASK")


_KINDS = [
    ("OPENS_CONFIDENTIAL", "Åpner taushetsbelagte opplysninger"),
    ("TASK", "Gir en oppgave, men åpner ikke registeret"),
    ("NOT_FOUND", "Ingen paragraf funnet, eller ikke vurdert"),
]


class Migration(migrations.Migration):
    dependencies = [("roles", "0020_widening_is_kept")]

    operations = [
        migrations.AddField(
            model_name="legalbasis",
            name="kind",
            field=models.CharField(choices=_KINDS, default="NOT_FOUND", max_length=20, verbose_name="hjemmelstype"),
        ),
        migrations.AddField(
            model_name="legalbasis",
            name="text_read",
            field=models.BooleanField(default=False, verbose_name="lest i loven"),
        ),
        migrations.AddField(
            model_name="legalbasis",
            name="says",
            field=models.CharField(blank=True, max_length=600, verbose_name="hva paragrafen sier"),
        ),
        migrations.AddField(
            model_name="legalbasis",
            name="version",
            field=models.CharField(blank=True, max_length=400, verbose_name="lest utgave"),
        ),
        migrations.RunPython(claimed, migrations.RunPython.noop, elidable=True),
    ]
