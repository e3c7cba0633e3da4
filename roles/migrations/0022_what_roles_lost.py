"""What roles lost because the catalogue changed, until somebody has read it."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("roles", "0021_what_a_legal_basis_says")]

    operations = [
        migrations.CreateModel(
            name="RoleLoss",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "elements",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), size=None),
                ),
                (
                    "bases",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=700), size=None),
                ),
                ("happened_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="skjedde")),
                ("read_at", models.DateTimeField(null=True, verbose_name="lest")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="role_losses",
                        to="roles.organisation",
                        verbose_name="virksomhet",
                    ),
                ),
                (
                    "read_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="lest av",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="losses",
                        to="roles.role",
                        verbose_name="rolle",
                    ),
                ),
            ],
            options={
                "verbose_name": "rolle som har mistet noe",
                "verbose_name_plural": "roller som har mistet noe",
                "ordering": ["-happened_at", "role__name", "id"],
            },
        ),
    ]
