"""Output shapes. Counts are of votes cast; none is predicted."""

from typing import Any

from rest_framework import serializers

from deliberation.queries.analysis import StatementView
from deliberation.tallies import Tally


class Figures(serializers.Serializer[Any]):
    n_participants = serializers.IntegerField()
    n_statements = serializers.IntegerField()
    n_votes = serializers.IntegerField()


class Conversation(Figures):
    slug = serializers.CharField()
    question = serializers.CharField()
    description = serializers.CharField()
    language = serializers.CharField()
    state = serializers.CharField()


class Counts(serializers.Serializer[Tally]):
    agree = serializers.IntegerField(source="n_agree")
    disagree = serializers.IntegerField(source="n_disagree")
    # "pass" cannot name an attribute of a class.
    locals()["pass"] = serializers.IntegerField(source="n_pass")


class Statement(serializers.Serializer[StatementView]):
    """`groups` holds the groups that are large enough to be described."""

    number = serializers.IntegerField()
    text = serializers.CharField()
    language = serializers.CharField()
    votes = Counts(source="tally")
    groups = serializers.SerializerMethodField()
    group_aware_consensus = serializers.FloatField(allow_null=True)

    def get_groups(self, statement: StatementView) -> dict[str, Any]:
        return {letter: Counts(tally).data for letter, tally in statement.by_group}


class Group(serializers.Serializer[Any]):
    letter = serializers.CharField()
    n_members = serializers.IntegerField()


class Results(serializers.Serializer[Any]):
    analysed_at = serializers.DateTimeField(allow_null=True)
    # Of the whole analysis: the same votes give the same digest.
    digest = serializers.CharField()
    n_participants = serializers.IntegerField()
    n_grouped = serializers.IntegerField()
    n_votes = serializers.IntegerField()
    groups = Group(many=True)
    statements = Statement(many=True, source="statements.object_list")
    needs = serializers.ListField(child=serializers.CharField())
