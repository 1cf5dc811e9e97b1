"""Every address for moderators, and who gets through.

The table is held against urls.py: a new address without an entry fails.
"""

from datetime import UTC, datetime
from typing import NamedTuple

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import get_resolver, reverse

from deliberation import thresholds
from deliberation.actions import decisions
from deliberation.models import AuditEvent, Moderator, SecondLook
from deliberation.permissions import RIGHTS, Right
from tests.deliberation.judgements import analysed, judged
from tests.deliberation.worlds import drafted
from tests.factories import (
    THEN,
    AppealFactory,
    ComparisonFactory,
    ConversationFactory,
    DecisionFactory,
    InvitationFactory,
    ModeratorFactory,
    ParticipantFactory,
    SavedViewFactory,
    SecondLookFactory,
    StatementFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
NEVER = datetime(2999, 1, 1, tzinfo=UTC)


class Page(NamedTuple):
    """Read by those whose role has the right."""

    right: Right = Right.SEE
    names: tuple[str, ...] = ()


class File(NamedTuple):
    """Downloaded by those whose role has the right."""

    right: Right = Right.SEE
    names: tuple[str, ...] = ()


class Act(NamedTuple):
    """Posted by those whose role has the right; leaves one audit event."""

    event: str
    data: dict[str, str] = {}
    # What the address names beside the conversation.
    names: tuple[str, ...] = ()
    # Of the conversation before.
    state: str = "open"
    right: Right = Right.MODERATE


REJECTION = {"reason": "spam", "note": ""}
NEW = {"question": "Why?", "slug": "lakes", "language": "en"}

WORDS = {"question": "What now?", "language": "en", "languages": ["ko"]}
PEOPLE = {"entry": "link", "moderation": "before", "embed_origins": ""}

TABLE = {
    "dashboard": Page(),
    "queue": Page(),
    "seeds": Page(),
    "taking-part": Page(Right.OWN),
    "languages": Page(Right.TRANSLATE),
    "branding": Page(Right.OWN),
    "policy": Page(Right.OWN),
    "audit": Page(),
    "audit-file": File(),
    "draft": Page(),
    "add-seeds": Act("seeds.add", {"lines": '[[1, "One idea.", "en"]]', "add": "0"}),
    "withdraw-seed": Act("moderation.reject", names=("number",)),
    "open-conversation": Act("conversations.open", state="draft", right=Right.OWN),
    "close-conversation": Act("conversations.closed", right=Right.OWN),
    "archive-conversation": Act(
        "conversations.archive", state="closed", right=Right.OWN
    ),
    "restore-conversation": Act(
        "conversations.restore", state="archived", right=Right.OWN
    ),
    "setup": Page(Right.OWN),
    "setup-step": Page(Right.OWN, ("step",)),
    "change-words": Act("setup.change_words", WORDS, right=Right.OWN),
    "change-schedule": Act(
        "setup.change_schedule", {"votes_until": "2999-12-05T18:00"}, right=Right.OWN
    ),
    "change-people": Act("setup.change_people", PEOPLE, right=Right.OWN),
    "change-sight": Act("setup.change_sight", {"results": "close"}, right=Right.OWN),
    "change-limits": Act(
        "setup.change_limits",
        {"vote_goal": "30", "max_statement_length": "280"},
        right=Right.OWN,
    ),
    "change-draft-rule": Act(
        "setup.change_draft_rule",
        {"threshold": "70", "max_principles": "9", "min_votes": "5"},
        right=Right.OWN,
    ),
    "preview": Page(),
    "copy": Page(Right.OWN),
    "copy-conversation": Act("copies.copy", {"slug": "lakes"}, right=Right.OWN),
    "change-branding": Act(
        "branding.change_branding", {"host_name": "The city"}, right=Right.OWN
    ),
    "change-policy": Act(
        "reasons.change_policy",
        {"policy": "Be brief.", "use_spam": "on", "use_other": "on"},
        right=Right.OWN,
    ),
    "change-link-secret": Act("participation.change_link_secret", right=Right.OWN),
    "translate-conversation": Act(
        "translations.translate_conversation",
        {"language": "ko", "question": "왜?"},
        right=Right.TRANSLATE,
    ),
    "translate-statement": Act(
        "translations.translate_statement",
        {"language": "ko", "original": "The AI asks.", "text": "AI는 묻는다."},
        names=("number",),
        right=Right.TRANSLATE,
    ),
    "accept": Act("moderation.accept", names=("number",)),
    "reject": Act("moderation.reject", REJECTION, names=("number",)),
    "mark-meta": Act("moderation.meta", {"is_meta": "yes"}, ("number",)),
    "flag": Act("flags.flag", {"flag_note": "What do you think?"}, ("number",)),
    "unflag": Act("flags.unflag", names=("number",)),
    "sweep": Act("moderation.accept", {"do": "accept:marked", "statement": "7"}),
    "take-back": Act("moderation.take_back", {"batch": "folded"}),
    "save-view": Act("saved_views.save", {"name": "Short ones"}),
    "remove-view": Act("saved_views.remove", {"name": "Mine"}),
    "second-looks": Page(),
    "look-again": Act(
        "second_looks.look_again", {"verdict": "accepted"}, names=("look",)
    ),
    "likeness-groups": Page(),
    "likeness-group": Page(names=("number",)),
    "fold": Act("folding.fold", {"into": "7", "fold": "8001"}, ("number",)),
    "take-back-fold": Act("moderation.take_back", {"batch": "folded"}, ("number",)),
    "words": Page(Right.MODERATE, ("number",)),
    "edit-words": Act(
        "wording.edit", {"text": "The AI asks back.", "seen": "0"}, ("number",)
    ),
    "reword-statement": Act(
        "successors.reword", {"text": "The AI asks back.", "seen": "0"}, ("number",)
    ),
    "split-statement": Act(
        "successors.split",
        {"part_1": "The AI asks us.", "part_2": "The AI is kind.", "seen": "0"},
        ("number",),
    ),
    "take-back-words": Act("successors.take_back", names=("number",)),
    "appeals": Page(),
    "answer-appeal": Act(
        "appeals.answer",
        {"outcome": "upheld", "answer": "It was spam."},
        names=("number",),
    ),
    "quality": Page(),
    "participant-quality": Page(names=("person",)),
    "comparison": Page(names=("comparison",)),
    "quality-rule": Page(),
    "compare": Act("comparisons.compare", {"person": "9001"}),
    "exclude": Act("exclusions.exclude", {"person": "9001", "reason": "A test."}),
    "restore-participants": Act(
        "exclusions.restore", {"person": "9002", "reason": "A mistake."}
    ),
    "change-quality-rule": Act(
        "quality.change_rule",
        {name: str(v) for name, v in thresholds.of({"spam_hour": 30}).items()},
        right=Right.OWN,
    ),
    "team": Page(),
    "invite": Act(
        "team.invite",
        {"role": "observer", "label": "Ada", "days": "7"},
        right=Right.OWN,
    ),
    "revoke-invitation": Act("team.revoke", names=("invitation",), right=Right.OWN),
    "change-role": Act(
        "team.change_role", {"role": "observer"}, names=("member",), right=Right.OWN
    ),
    "remove-member": Act("team.remove", names=("member",), right=Right.OWN),
    "leave-team": Act("team.leave", right=Right.SEE),
    "fill-draft": Act(
        "constitutions.draft_from_consensus",
        {"threshold": "60", "max_principles": "5", "min_votes": "5"},
    ),
    "publish": Act("constitutions.publish", {"confirmed": "yes"}, right=Right.OWN),
    "reword": Act("constitutions.reword", {"text": "Better said."}, names=("pk",)),
    "move": Act("constitutions.move", {"direction": "down"}, names=("pk",)),
    "withdraw": Act("constitutions.withdraw", names=("pk",)),
}
# About a statement that was reworded, to which its author objects.
OF_THE_REPLACED = {"take-back-words", "answer-appeal"}
NUMBERS = dict.fromkeys(OF_THE_REPLACED, 8_000) | {"withdraw-seed": 8_003}
# For everybody who is signed in: a list of her own, and a form for a new one.
FOR_ACCOUNTS = {
    "moderate": Page(),
    "create-conversation": Act("conversations.create", NEW),
}


def allowed(entries):
    """(role, name) for every role that has the right."""
    return [
        (role.value, name)
        for name, entry in entries.items()
        for role in Moderator.Role
        if entry.right in RIGHTS[role]
    ]


def refused(entries):
    every = {(role.value, name) for name in entries for role in Moderator.Role}
    return sorted(every - set(allowed(entries)))


ACTS = {name: entry for name, entry in TABLE.items() if isinstance(entry, Act)}
PAGES = {name: entry for name, entry in TABLE.items() if isinstance(entry, Page)}
FILES = {name: entry for name, entry in TABLE.items() if isinstance(entry, File)}


def moderators_addresses():
    """The names in urls.py under moderate/."""
    found = get_resolver().reverse_dict
    return {
        name
        for name in found
        if isinstance(name, str)
        for (pattern, _names), *_rest in found.getlist(name)[0][:1]
        if pattern.startswith("moderate/")
    }


@pytest.fixture
def rivers():
    """A conversation with something in it for every act."""
    conversation = ConversationFactory(slug="rivers", state="open")
    StatementFactory(
        conversation=conversation,
        number=7,
        state="pending",
        text="The AI asks.",
        flagged_at=THEN,
        flagged_by=UserFactory(),
    )
    run = analysed(conversation, A=10, B=10)
    for number in (1, 2):
        judged(run, number, A=(9, 0, 1), B=(9, 1, 0))
    drafted(conversation)
    replaced = StatementFactory(
        conversation=conversation, number=8_000, state="replaced"
    )
    rewording = DecisionFactory(
        statement=replaced,
        kind="reword",
        before=decisions.values(replaced) | {"state": "accepted"},
        after=decisions.values(replaced),
    )
    AppealFactory(decision=rewording)
    SecondLookFactory(decision__statement__conversation=conversation)
    say_the_same(conversation)
    ParticipantFactory(conversation=conversation, pk=9_001)
    ParticipantFactory(conversation=conversation, pk=9_002, is_excluded=True)
    ComparisonFactory(conversation=conversation, pk=9_003, participants=[9_001])
    ModeratorFactory(conversation=conversation, role=Moderator.Role.OWNER)
    InvitationFactory(conversation=conversation, expires_at=NEVER)
    StatementFactory(conversation=conversation, number=8_003, is_seed=True)
    return conversation


def say_the_same(conversation):
    """Three statements in a group, one of them folded into the first."""
    first = conversation.statements.get(number=7)
    group = {"conversation": conversation, "likeness_group": 7}
    conversation.statements.filter(pk=first.pk).update(likeness_group=7)
    StatementFactory(number=8_001, **group)
    folded = StatementFactory(
        number=8_002, state="rejected", duplicate_of=first, **group
    )
    after = decisions.values(folded)
    DecisionFactory(
        statement=folded,
        kind="fold",
        before=after | {"state": "accepted", "duplicate_of_id": None},
        after=after,
        batch="folded",
        other_number=7,
    )


def address(name, conversation):
    if name in FOR_ACCOUNTS:
        return reverse(name)
    principles = conversation.constitution.versions.get().principles
    values = {
        "number": NUMBERS.get(name, 7),
        "pk": principles.earliest("position").pk,
        "step": "schedule",
        "member": conversation.moderators.earliest("id").pk,
        "invitation": conversation.invitations.get().pk,
        "person": 9_001,
        "comparison": 9_003,
        "look": SecondLook.objects.get().pk,
    }
    names = getattr(TABLE[name], "names", ())
    named = {key: values[key] for key in names}
    return reverse(name, kwargs={"slug": conversation.slug} | named)


def signed_in(conversation, role, **kwargs):
    client = Client(**kwargs)
    user = ModeratorFactory(conversation=conversation, role=role).user
    SavedViewFactory(conversation=conversation, user=user, name="Mine")
    client.force_login(user)
    return client


def events():
    """All but the drafting that made the fixture."""
    actions = AuditEvent.objects.exclude(by_id=None).order_by("id")
    return list(actions.values_list("action", flat=True))


def test_the_table_holds_every_moderators_address():
    assert moderators_addresses() == TABLE.keys() | FOR_ACCOUNTS.keys()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", [*TABLE, *FOR_ACCOUNTS])
def test_anonymous_is_sent_to_sign_in_and_changes_nothing(rivers, client, name, method):
    where = address(name, rivers)

    response = getattr(client, method)(where)

    assert response.status_code == 302
    assert response["Location"] == f"{reverse('sign-in')}?next={where}"
    assert events() == []


@pytest.mark.parametrize("name", TABLE)
def test_outsider_finds_nothing_and_changes_nothing(rivers, outsider_client, name):
    entry, where = TABLE[name], address(name, rivers)

    if isinstance(entry, Act):
        response = outsider_client.post(where, entry.data)
    else:
        response = outsider_client.get(where)

    refusal = response.context["error"]
    assert (response.status_code, refusal.code) == (404, "conversation_not_found")
    assert events() == []


@pytest.mark.parametrize("name", TABLE)
def test_moderator_of_another_conversation_is_an_outsider(rivers, name):
    client = signed_in(ConversationFactory(), Moderator.Role.OWNER)
    entry, where = TABLE[name], address(name, rivers)

    response = client.post(where, getattr(entry, "data", {}))

    assert (response.status_code, events()) in [(404, []), (405, [])]


@pytest.mark.parametrize(("role", "name"), allowed(PAGES))
def test_a_role_with_the_right_reads_the_page(rivers, role, name):
    response = signed_in(rivers, role).get(address(name, rivers))

    assert (response.status_code, response.context["conversation"]) == (200, rivers)
    assert events() == []


@pytest.mark.parametrize(("role", "name"), allowed(FILES))
def test_a_role_with_the_right_gets_the_file(rivers, role, name):
    response = signed_in(rivers, role).get(address(name, rivers))

    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment; filename=")
    assert events() == []


@pytest.mark.parametrize(("role", "name"), allowed(ACTS))
def test_a_role_with_the_right_acts_and_it_is_on_record(rivers, role, name):
    act, where = ACTS[name], address(name, rivers)
    rivers.state = act.state
    rivers.save(update_fields=["state"])

    client = signed_in(rivers, role)
    user = int(client.session[SESSION_KEY])
    response = client.post(where, act.data)

    assert (response.status_code, events()) == (302, [act.event])
    assert AuditEvent.objects.latest("id").by_id == user


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("role", "name"), refused(TABLE))
def test_a_role_without_the_right_is_told_so(rivers, role, name, method):
    data = getattr(TABLE[name], "data", {})

    response = getattr(signed_in(rivers, role), method)(address(name, rivers), data)

    refusal = response.context["error"]
    assert (response.status_code, refusal.code) == (403, "not_your_role")
    assert events() == []


