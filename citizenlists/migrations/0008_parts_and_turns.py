import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('citizenlists', '0007_deleted'),
    ]

    operations = [
        migrations.AddField(
            model_name='citizenlist',
            name='extract_asked',
            field=models.BooleanField(db_default=False),
        ),
        migrations.AddField(
            model_name='citizenlist',
            name='lookups_since',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='citizenlist',
            name='waits_for',
            field=models.CharField(blank=True, choices=[('extracts', 'Virksomheten har så mange uttrekk i gang som den kan ha. Listen lages når ett er ferdig.')], db_default='', max_length=10),
        ),
        migrations.CreateModel(
            name='Part',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('batch', models.PositiveIntegerField()),
                ('start', models.PositiveIntegerField()),
                ('stop', models.PositiveIntegerField()),
                ('holder', models.UUIDField(null=True)),
                ('lease_until', models.DateTimeField(null=True)),
                ('claims', models.PositiveIntegerField(default=0)),
                ('file_name', models.CharField(blank=True, max_length=60)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='citizenlists.citizenlist')),
            ],
            options={
                'ordering': ['number'],
                'indexes': [models.Index(fields=['holder'], name='part_of_holder')],
                'constraints': [models.UniqueConstraint(fields=('order', 'number'), name='part_once')],
            },
        ),
    ]
