"""Translations by moderators: written beside the originals, shown to readers."""

import pytest
from django.test import Client

from deliberation.models import (
    AuditEvent,
    ConversationTranslation,
    Statement,
    StatementTranslation,
)
from tests.factories import (
    ConversationTranslationFactory,
    StatementFactory,
    StatementTranslationFactory,
)

PAGE = "/moderate/rivers/languages/"
KOREAN = {"Accept-Language": "ko"}


@pytest.fixture
def statement(conversation) -> Statement:
    return StatementFactory(conversation=conversation, number=7, text="The AI asks.")


def test_page_counts_what_is_missing_in_each_language(moderator_client, statement):
    StatementTranslationFactory(statement=statement, language="ko", text="묻는다.")
    StatementFactory(conversation=statement.conversation, number=8)

    response = moderator_client.get(PAGE, {"language": "ko", "missing": "1"})

    mine = response.context["mine"]
    assert (mine.n_translated, mine.n_all, mine.has_words) == (1, 2, False)
    assert [row.statement.number for row in response.context["rows"]] == [8]


def test_languages_that_are_wanted_come_first(moderator_client, conversation):
    conversation.languages = ["es", "ko"]
    conversation.save(update_fields=["languages"])

    context = moderator_client.get(PAGE).context

    told = [(one.language, one.is_wanted) for one in context["progress"]][:3]
    assert told == [("es", True), ("ko", True), ("de", False)]
    assert context["mine"].language == "es"


def test_statement_in_the_language_is_not_to_be_translated(moderator_client, statement):
    Statement.objects.update(language="pt")

    response = moderator_client.get(PAGE, {"language": "pt-br"})

    assert response.context["rows"] == []
    assert response.context["mine"].n_all == 0


def test_statement_is_translated_by_a_form_and_again_taken_away(
    moderator_client, statement
):
    address = f"{PAGE}statements/7/?missing=1"
    given = {"language": "ko", "original": statement.text, "text": " AI는 묻는다. "}

    response = moderator_client.post(address, given)
    kept = StatementTranslation.objects.get()
    moderator_client.post(address, given)
    moderator_client.post(address, given | {"text": ""})

    assert response["Location"] == f"{PAGE}?missing=1&language=ko#statement-7"
    assert (kept.language, kept.text) == ("ko", "AI는 묻는다.")
    assert StatementTranslation.objects.count() == 0
    changes = [event.details["after"] for event in AuditEvent.objects.order_by("id")]
    assert changes == ["AI는 묻는다.", ""]


def test_htmx_swaps_the_row_and_the_progress(moderator_client, statement):
    given = {"language": "ko", "original": statement.text, "text": "AI는 묻는다."}

    response = moderator_client.post(
        f"{PAGE}statements/7/", given, headers={"HX-Request": "true"}
    )

    html = response.content.decode()
    assert 'id="progress"' in html
    assert html.count("Statement 7 is kept.") == 2
    assert "<html" not in html


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"text": "www.example.org"}, "Links, e-mail addresses"),
        ({"original": "The AI asked."}, "changed the words meanwhile"),
    ],
)
def test_refused_translation_comes_back_and_nothing_is_stored(
    moderator_client, statement, change, sentence
):
    given = {"language": "ko", "original": statement.text, "text": "묻는다."} | change

    response = moderator_client.post(f"{PAGE}statements/7/", given)

    html = response.content.decode()
    assert (response.status_code, sentence in html) == (422, True)
    assert given["text"] in html
    assert (StatementTranslation.objects.count(), AuditEvent.objects.count()) == (0, 0)


def test_question_and_description_are_translated_together(
    moderator_client, conversation
):
    conversation.description = "Why we ask."
    conversation.save()
    given = {"language": "ko", "question": "왜?", "description": ""}

    half = moderator_client.post(f"{PAGE}question/", given)
    whole = moderator_client.post(f"{PAGE}question/", given | {"description": "우리는"})

    assert (half.status_code, whole.status_code) == (422, 302)
    assert "Translate the description, too." in half.content.decode()
    kept = ConversationTranslation.objects.get()
    assert (kept.question, kept.description) == ("왜?", "우리는")


def test_its_own_language_is_refused(moderator_client, conversation):
    given = {"language": "en", "question": "Why?"}

    response = moderator_client.post(f"{PAGE}question/", given)

    assert response.status_code == 409
    assert ConversationTranslation.objects.count() == 0


@pytest.mark.parametrize("page", ["", "vote/", "results/", "data/", "news/"])
def test_question_is_shown_in_the_readers_language(client: Client, conversation, page):
    ConversationTranslationFactory(
        conversation=conversation, language="ko", question="AI는 무엇을 해야 하나?"
    )

    korean = client.get(f"/c/rivers/{page}", headers=KOREAN).content.decode()
    french = client.get(
        f"/c/rivers/{page}", headers={"Accept-Language": "fr"}
    ).content.decode()

    assert 'lang="ko" dir="auto">AI는 무엇을 해야 하나?<' in korean
    assert 'lang="en" dir="auto">What should the AI do?<' in french


def test_results_show_the_translation_with_the_original_a_tap_away(
    client: Client, statement
):
    StatementTranslationFactory(statement=statement, language="ko", text="묻는다.")

    html = client.get("/c/rivers/results/s/7/", headers=KOREAN).content.decode()
    english = client.get("/c/rivers/results/s/7/").content.decode()

    assert '<h1 class="one__text" lang="ko" dir="auto">묻는다.</h1>' in html
    assert '<span lang="en" dir="auto">The AI asks.</span>' in html
    assert ("묻는다." in english, 'class="original"' in english) == (False, False)