@pytest.mark.parametrize("name", ACTS)
def test_acts_are_not_links(rivers, name):
    response = signed_in(rivers, Moderator.Role.OWNER).get(address(name, rivers))

    assert (response.status_code, response["Allow"], events()) == (405, "POST", [])


@pytest.mark.parametrize("name", [*ACTS, "create-conversation"])
def test_acts_are_refused_without_a_form_of_ours(rivers, name):
    client = signed_in(rivers, Moderator.Role.OWNER, enforce_csrf_checks=True)
    entry = (TABLE | FOR_ACCOUNTS)[name]

    response = client.post(address(name, rivers), entry.data)

    refusal = response.context["error"]
    assert (response.status_code, refusal.code) == (403, "form_expired")
    assert events() == []


def test_everybody_with_an_account_has_a_list_of_her_own(rivers, outsider_client):
    response = outsider_client.get(reverse("moderate"))

    assert (response.status_code, list(response.context["page"])) == (200, [])


def test_everybody_with_an_account_may_open_a_conversation(outsider_client):
    response = outsider_client.post(reverse("create-conversation"), NEW)

    assert response["Location"] == reverse("setup-step", args=["lakes", "words"])
    assert events() == ["conversations.create"]
    assert Moderator.objects.get().role == Moderator.Role.OWNER
