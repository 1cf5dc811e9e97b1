"""Taking part: goals, reasons, links, embeds, translations, and votes that can be undone.

Columns have a default in the database as well: the code of the last release goes on
storing rows until its restart.
"""

import secrets

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import deliberation.models.codes


def give_codes(apps, schema_editor):
    """Each conversation that is there gets a short code and a secret of its own."""
    letters = "23456789abcdefghjkmnpqrstuvwxyz"
    for conversation in apps.get_model("deliberation", "Conversation").objects.all():
        conversation.short_code = "".join(secrets.choice(letters) for _ in range(6))
        conversation.link_secret = secrets.token_urlsafe(32)
        conversation.save(update_fields=["short_code", "link_secret"])


class Migration(migrations.Migration):
    dependencies = [
        ("deliberation", "0003_what_the_engine_knows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Alert",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("flat_routing", "Statements are shown as if by chance")
                        ],
                        max_length=24,
                    ),
                ),
                ("details", models.JSONField(default=dict)),
                ("raised_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ConversationTranslation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("language", models.CharField(max_length=12)),
                ("question", models.TextField()),
                ("description", models.TextField(blank=True)),
                ("translated_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="StatementFingerprint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("version", models.CharField(max_length=32)),
                ("data", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="StatementTranslation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("language", models.CharField(max_length=12)),
                ("text", models.TextField()),
                ("translated_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
                (
                    "token",
                    models.CharField(
                        default=deliberation.models.codes.new_mail_token,
                        max_length=64,
                        unique=True,
                    ),
                ),
                ("language", models.CharField(max_length=12)),
                ("asked_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("told", models.JSONField(blank=True, default=list)),
            ],
        ),
        migrations.CreateModel(
            name="VoteReason",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("text", models.TextField()),
                ("written_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="WithdrawnVote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "client_key",
                    models.CharField(
                        blank=True, db_default="", default="", max_length=36
                    ),
                ),
                ("withdrawn_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="conversation",
            name="embed_origins",
            field=models.JSONField(blank=True, default=list, null=True),
        ),
        migrations.AddField(
            model_name="conversation",
            name="entry",
            field=models.CharField(
                choices=[
                    ("anyone", "Everybody who has the address"),
                    ("link", "Only people with a signed link of yours"),
                ],
                db_default="anyone",
                default="anyone",
                max_length=6,
            ),
        ),
        migrations.AddField(
            model_name="conversation",
            name="link_secret",
            field=models.CharField(
                db_default="",
                default=deliberation.models.codes.new_link_secret,
                max_length=64,
            ),
        ),
        migrations.AddField(
            model_name="conversation",
            name="max_statement_length",
            field=models.PositiveSmallIntegerField(db_default=280, default=280),
        ),
        migrations.AddField(
            model_name="conversation",
            name="results",
            field=models.CharField(
                choices=[
                    ("always", "Everybody, from the first vote"),
                    ("voting", "Those who have voted; everybody after the close"),
                    ("close", "Everybody, after the close"),
                ],
                db_default="always",
                default="always",
                max_length=6,
            ),
        ),
        migrations.AddField(
            model_name="conversation",
            name="short_code",
            field=models.CharField(max_length=12, null=True),
        ),
        migrations.RunPython(give_codes, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="conversation",
            name="short_code",
            field=models.CharField(
                default=deliberation.models.codes.new_short_code,
                max_length=12,
                null=True,
                unique=True,
            ),
        ),
        migrations.AddField(
            model_name="conversation",
            name="takes_importance",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="conversation",
            name="takes_reasons",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="conversation",
            name="vote_goal",
            field=models.PositiveSmallIntegerField(db_default=25, default=25),
        ),
        migrations.AddField(
            model_name="statementresult",
            name="routing",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="vote",
            name="client_key",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=36
            ),
        ),
        migrations.AddField(
            model_name="vote",
            name="matters",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="vote",
            name="n_candidates",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="voterevision",
            name="client_key",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=36
            ),
        ),
        migrations.AddConstraint(
            model_name="conversation",
            constraint=models.CheckConstraint(
                condition=models.Q(("results__in", ["always", "voting", "close"])),
                name="conversation_results_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="conversation",
            constraint=models.CheckConstraint(
                condition=models.Q(("entry__in", ["anyone", "link"])),
                name="conversation_entry_known",
            ),
        ),
        migrations.AddField(
            model_name="alert",
            name="conversation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="alerts",
                to="deliberation.conversation",
            ),
        ),
        migrations.AddField(
            model_name="conversationtranslation",
            name="conversation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="translations",
                to="deliberation.conversation",
            ),
        ),
        migrations.AddField(
            model_name="conversationtranslation",
            name="translated_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="statementfingerprint",
            name="statement",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="fingerprint",
                to="deliberation.statement",
            ),
        ),
        migrations.AddField(
            model_name="statementtranslation",
            name="statement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="translations",
                to="deliberation.statement",
            ),
        ),
        migrations.AddField(
            model_name="statementtranslation",
            name="translated_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="subscription",
            name="conversation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="subscriptions",
                to="deliberation.conversation",
            ),
        ),
        migrations.AddField(
            model_name="votereason",
            name="vote",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reason",
                to="deliberation.vote",
            ),
        ),
        migrations.AddField(
            model_name="withdrawnvote",
            name="participant",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="withdrawn_votes",
                to="deliberation.participant",
            ),
        ),
        migrations.AddField(
            model_name="withdrawnvote",
            name="statement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="withdrawn_votes",
                to="deliberation.statement",
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("conversation", "kind"),
                name="alert_raised_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["flat_routing"])),
                name="alert_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="conversationtranslation",
            constraint=models.UniqueConstraint(
                fields=("conversation", "language"), name="conversation_translated_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="conversationtranslation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("question", ""), _negated=True),
                    ("translated_at__isnull", False),
                    ("translated_by__isnull", False),
                ),
                name="conversation_translated_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="statementtranslation",
            constraint=models.UniqueConstraint(
                fields=("statement", "language"), name="statement_translated_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="statementtranslation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("text", ""), _negated=True),
                    ("translated_at__isnull", False),
                    ("translated_by__isnull", False),
                ),
                name="statement_translated_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="subscription",
            constraint=models.UniqueConstraint(
                fields=("conversation", "email"), name="subscription_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="votereason",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True),
                name="vote_reason_says_something",
            ),
        ),
        migrations.AddIndex(
            model_name="withdrawnvote",
            index=models.Index(
                fields=["participant", "statement"], name="withdrawn_vote"
            ),
        ),
    ]
