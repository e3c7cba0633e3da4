from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Leadership",
            fields=[
                ("name", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("holder", models.UUIDField()),
                ("beat", models.BigIntegerField(default=0)),
            ],
            options={"default_permissions": ()},
        ),
    ]
