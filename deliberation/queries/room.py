"""What a screen in a room shows: how many take part, and the opinion map; nobody's."""

from dataclasses import dataclass

from deliberation.models import Conversation
from deliberation.queries import analysis, conversations, opinion_map, visibility


@dataclass(frozen=True)
class Board:
    """`version` is another one as soon as anything on it is."""

    figures: conversations.Figures
    map: opinion_map.OpinionMap | None
    version: str


def board(conversation: Conversation) -> Board:
    """The map is there with opinion groups, once everybody may see the results."""
    figures = conversations.figures(conversation)
    may_see = visibility.sight(conversation, None).is_open
    run = analysis.latest_run(conversation) if may_see else None
    groups = analysis.described_groups(run)
    drawing = opinion_map.drawn(run, groups, None) if run and groups else None
    counts = (figures.n_participants, figures.n_votes, figures.n_statements)
    parts = (*counts, run.pk if run and drawing else 0, conversation.state)
    return Board(figures, drawing, "-".join(str(part) for part in parts))
