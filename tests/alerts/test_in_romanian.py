"""An alert as somebody gets it whose subscription speaks Romanian."""

import json
from dataclasses import replace

import pytest
from standardwebhooks import Webhook

from tests.alerts.samples import ALERT, ALERTED, CLAIMS, CONFLICT, SECRET, parcel, subscription
from tests.receiver import receiver
from tracker.alerts import ChannelNotifier
from tracker.alerts.message import QUOTED, text, title
from tracker.types import AlertedConflict, Change, Claim, MessageKind, RelationLabel, Tongue

DESK = "https://desk.example.org/"
WHY = "O parte spune „este închis”, cealaltă neagă: „nu este închis”."
TO = subscription(language=Tongue.ROMANIAN)


def spoken_for(claim: Claim, body: str) -> Claim:
    return replace(claim, source=replace(claim.source, speaks_for=body))


def test_a_person_reads_it_in_romanian() -> None:
    with receiver() as desk:
        channel = f"json://{desk.host}/hook"
        to = subscription(channel, language=Tongue.ROMANIAN)
        ChannelNotifier(DESK).send(parcel(to, ALERTED))
    message = json.loads(desk.received[0].body)
    assert message["title"] == "Contradicție: Șerban Drăgan / Ilinca Moraru"
    assert message["message"] == (
        "Șerban Drăgan (Monitorul Câmpiei, 1 mar. 2026): „Podul este închis”\n\n"
        "Ilinca Moraru, primarul (Gazeta de Prut, 1 mar. 2026): „Podul nu este închis”\n\n"
        f"{WHY} (gravitate: 0,80)\n"
        "https://desk.example.org/conflicts/7"
    )


def test_of_a_webhook_only_the_reason_is_in_romanian() -> None:
    with receiver() as desk:
        ChannelNotifier(DESK).send(
            parcel(subscription(desk.url, language=Tongue.ROMANIAN), ALERTED)
        )
    message = Webhook(SECRET).verify(desk.received[0].body, desk.received[0].headers)
    data = message["data"]
    assert (message["type"], data["relation"], data["state"]) == (
        "conflict.opened",
        "contradiction",
        "new",
    )
    assert data["reason"] == WHY
    assert data["sides"][0][0]["said_on"] == "2026-03-01"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (Change.OPENED, "Răzgândire: "),
        (Change.NEW_EVIDENCE, "Răzgândire, dovezi noi: "),
        (Change.CAME_BACK, "Răzgândire, din nou: "),
        (Change.CONFIRMED, "Răzgândire confirmată: "),
        (Change.DISMISSED, "Răzgândire respinsă: "),
    ],
)
def test_the_title_says_what_happened(change: Change, told: str) -> None:
    alerted = AlertedConflict(
        alert=replace(ALERT, change=change),
        conflict=replace(CONFLICT, label=RelationLabel.REVERSAL),
        claims=CLAIMS,
    )
    assert title(parcel(TO, alerted)) == f"{told}Șerban Drăgan / Ilinca Moraru"


@pytest.mark.parametrize(
    ("count", "told"),
    [(1, "desk: 1 conflict"), (2, "desk: 2 conflicte"), (20, "desk: 20 de conflicte")],
)
def test_a_digest_counts_its_conflicts(count: int, told: str) -> None:
    digest = parcel(TO, *[ALERTED] * count, kind=MessageKind.DIGEST)
    assert title(digest) == told
    assert text(digest, DESK).startswith("1. Contradicție: Șerban Drăgan / Ilinca Moraru\n\n")


def test_whom_somebody_speaks_for_and_what_is_not_quoted_is_told() -> None:
    first, second = CLAIMS
    many = [replace(spoken_for(first, "Guvern"), id=10 + n) for n in range(QUOTED + 2)]
    crowded = AlertedConflict(
        alert=ALERT,
        conflict=replace(CONFLICT, sides=(tuple(each.id for each in many), (2,))),
        claims=(*many, second),
    )
    told = text(parcel(TO, crowded), DESK)
    assert told.count("Șerban Drăgan, pentru Guvern (Monitorul Câmpiei, 1 mar. 2026)") == QUOTED
    assert "\n… și încă 2\n" in told


def test_a_test_says_that_it_is_one() -> None:
    tried = parcel(TO, kind=MessageKind.TEST)
    assert title(tried) == "Mesaj de probă: desk"
    assert text(tried, DESK) == (
        "Acesta este un mesaj de probă. Aici sosesc alertele abonamentului „desk”."
    )
