import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('roles', '0003_notice'),
    ]

    operations = [
        migrations.AddField(
            model_name='organisation',
            name='lists_kept_days',
            field=models.PositiveSmallIntegerField(db_default=7, default=7, help_text='Fra 1 til 30. Deretter slettes filen. Gjelder lister som blir ferdige etter endringen.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(30)], verbose_name='døgn en ferdig liste finnes'),
        ),
    ]
