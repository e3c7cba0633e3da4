"""Access reviews ask about integrations' roles and about administrators too."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("roles", "0015_role_endings"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="reviewitem", name="review_item_once"),
        migrations.RemoveConstraint(model_name="reviewitem", name="review_item_never_of_oneself"),
        migrations.RenameField(model_name="reviewitem", old_name="employee_name", new_name="holder_name"),
        migrations.AlterModelOptions(name="reviewitem", options={"ordering": ["holder_name", "role_name", "id"]}),
        migrations.AddField(
            model_name="reviewitem",
            name="administratorship",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name="reviewitem",
            name="assignment",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="roles.roleassignment",
            ),
        ),
        migrations.AlterField(
            model_name="reviewitem",
            name="employee",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="reviewitem", name="service_area", field=models.CharField(blank=True, max_length=200)
        ),
        migrations.AlterField(model_name="reviewitem", name="valid_from", field=models.DateTimeField(null=True)),
        migrations.AddConstraint(
            model_name="reviewitem",
            constraint=models.UniqueConstraint(
                fields=["review", "assignment", "administratorship", "employee"],
                name="review_item_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewitem",
            constraint=models.CheckConstraint(
                condition=models.Q(assignment__isnull=False, administratorship=None, valid_from__isnull=False)
                | models.Q(assignment=None, administratorship__isnull=False, employee__isnull=False),
                name="review_item_of_one_access",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewitem",
            constraint=models.CheckConstraint(
                condition=models.Q(employee=None) | ~models.Q(reviewer=models.F("employee")),
                name="review_item_never_of_oneself",
            ),
        ),
    ]
