"""News by e-mail, and mail servers that fail: nothing is lost, nobody waits for another."""

import smtplib
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend

from deliberation.models import Conversation
from tests.deliberation.readers import ADDRESS, close, on_the_list, send


class FailingBackend(EmailBackend):
    """Raises what the test says for the addresses that it says."""

    failures: dict[str, Exception] = {}

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        for message in messages:
            if message.to[0] in self.failures:
                raise self.failures[message.to[0]]
        return super().send_messages(messages) or 0


@pytest.fixture
def failing(settings: Any) -> Iterator[dict[str, Exception]]:
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
