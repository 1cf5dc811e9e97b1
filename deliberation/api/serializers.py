"""Output shapes. Counts are of votes cast; none is predicted."""

from typing import Any

from rest_framework import serializers

from deliberation.queries.figures import (
    GroupView,
    Ranking,
    RepresentativeView,
    StatementView,
)
from deliberation.queries.findings import CandidateView, FindingView
from deliberation.queries.record import Line
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


class Consensus(serializers.Serializer[Ranking]):
    """How surely every group agrees and disagrees, and how often in repeats the
    statement was at the top of either list; `n_repeats` is beside the finding."""

    agree = serializers.FloatField()
    disagree = serializers.FloatField()
    is_ranked = serializers.BooleanField()
    p_agreed_top = serializers.FloatField()
    p_rejected_top = serializers.FloatField()


class Statement(serializers.Serializer[StatementView]):
    """`groups` holds the groups that are large enough to be described."""

    number = serializers.IntegerField()
    text = serializers.CharField()
    language = serializers.CharField()
    votes = Counts(source="tally")
    groups = serializers.SerializerMethodField()
    consensus = Consensus(source="ranking")
    # Polis's product, to compare with.
    group_aware_consensus = serializers.FloatField(allow_null=True)

    def get_groups(self, statement: StatementView) -> dict[str, Any]:
        return {letter: Counts(tally).data for letter, tally in statement.by_group}


class Representative(serializers.Serializer[RepresentativeView]):
    """Inside minus outside the group, as shares of those who saw the statement."""

    statement = serializers.IntegerField(source="statement.number")
    choice = serializers.IntegerField()
    difference = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()


class Group(serializers.Serializer[GroupView]):
    letter = serializers.CharField()
    n_members = serializers.IntegerField()
    found_again = serializers.FloatField(allow_null=True)
    representative = Representative(many=True)


class Candidate(serializers.Serializer[CandidateView]):
    n_groups = serializers.IntegerField()
    evidence = serializers.FloatField()
    found_again = serializers.FloatField(allow_null=True)


class Finding(serializers.Serializer[FindingView]):
    """What the search for groups came to; `headline` is for people."""

    code = serializers.CharField()
    headline = serializers.CharField()
    candidates = Candidate(many=True)
    n_repeats = serializers.IntegerField()
    n_top = serializers.IntegerField()
    is_sound = serializers.BooleanField()
    failed_checks = serializers.ListField(child=serializers.CharField())


class Results(serializers.Serializer[Any]):
    analysed_at = serializers.DateTimeField(allow_null=True)
    # Of the whole analysis: the same votes give the same digest.
    digest = serializers.CharField()
    n_participants = serializers.IntegerField()
    n_grouped = serializers.IntegerField()
    n_votes = serializers.IntegerField()
    finding = Finding()
    groups = Group(many=True)
    statements = Statement(many=True, source="statements.object_list")
    needs = serializers.ListField(child=serializers.CharField())


class RecordLine(serializers.Serializer[Line]):
    """A statement and what was done with it. `text` is null where it was taken out,
    `votes`, as they were cast, where results are hidden."""

    number = serializers.IntegerField()
    text = serializers.CharField(allow_null=True)
    language = serializers.CharField()
    state = serializers.CharField()
    reason = serializers.CharField()
    lineage = serializers.CharField()
    predecessor = serializers.IntegerField(allow_null=True)
    duplicate_of = serializers.IntegerField(allow_null=True)
    created_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    votes = serializers.SerializerMethodField()

    def get_votes(self, line: Line) -> dict[str, Any] | None:
        counts = (line.n_agree, line.n_disagree, line.n_pass)
        if None in counts:
            return None
        return dict(Counts(Tally(*(n or 0 for n in counts))).data)
