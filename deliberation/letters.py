"""Letters by e-mail: their words in the reader's language, and the message they make.

Plain text, and the same words as simple HTML. Each says how to leave the list: by a link
for people, and by headers that mail programs make a button of (RFC 2369, RFC 8058).
"""

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Reader:
    """Who it goes to. `token` confirms and leaves; `slug` names the conversation."""

    email: str
    language: str
    token: str
    slug: str
    question: str


@dataclass(frozen=True)
class Letter:
    """What it says: paragraphs, then a link with its label, then why it came."""

    subject: str
    paragraphs: tuple[str, ...]
    label: str
    link: str
    reason: str


def confirmation(reader: Reader) -> Letter:
    """Asks whether it was she who asked."""
    return Letter(
        subject=_("Do you want news of “%(question)s”?")
        % {"question": reader.question},
        paragraphs=(
            _(
                "Somebody, probably you, asked us to tell this address what comes of the"
                " conversation “%(question)s”."
            )
            % {"question": reader.question},
            _("Open this page and press the button if you want that:"),
        ),
        label=_("Yes, tell me"),
        link=_address("confirm-news", reader),
        reason=_(
            "If it was not you, do nothing: nothing is sent, and the address is"
            " forgotten after three days. To have it forgotten now:"
        ),
    )


def already(reader: Reader) -> Letter:
    """To an address that is on the list and was given again."""
    return Letter(
        subject=_("News of “%(question)s”") % {"question": reader.question},
        paragraphs=(
            _(
                "Somebody, probably you, asked us to tell this address what comes of the"
                " conversation “%(question)s”. It is on the list already, so there is"
                " nothing to do."
            )
            % {"question": reader.question},
        ),
        label=_("To the conversation"),
        link=_address("conversation", reader),
        reason=_because(),
    )


def closed(reader: Reader) -> Letter:
    return Letter(
        subject=_("Voting has ended: “%(question)s”") % {"question": reader.question},
        paragraphs=(
            _(
                "The conversation “%(question)s” is closed. Nothing more can be voted"
                " on, and the results stay."
            )
            % {"question": reader.question},
        ),
        label=_("See the results"),
        link=_address("results", reader),
        reason=_because(),
    )


def published(reader: Reader, number: int) -> Letter:
    return Letter(
        subject=_("The constitution is published: “%(question)s”")
        % {"question": reader.question},
        paragraphs=(
            _(
                "Version %(number)d of the constitution that came of the conversation"
                " “%(question)s” is published. Each principle in it shows the votes"
                " that it rests on."
            )
            % {"question": reader.question, "number": number},
        ),
        label=_("Read the constitution"),
        link=_address("constitution", reader),
        reason=_because(),
    )


def message(
    reader: Reader, letter: Letter, connection: BaseEmailBackend
) -> EmailMultiAlternatives:
    leave = _address("leave-news", reader)
    context = {
        "letter": letter,
        "leave": leave,
        "is_rtl": translation.get_language_bidi(),
        "language": translation.get_language(),
    }
    made = EmailMultiAlternatives(
        subject=letter.subject,
        body=render_to_string("news/letter.txt", context),
        to=[reader.email],
        connection=connection,
        headers={
            "List-Unsubscribe": f"<{leave}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            # So that nobody's holiday notice answers.
            "Auto-Submitted": "auto-generated",
        },
    )
    made.attach_alternative(render_to_string("news/letter.html", context), "text/html")
    return made


def _because() -> str:
    return _("You get this because you asked for it. To get no more of these mails:")


def _address(name: str, reader: Reader) -> str:
    arguments = [reader.slug]
    if name in {"confirm-news", "leave-news"}:
        arguments.append(reader.token)
    return settings.SITE_URL + reverse(name, args=arguments)
