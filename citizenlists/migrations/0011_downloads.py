from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('citizenlists', '0010_own_templates'),
    ]

    operations = [
        migrations.AddField(
            model_name='citizenlist',
            name='downloads',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
    ]
