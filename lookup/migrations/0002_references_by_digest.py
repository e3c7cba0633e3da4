"""References are found by a keyed hash of their token. Those that stand last a quarter of an hour: they go."""

from django.db import migrations, models

_KINDS = ("personreference", "searchreference")


class Migration(migrations.Migration):
    dependencies = [("lookup", "0001_initial")]
    operations = [
        *(migrations.RunSQL(f"DELETE FROM lookup_{kind}", migrations.RunSQL.noop) for kind in _KINDS),
        *(migrations.RenameField(kind, "token", "digest") for kind in _KINDS),
        *(
            migrations.AlterField(
                kind, "digest", models.CharField(editable=False, max_length=64, primary_key=True, serialize=False)
            )
            for kind in _KINDS
        ),
    ]
