import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('citizenlists', '0012_file_format'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('order', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='notice', serialize=False, to='citizenlists.citizenlist')),
                ('address', models.EmailField(max_length=254)),
                ('language', models.CharField(max_length=2)),
                ('try_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('tries', models.PositiveSmallIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Schedule',
            fields=[
                ('order', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='schedule', serialize=False, to='citizenlists.citizenlist')),
                ('every', models.CharField(choices=[('month', 'Hver måned'), ('year', 'Hvert år')], max_length=5)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('due_at', models.DateTimeField()),
                ('address', models.EmailField(blank=True, max_length=254)),
                ('language', models.CharField(blank=True, max_length=2)),
                ('ended', models.CharField(blank=True, choices=[('right-withdrawn', 'Rollen du bestilte med, gjelder ikke lenger.'), ('role-changed', 'Rollen er endret: den gir ikke lenger alle opplysningene du ba om.'), ('register-refused', 'Folkeregisteret avviste bestillingen. Meld fra til den som drifter løsningen.'), ('register-away', 'Folkeregisteret svarte ikke i løpet av fristen. Bestill på nytt senere.'), ('storage-away', 'Listen kunne ikke lagres. Meld fra til den som drifter løsningen.'), ('too-many-labels', 'Listen har flere etiketter enn én PDF kan ha. Velg Excel, eller bestill en mindre liste.'), ('file-damaged', 'Filen er skadet eller borte hos oss, så listen kan ikke lastes ned.'), ('too-many-attempts', 'Listen ble avbrutt for mange ganger. Bestill på nytt.'), ('fault', 'Noe gikk galt hos oss. Meld fra til den som drifter løsningen.')], db_default='', max_length=20)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['due_at'], name='schedule_due')],
            },
        ),
    ]
