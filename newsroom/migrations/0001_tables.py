"""The tables of articles, their sections, photos and staff."""

import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # What databases have that were made while it was all being written.
    replaces = [
        ('newsroom', '0001_initial'),
        ('newsroom', '0004_restored_words'),
        ('newsroom', '0005_staff_sections'),
        ('newsroom', '0006_staff_changes'),
        ('newsroom', '0008_keys_revoked_noted'),
        ('newsroom', '0009_keys_are_noted'),
        ('newsroom', '0010_wrong_guesses'),
    ]

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Guesses',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('in_a_row', models.PositiveIntegerField(default=0)),
                ('last_at', models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True, verbose_name='hash of the bytes')),
                ('file', models.FileField(upload_to='photos', verbose_name='file')),
                ('width', models.PositiveIntegerField(verbose_name='width in pixels')),
                ('height', models.PositiveIntegerField(verbose_name='height in pixels')),
            ],
            options={
                'verbose_name': 'photo',
                'verbose_name_plural': 'photos',
            },
        ),
        migrations.CreateModel(
            name='Section',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True, verbose_name='name in addresses')),
                ('name_ar', models.CharField(max_length=60, verbose_name='name in Arabic')),
                ('name_en', models.CharField(max_length=60, verbose_name='name in English')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
            ],
            options={
                'verbose_name': 'section',
                'verbose_name_plural': 'sections',
                'ordering': ['position', 'slug'],
            },
        ),
        migrations.CreateModel(
            name='StaffMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('display_name', models.CharField(max_length=120, verbose_name='name as shown')),
                ('role', models.CharField(choices=[('author', 'Author'), ('editor', 'Editor'), ('standards_editor', 'Standards editor'), ('administrator', 'Administrator')], default='author', max_length=20, verbose_name='role')),
                ('language', models.CharField(choices=[('ar', 'Arabic'), ('en', 'English')], default='ar', max_length=2, verbose_name='language')),
                ('section_ids', models.JSONField(blank=True, default=list, verbose_name='sections')),
                ('keyboard_shortcuts', models.BooleanField(default=True, verbose_name='keyboard shortcuts')),
                ('second_factor_due_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'staff member',
                'verbose_name_plural': 'staff',
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='Article',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('ar', 'Arabic'), ('en', 'English')], max_length=2, verbose_name='language')),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='articles', to='newsroom.section', verbose_name='section')),
                ('status', models.CharField(choices=[('published', 'Published'), ('withdrawn', 'Withdrawn')], default='published', max_length=10, verbose_name='status')),
                ('slug', models.CharField(blank=True, max_length=120, verbose_name='words in the address')),
                ('search_text', models.TextField(blank=True)),
                ('canonical_url', models.URLField(blank=True, max_length=500, verbose_name='original address')),
                ('latest', models.PositiveIntegerField(default=0, verbose_name='latest revision')),
                ('published_at', models.DateTimeField(verbose_name='published')),
                ('revised_at', models.DateTimeField(blank=True, null=True, verbose_name='revised')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn at')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='withdrawn by')),
                ('withdrawal_reason', models.TextField(blank=True, verbose_name='reason of the withdrawal')),
            ],
            options={
                'verbose_name': 'article',
                'verbose_name_plural': 'articles',
                'ordering': ['-published_at', '-id'],
                'indexes': [models.Index(fields=['language', '-published_at'], name='newsroom_ar_languag_c575b3_idx')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('canonical_url', ''), _negated=True), fields=('canonical_url',), name='one_article_per_original_address'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'published'), ('withdrawn_at__isnull', True)), models.Q(('status', 'withdrawn'), ('withdrawn_at__isnull', False)), _connector='OR'), name='withdrawn_articles_say_when')],
            },
        ),
        migrations.CreateModel(
            name='Byline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bylines', to='newsroom.article')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('staff_member', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bylines', to=settings.AUTH_USER_MODEL)),
                ('position', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'verbose_name': 'byline',
                'verbose_name_plural': 'bylines',
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('article', 'position'), name='one_name_per_position')],
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='newsroom.article')),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('change', models.CharField(choices=[('first', 'First version'), ('minor_fix', 'Minor fix'), ('update', 'Update'), ('clarification', 'Clarification'), ('correction', 'Correction'), ('editors_note', 'Editor’s note'), ('right_of_reply', 'Right of reply'), ('retraction', 'Retraction'), ('restoration', 'Earlier words restored')], max_length=20, verbose_name='change')),
                ('origin', models.CharField(choices=[('newsroom', 'Newsroom'), ('import', 'Import'), ('desk', 'Corrections desk')], default='newsroom', max_length=10, verbose_name='made by')),
                ('title', models.CharField(max_length=300, verbose_name='headline')),
                ('standfirst', models.TextField(blank=True, verbose_name='standfirst')),
                ('body', models.TextField(verbose_name='text')),
                ('photo', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='newsroom.photo')),
                ('photo_alternative', models.CharField(blank=True, max_length=300, verbose_name='description of the photo')),
                ('caption', models.CharField(blank=True, max_length=500, verbose_name='caption')),
                ('credit', models.CharField(blank=True, max_length=200, verbose_name='credit')),
                ('edits', models.JSONField(blank=True, default=dict)),
                ('made_at', models.DateTimeField(verbose_name='made at')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'revision',
                'verbose_name_plural': 'revisions',
                'ordering': ['article', 'number'],
                'constraints': [models.UniqueConstraint(fields=('article', 'number'), name='one_revision_per_number')],
            },
        ),
        migrations.CreateModel(
            name='StaffChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('change', models.CharField(choices=[('invited', 'Account made, link sent'), ('invited_again', 'New link sent'), ('made', 'Account made'), ('joined', 'Chose a password by the link'), ('password', 'Password changed'), ('role', 'Role changed'), ('language', 'Language changed'), ('sections', 'Sections changed'), ('details', 'Name or address changed'), ('deactivated', 'Account closed'), ('activated', 'Account opened again'), ('factor_added', 'Second factor set up'), ('factor_removed', 'Second factor taken away'), ('codes_made', 'New recovery codes made'), ('factors_reset', 'Second factor reset by an administrator'), ('key_made', 'Key for machines made'), ('keys_revoked', 'Keys for machines revoked')], max_length=14, verbose_name='what was changed')),
                ('data', models.JSONField(blank=True, default=dict)),
                ('made_at', models.DateTimeField(verbose_name='when')),
            ],
            options={
                'verbose_name': 'change of an account',
                'verbose_name_plural': 'changes of accounts',
                'ordering': ['-pk'],
            },
        ),
    ]
