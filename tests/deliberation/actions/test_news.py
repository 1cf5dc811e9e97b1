"""News by e-mail: who is told what, once, whatever fails on the way."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from deliberation.actions import conversations, news
from deliberation.models import (
    Constitution,
    ConstitutionVersion,
    Conversation,
    Subscription,
)
from tests import factories

ADDRESS = "reader@example.org"


def subscribe(conversation: Conversation, language: str = "en") -> Subscription:
    news.subscribe(
        conversation=conversation,
        email=ADDRESS,
        language=language,
        now=timezone.now(),
    )
    return Subscription.objects.get(email=ADDRESS)


def on_the_list(conversation: Conversation, **more: object) -> Subscription:
    """Who confirmed an hour ago, and was answered."""
    asked_at = timezone.now() - timedelta(hours=1)
    told = {"told": ["answer"], "asked_at": asked_at, "confirmed_at": asked_at}
    return factories.SubscriptionFactory(conversation=conversation, **(told | more))


def send(conversation: Conversation) -> list[EmailMultiAlternatives]:
    """The mails that go out now."""
    mail.outbox.clear()
    news.send_due(conversation_id=conversation.pk)
    return list(mail.outbox)


def close(conversation: Conversation) -> None:
    conversations.close_conversation(
        conversation=conversation, by=None, now=timezone.now()
    )


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


# --- A mail server that fails --------------------------------------------------------


class FailingBackend(EmailBackend):
    """Raises what the test says for the addresses that it says."""

    failures: dict[str, Exception] = {}

    def send_messages(self, messages):  # type: ignore[no-untyped-def]
        for message in messages:
            if message.to[0] in self.failures:
                raise self.failures[message.to[0]]
        return super().send_messages(messages)


@pytest.fixture
def failing(settings):  # type: ignore[no-untyped-def]
    """Fill it with what goes wrong."""
    settings.EMAIL_BACKEND = f"{__name__}.FailingBackend"
    FailingBackend.failures = {}
    yield FailingBackend.failures
    FailingBackend.failures = {}


def refused(code: int) -> Exception:
    return smtplib.SMTPRecipientsRefused({ADDRESS: (code, b"")})


@pytest.mark.parametrize(
    "failure",
    [
        ConnectionRefusedError(),
        TimeoutError(),
        smtplib.SMTPServerDisconnected(),
        smtplib.SMTPAuthenticationError(535, b""),
        refused(450),
    ],
    ids=lambda failure: type(failure).__name__,
)
def test_a_mail_that_does_not_go_out_is_sent_later_and_once(
    conversation: Conversation, failing: dict[str, Exception], failure: Exception
) -> None:
    on_the_list(conversation, email=ADDRESS)
    close(conversation)
    failing[ADDRESS] = failure
    assert send(conversation) == []
    failing.clear()

    assert len(send(conversation)) == 1
    assert send(conversation) == []


@pytest.mark.parametrize(
    "failure", [refused(550), smtplib.SMTPDataError(554, b"")], ids=["address", "mail"]
)
def test_a_mail_that_is_refused_for_good_is_not_tried_again(
    conversation: Conversation, failing: dict[str, Exception], failure: Exception
) -> None:
    on_the_list(conversation, email=ADDRESS)
    close(conversation)
    failing[ADDRESS] = failure
    send(conversation)
    failing.clear()

    assert send(conversation) == []


@pytest.mark.parametrize("code", [450, 550])
def test_an_address_that_is_refused_keeps_no_other_waiting(
    conversation: Conversation, failing: dict[str, Exception], code: int
) -> None:
    on_the_list(conversation, email=ADDRESS)
    on_the_list(conversation, email="other@example.org")
    close(conversation)
    failing[ADDRESS] = refused(code)

    assert [sent.to for sent in send(conversation)] == [["other@example.org"]]


def test_the_log_tells_no_address(
    conversation: Conversation,
    failing: dict[str, Exception],
    caplog: pytest.LogCaptureFixture,
) -> None:
    on_the_list(conversation, email=ADDRESS)
    close(conversation)
    failing[ADDRESS] = smtplib.SMTPSenderRefused(550, b"", ADDRESS)
    send(conversation)

    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert ADDRESS not in caplog.text
