"""Reading a page as a browser would, as far as the tests ask."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


@dataclass
class Marked:
    """One ``<mark>``: the claims it stands for, its text, and the strong words in it."""

    claims: list[int]
    text: str = ""
    strong: list[str] = field(default_factory=list)


class Page(HTMLParser):
    """A page's marks, links, form tokens and the language that each mark is read in."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.marks: list[Marked] = []
        self.links: list[str] = []
        self.tokens: list[str] = []
        self.scripts: list[dict[str, str | None]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self._open.append(tag)
        if tag == "mark":
            self.marks.append(Marked([int(id) for id in (values["data-claims"] or "").split()]))
        if tag == "strong" and self._inside("mark"):
            self.marks[-1].strong.append("")
        if tag == "a":
            self.links.append(values.get("href") or "")
        if tag == "script":
            self.scripts.append(values)
        if values.get("name") == "csrf_token":
            self.tokens.append(values["value"] or "")
        if tag in ("input", "meta", "link", "br", "rect"):
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._inside("mark"):
            self.marks[-1].text += data
            if self._inside("strong"):
                self.marks[-1].strong[-1] += data

    def marked(self, claim_id: int) -> str:
        """The text marked for a claim, its pieces joined by a bar."""
        return "|".join(mark.text for mark in self.marks if claim_id in mark.claims)

    def _inside(self, tag: str) -> bool:
        return tag in self._open


class Form(HTMLParser):
    """What a browser would send of the last form of a page, were its button pressed."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.fields: dict[str, list[str]] = {}
        self._area: str | None = None
        self.feed(html[: html.index("<footer")])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        name = values.get("name") or ""
        if tag == "form":
            self.fields = {}
        elif tag == "textarea":
            self._area = name
            self.fields[name] = [""]
        elif tag == "input" and (values.get("type") not in _TICKED or "checked" in values):
            self.fields.setdefault(name, []).append(values.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = None

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self.fields[self._area] = [data]


_TICKED = ("checkbox", "radio")


def read(client: FlaskClient, url: str, status: int = 200) -> Page:
    """The page at ``url``."""
    response = client.get(url)
    assert response.status_code == status, response.text
    return Page(response.text)


def submit(client: FlaskClient, page: str, url: str, **fields: object) -> TestResponse:
    """Send a form found on ``page`` to ``url`` and follow where it leads."""
    token = read(client, page).tokens[0]
    return client.post(url, data={"csrf_token": token, **fields}, follow_redirects=True)
