"""News by e-mail: who is told what, and once."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from deliberation.actions import conversations, news
from deliberation.models import (
    Constitution,
    ConstitutionVersion,
    Conversation,
    Subscription,
)
from tests import factories
from tests.deliberation.readers import ADDRESS, close, on_the_list, send, subscribe


def publish(conversation: Conversation, number: int) -> None:
    constitution, _new = Constitution.objects.get_or_create(conversation=conversation)
    ConstitutionVersion.objects.create(
        constitution=constitution,
        number=number,
        digest="d",
        published_at=timezone.now(),
        published_by=factories.UserFactory(),
    )


def links(sent: EmailMultiAlternatives) -> list[str]:
    return [word for word in sent.body.split() if word.startswith("http")]


# --- Asking --------------------------------------------------------------------------


def test_who_asks_gets_one_mail_with_a_link_to_confirm(
    conversation: Conversation,
) -> None:
    token = subscribe(conversation).token

    (sent,) = send(conversation)

    base = "http://127.0.0.1:8000/c/rivers/news"
    assert sent.to == [ADDRESS]
    assert sent.subject == "Do you want news of “What should the AI do?”?"
    assert links(sent) == [f"{base}/confirm/{token}/", f"{base}/leave/{token}/"]
    assert send(conversation) == []


def test_every_mail_can_be_left_by_one_click(conversation: Conversation) -> None:
    token = subscribe(conversation).token

    (sent,) = send(conversation)

    assert sent.message()["List-Unsubscribe"] == (
        f"<http://127.0.0.1:8000/c/rivers/news/leave/{token}/>"
    )
    assert sent.message()["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_mail_says_the_same_as_html(conversation: Conversation) -> None:
    conversation.question = "Bread & <salt>?"
    conversation.save()
    subscribe(conversation)

    (sent,) = send(conversation)

    ((html, kind),) = sent.alternatives
    assert kind == "text/html"
    assert [
        "“Bread & <salt>?”" in sent.body,
        "“Bread &amp; &lt;salt&gt;?”" in html,
    ] == [
        True,
        True,
    ]
    assert all(link in html for link in links(sent))


def test_a_mail_is_in_the_language_of_who_asked(conversation: Conversation) -> None:
    factories.ConversationTranslationFactory(
        conversation=conversation, language="es", question="¿Qué debe hacer la IA?"
    )
    subscribe(conversation, "es")

    (sent,) = send(conversation)

    assert "¿Qué debe hacer la IA?" in sent.subject


def test_who_asks_again_before_confirming_is_answered_again(
    conversation: Conversation,
) -> None:
    subscribe(conversation)
    (first,) = send(conversation)
    subscribe(conversation)

    (second,) = send(conversation)

    assert links(second) == links(first)


def test_who_is_on_the_list_hears_so_and_stays_on_it(
    conversation: Conversation,
) -> None:
    on_the_list(conversation, email=ADDRESS, language="es")
    before = Subscription.objects.values().get()
    subscribe(conversation, "en")

    (sent,) = send(conversation)

    assert links(sent)[0] == "http://127.0.0.1:8000/c/rivers/"
    assert Subscription.objects.values().get() == before


def test_nothing_is_told_before_it_is_confirmed(conversation: Conversation) -> None:
    subscribe(conversation)
    send(conversation)
    close(conversation)

    assert send(conversation) == []


def test_an_unknown_link_confirms_nobody(conversation: Conversation) -> None:
    elsewhere = on_the_list(factories.ConversationFactory(), confirmed_at=None)

    with pytest.raises(news.LinkUnknown):
        news.confirm(
            conversation=conversation, token=elsewhere.token, now=timezone.now()
        )

    elsewhere.refresh_from_db()
    assert elsewhere.confirmed_at is None


def test_confirmed_twice_keeps_the_first_time(conversation: Conversation) -> None:
    token, first = subscribe(conversation).token, timezone.now()
    for hours in (0, 1):
        now = first + timedelta(hours=hours)
        news.confirm(conversation=conversation, token=token, now=now)

    assert Subscription.objects.get().confirmed_at == first


def test_addresses_that_nobody_confirms_are_forgotten_after_three_days(
    conversation: Conversation,
) -> None:
    ages = {"new@example.org": 2, "old@example.org": 4}
    for email, days in ages.items():
        on_the_list(
            conversation,
            email=email,
            asked_at=timezone.now() - timedelta(days=days),
            confirmed_at=None,
        )
    on_the_list(conversation, email="on@list.org", asked_at=factories.THEN)

    assert news.drop_unconfirmed() == 1

    left = Subscription.objects.order_by("email").values_list("email", flat=True)
    assert list(left) == ["new@example.org", "on@list.org"]


# --- Telling -------------------------------------------------------------------------


def test_the_close_is_told_once(conversation: Conversation) -> None:
    on_the_list(conversation)
    close(conversation)

    sent = [mail.subject for mail in send(conversation) + send(conversation)]

    assert sent == ["Voting has ended: “What should the AI do?”"]


def test_each_version_is_told_once(conversation: Conversation) -> None:
    on_the_list(conversation)
    publish(conversation, 1)
    first = send(conversation)
    publish(conversation, 2)

    second = send(conversation)

    numbers = [mail.body.split(" of the constitution")[0] for mail in first + second]
    assert numbers == ["Version 1", "Version 2"]


def test_what_happened_before_she_asked_is_not_told(
    conversation: Conversation,
) -> None:
    publish(conversation, 1)
    close(conversation)
    on_the_list(conversation, asked_at=timezone.now(), confirmed_at=timezone.now())

    assert send(conversation) == []


def test_a_close_that_was_taken_back_is_not_told(conversation: Conversation) -> None:
    on_the_list(conversation)
    close(conversation)
    conversations.open_conversation(
        conversation=conversation, by=None, now=timezone.now()
    )

    assert send(conversation) == []


def test_who_has_left_is_told_nothing(conversation: Conversation) -> None:
    token = on_the_list(conversation).token
    close(conversation)
    for _ in range(2):
        news.leave(slug="rivers", token=token)

    assert send(conversation) == []
    assert not Subscription.objects.exists()


def test_many_are_told_in_turns(
    conversation: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "AT_ONCE", 2)
    people = [on_the_list(conversation) for _ in range(5)]
    close(conversation)

    turns = [send(conversation) for _ in range(4)]

    assert [len(sent) for sent in turns] == [2, 2, 1, 0]
    told = Subscription.objects.order_by("pk").values_list("told", flat=True)
    assert list(told) == [["answer", "closed"]] * len(people)
