"""What the operator tells everybody (roles/notices.py)."""

import uuid

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("roles", "0002_roles_held")]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("valid_from", models.DateTimeField(default=django.utils.timezone.now, verbose_name="gjelder fra")),
                ("valid_to", models.DateTimeField(blank=True, null=True, verbose_name="gjelder til")),
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("text_nb", models.CharField(max_length=500, verbose_name="melding på bokmål")),
                ("text_nn", models.CharField(max_length=500, verbose_name="melding på nynorsk")),
                ("text_en", models.CharField(max_length=500, verbose_name="melding på engelsk")),
            ],
            options={
                "verbose_name": "driftsmelding",
                "verbose_name_plural": "driftsmeldinger",
                "ordering": ["-valid_from", "id"],
            },
        ),
    ]
