"""What the rule comparer flags, and what it lets pass, in both languages and across them."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.comparison.statements import statement
from tracker.comparison import RuleComparer
from tracker.languages import languages
from tracker.types import Kind, Statement, Verdict, VerdictLabel

COMPARER = RuleComparer(languages())


def judge(premise: Statement, hypothesis: Statement) -> Verdict:
    (verdict,) = COMPARER.compare([(premise, hypothesis)])
    return verdict


@pytest.mark.parametrize(
    ("code", "a", "b", "kind"),
    [
        ("en", "The dam leaked on Sunday.", "The dam never leaked.", Kind.NEGATION),
        ("en", "Nobody warned the residents of Lower Ashby.",
         "The residents of Lower Ashby were warned.", Kind.NEGATION),
        ("en", "The bridge over the Calder is open.", "The bridge over the Calder is closed.",
         Kind.ANTONYM),
        ("en", "Rents in Calder rose last year.", "Rents in Calder fell last year.", Kind.ANTONYM),
        ("en", "The flood left 14 houses in Ashby without power.",
         "The flood left 60 houses in Ashby without power.", Kind.NUMERIC),
        ("en", "The school in Ashby was shut on 3 March.",
         "The school in Ashby was shut on 9 March.", Kind.DATE),
        ("en", "The round in Geneva brought no progress.", "In Geneva there was real progress.",
         Kind.NEGATION),
        ("en", "The Geneva round was constructive.", "The Geneva round was a waste of time.",
         Kind.EVALUATION),
        ("ro", "Barajul a cedat duminică.", "Barajul nu a cedat.", Kind.NEGATION),
        ("ro", "Locuitorii din Runcu au fost avertizați.",
         "Locuitorii din Runcu nu au fost avertizați.", Kind.NEGATION),
        ("ro", "Podul de la Runcu este deschis.", "Podul de la Runcu este închis.", Kind.ANTONYM),
        ("ro", "Chiriile din Runcu au crescut.", "Chiriile din Runcu au scăzut.", Kind.ANTONYM),
        ("ro", "Viitura a lăsat fără curent 14 case din Runcu.",
         "Viitura a lăsat fără curent 60 de case din Runcu.", Kind.NUMERIC),
        ("ro", "Consultările de la Geneva nu pot fi socotite un progres.",
         "La Geneva s-au făcut progrese.", Kind.NEGATION),
        ("ro", "Discuțiile de la Geneva au fost constructive.",
         "Discuțiile de la Geneva au fost un eșec.", Kind.EVALUATION),
    ],
)  # fmt: skip
def test_what_cannot_both_stand(code: str, a: str, b: str, kind: Kind) -> None:
    verdict = judge(statement(a, code), statement(b, code))
    assert verdict.label is VerdictLabel.CONTRADICTION
    assert verdict.kind is kind
    assert verdict.contradiction >= 0.5
    assert all(word in a for word in verdict.premise_words)
    assert all(word in b for word in verdict.hypothesis_words)


@pytest.mark.parametrize(
    ("code", "a", "b"),
    [
        # the same denied twice, in other words
        ("en", "The bridge over the Calder is not open.", "The bridge over the Calder is closed."),
        ("ro", "Podul de la Runcu nu este deschis.", "Podul de la Runcu este închis."),
        # a condition, a possibility, a plan
        ("en", "The dam leaked.", "If the dam leaked, the valley would be under water."),
        ("ro", "Podul de la Runcu este închis.", "Podul de la Runcu se va deschide."),
        ("en", "No merger has been agreed.", "A merger may be agreed."),
        # not knowing
        ("en", "The dam leaked on Sunday.", "He does not know that the dam leaked on Sunday."),
        ("ro", "Barajul a cedat.", "Nu are cunoștință că barajul a cedat."),
        # rounding and bounds
        ("en", "About 140 houses in Ashby lost power.", "143 houses in Ashby lost power."),
        ("en", "At least one house in Ashby lost power.", "Two houses in Ashby lost power."),
        ("ro", "Aproape patru ore a durat ședința.", "3,7 ore a durat ședința."),
        # percent and points are two things
        ("en", "Rents in Ashby rose by 2 percent.", "Rents in Ashby rose by 5 percentage points."),
        # another number of something else
        ("en", "The fire damaged 12 houses.", "The fire killed 3 horses."),
        # others, elsewhere, at another time
        ("en", "The signal at Ashby was red.", "The signal at Calder was not red."),
        ("en", "The dam leaked on 9 May.", "The dam did not leak on 8 May."),
        # progress on two matters
        ("ro", "S-au făcut progrese în privința planului de irigații.",
         "S-au despărțit fără progrese pe tema taxelor vamale."),
        ("en", "They made progress on the water treaty.",
         "There was no progress on fishing quotas."),
        # another round of the same talks
        ("ro", "Discuțiile au fost constructive.",
         "Au avut o nouă rundă de discuții despre vize, fără niciun progres."),
        # any progress is none yet
        ("en", "There was no progress in Geneva.",
         "Geneva would link any progress to a ceasefire."),
        # another agrees
        ("en", "The round in Geneva brought no progress.", "Geneva was a failure."),
    ],
)  # fmt: skip
def test_what_may_both_be_true(code: str, a: str, b: str) -> None:
    verdict = judge(statement(a, code), statement(b, code))
    assert verdict.label is not VerdictLabel.CONTRADICTION, verdict.reason
    assert judge(statement(b, code), statement(a, code)).label is verdict.label


@pytest.mark.parametrize(
    ("romanian", "english", "kind"),
    [
        ("Runda de la Geneva nu a adus niciun progres.", "There was progress in Geneva.",
         Kind.NEGATION),
        ("Prețurile din Moldova au crescut.", "Prices in Moldova fell.", Kind.ANTONYM),
        ("Negocierile de la Geneva au fost un eșec.", "The Geneva talks were constructive.",
         Kind.EVALUATION),
        ("Atacul de la Geneva a făcut 14 victime.", "The attack in Geneva left 40 victims.",
         Kind.NUMERIC),
    ],
)  # fmt: skip
def test_across_languages(romanian: str, english: str, kind: Kind) -> None:
    verdict = judge(statement(romanian, "ro"), statement(english, "en"))
    assert (verdict.label, verdict.kind) == (VerdictLabel.CONTRADICTION, kind)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Mine fire at Korvan, 2019", "Mine fire at Korvan, 2025"),
        ("Ransomware at Ashby Hospital, Kent", "Ransomware at Calder Clinic, Kent"),
        ("Council vote in Ashby", "Council vote in Runcu"),
    ],
)
def test_statements_about_different_events_bear_on_nothing(first: str, second: str) -> None:
    verdict = judge(
        statement("Every record was lost.", about=first),
        statement("Not one record was lost.", about=second),
    )
    assert verdict.label is VerdictLabel.NEUTRAL
    assert "different" in str(verdict.reason)


def test_the_context_tells_what_a_statement_without_names_is_about() -> None:
    denial = statement("Runda de la Geneva nu poate fi numită un progres major.", "ro")
    report = "Am fost informat de participanți, iar ei vorbesc de progrese."
    same = statement(report, "ro", about="Tratativele despre Marea Neagră, Geneva, mai 2026")
    other = statement(report, "ro", about="Reforma manualelor școlare, București, mai 2026")
    assert judge(denial, same).kind is Kind.NEGATION
    assert judge(denial, other).label is VerdictLabel.NEUTRAL


def test_a_denial_by_the_reporting_words_turns_a_statement_over() -> None:
    paid = statement("The board of Norley Rail paid the ransom.")
    denied = replace(paid, details=replace(paid.details, is_denied=True))
    other = statement("The board of Norley Rail paid the ransom.", speaker="Dan Moga")
    assert judge(other, denied).label is VerdictLabel.CONTRADICTION
    assert judge(other, denied).kind is Kind.NEGATION
    never = statement("The board of Norley Rail never paid the ransom.", speaker="Dan Moga")
    assert judge(never, denied).label is not VerdictLabel.CONTRADICTION


def test_the_same_noun_may_stand_for_two_matters() -> None:
    def talks(text: str, place: str) -> Statement:
        said = statement(text)
        key = f"matter:talks:{place}"
        return replace(said, details=replace(said.details, keys=said.details.keys | {key}))

    useful, useless = "The talks were productive.", "The talks were fruitless."
    verdict = judge(talks(useful, "miami"), talks(useless, "vienna"))
    assert verdict.label is VerdictLabel.NEUTRAL
    assert "talks" in str(verdict.reason)
    same = judge(talks(useful, "miami"), talks(useless, "miami"))
    assert same.label is VerdictLabel.CONTRADICTION


def test_a_speaker_takes_something_back() -> None:
    before = statement("The tower in Ashby was inspected in May.", speaker="Ion Albu, inspector")
    after = statement(
        "Nobody from his office, he admitted, has climbed the tower in Ashby for nine years.",
        speaker="Inspector Albu",
        said_on=date(2026, 4, 1),
    )
    assert judge(before, after).kind is Kind.FACTIVE
    assert judge(before, replace(after, speaker="Maria Dinu")).label is VerdictLabel.NEUTRAL


def test_the_same_in_other_order_is_an_entailment() -> None:
    verdict = judge(
        statement("Twelve buses were withdrawn in Ashby after the brake tests."),
        statement("After the brake tests twelve buses were withdrawn in Ashby."),
    )
    assert verdict.label is VerdictLabel.ENTAILMENT


def test_the_reason_is_a_sentence_an_editor_can_read() -> None:
    verdict = judge(
        statement("The round in Geneva brought no progress."),
        statement("In Geneva there was real progress."),
    )
    assert str(verdict.reason) == "One side says “progress”, the other denies it: “no … progress”."


def test_a_language_without_a_table_is_named() -> None:
    known = statement("The dam leaked.")
    verdict = judge(known, replace(known, language="fi"))
    assert verdict.label is VerdictLabel.NEUTRAL
    assert "“fi”" in str(verdict.reason)


@given(st.lists(st.tuples(st.text(), st.text(), st.sampled_from(["ro", "en"])), max_size=3))
def test_any_pair_gets_a_signed_verdict_with_a_reason(pairs: list[tuple[str, str, str]]) -> None:
    statements = [(statement(a, code), statement(b, code)) for a, b, code in pairs]
    verdicts = COMPARER.compare(statements)
    assert len(verdicts) == len(pairs)
    for verdict in verdicts:
        assert (verdict.comparer, verdict.version) == ("rules", "1")
        assert verdict.entailment + verdict.neutral + verdict.contradiction == pytest.approx(1)
        assert str(verdict.reason).endswith(".")
