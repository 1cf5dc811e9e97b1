"""A browser without JavaScript: it reads forms, fills them in and keeps cookies."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener


@dataclass
class Form:
    action: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    # What the buttons say, with the name and value that pressing each sends.
    buttons: dict[str, dict[str, str]] = field(default_factory=dict)
    # Where those send it that name an address of their own.
    actions: dict[str, str] = field(default_factory=dict)


class FormReader(HTMLParser):
    """Collects the forms of a page with what a browser would send of each."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.form: Form | None = None
        self.button: dict[str, str] | None = None
        self.action = ""
        self.textarea = self.select = ""
        self.words = ""
        # Between <kbd> and </kbd>: a hint, hidden from whoever reads the page aloud.
        self.is_hint = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.is_hint = tag == "kbd"
        if tag == "form":
            self.form = Form(given.get("action", ""))
            self.forms.append(self.form)
        elif self.form is not None:
            self.words = "" if tag in {"button", "textarea"} else self.words
            getattr(self, f"start_{tag}", lambda _: None)(given)

    def start_input(self, given: dict[str, str]) -> None:
        is_box = given.get("type") in {"checkbox", "radio"}
        if "name" in given and ("checked" in given or not is_box):
            self.form.fields[given["name"]] = given.get("value", "on" if is_box else "")

    def start_button(self, given: dict[str, str]) -> None:
        self.button = {given["name"]: given["value"]} if "name" in given else {}
        self.action = given.get("formaction", "")

    def start_textarea(self, given: dict[str, str]) -> None:
        self.textarea = given["name"]

    def start_select(self, given: dict[str, str]) -> None:
        self.select = given["name"]

    def start_option(self, given: dict[str, str]) -> None:
        if "selected" in given or self.select not in self.form.fields:
            self.form.fields[self.select] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if not self.is_hint:
            self.words += data

    def handle_endtag(self, tag: str) -> None:
        self.is_hint = False
        if self.form is None:
            return
        if tag == "button" and self.button is not None:
            words = " ".join(self.words.split())
            self.form.buttons[words] = self.button
            self.form.actions[words] = self.action or self.form.action
        elif tag == "textarea":
            self.form.fields[self.textarea] = self.words.strip()
        elif tag == "form":
            self.form = None


@dataclass(frozen=True)
class Page:
    url: str
    status: int
    text: str

    @property
    def path(self) -> str:
        return urlsplit(self.url).path

    def forms(self, action: str) -> list[Form]:
        """Those whose action begins so; with "" those that go where they stand."""
        reader = FormReader()
        reader.feed(self.text)
        return [
            form
            for form in reader.forms
            if (form.action.startswith(action) if action else not form.action)
        ]

    def form(self, action: str) -> Form:
        return self.forms(action)[0]

    def figure(self, words: str) -> int:
        """The number that the page shows with these words, as in "1,450 votes"."""
        found = re.search(rf"{words}\s*</dt>\s*<dd>([\d,]+)</dd>", self.text)
        assert found, f"no figure of {words} on {self.url}"
        return int(found[1].replace(",", ""))


class PlainBrowser:
    def __init__(self, base: str) -> None:
        self.base = base
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> Page:
        return self._open(Request(urljoin(self.base, path)))

    def submit(
        self, page: Page, form: Form, button: str, **values: str | list[str]
    ) -> Page:
        """Press a button of the form, with some fields filled in by hand."""
        given = {**form.fields, **values, **form.buttons[button]}
        data = urlencode(given, doseq=True).encode()
        return self._open(Request(urljoin(page.url, form.actions[button]), data))

    def _open(self, request: Request) -> Page:
        try:
            answer = self.opener.open(request, timeout=20)
        except HTTPError as refusal:
            answer = refusal
        with answer:
            return Page(answer.url, answer.status, answer.read().decode())
