"""Random codes that rows are made with. Migrations name these: they keep their place."""

import secrets

# Letters and digits that nobody takes for one another on a poster.
SHORT_CODE_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


def new_short_code() -> str:
    """The end of a short link: one of 900 million."""
    return "".join(secrets.choice(SHORT_CODE_LETTERS) for _ in range(6))


def new_link_secret() -> str:
    """A key of 32 bytes to sign links with."""
    return secrets.token_urlsafe(32)


def new_mail_token() -> str:
    """What a link in a mail proves that the mail was read."""
    return secrets.token_urlsafe(24)
