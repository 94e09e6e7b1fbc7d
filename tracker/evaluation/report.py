"""An evaluation as one JSON object or as a table to read."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict

from tracker.evaluation.conflicts import ConflictReport
from tracker.evaluation.extraction import ExtractionReport, ExtractionScores
from tracker.evaluation.pairs import PairReport
from tracker.evaluation.run import Report, Speed
from tracker.evaluation.scores import Score


def as_json(report: Report) -> str:
    """The report as the JSON object that ``docs/evaluation.md`` describes."""
    return json.dumps(asdict(report), indent=2)


def as_text(report: Report) -> str:
    """The report as a table, fractions in percent."""
    sections = [
        _extraction(report.extraction) if report.extraction else ["No articles to extract from."],
        _conflicts(report.conflicts) if report.conflicts else ["No conflicts.jsonl."],
        _pairs(report.pairs) if report.pairs else ["No pairs.jsonl."],
        list(_speed(report.speed)),
    ]
    return "\n\n".join("\n".join(lines) for lines in sections)


def _extraction(report: ExtractionReport) -> list[str]:
    lines = [
        f"{'Extraction':12}" + "".join(f"{name:^21}" for name in _readings(report.overall)),
        " " * 12 + f"{'P':>7}{'R':>7}{'F1':>7}" * 4,
        _scores_line("all", report.overall),
    ]
    slices = {**report.by_language, **report.by_type}
    return lines + [_scores_line(name, scores) for name, scores in slices.items()]


def _scores_line(name: str, scores: ExtractionScores) -> str:
    return f"  {name:10}" + "".join(map(_score, _readings(scores).values()))


def _readings(scores: ExtractionScores) -> Mapping[str, Score]:
    return vars(scores)


def _score(score: Score) -> str:
    return "".join(f"{100 * value:7.1f}" for value in (score.precision, score.recall, score.f1))


def _conflicts(report: ConflictReport) -> list[str]:
    lines = [f"{'Conflicts':22}{'P':>7}{'R':>7}{'F1':>7}{'found':>8}{'gold':>7}"]
    for name, total in (("hard", report.hard), ("with tension", report.with_tension)):
        scores = _score(Score(total.precision, total.recall, total.f1))
        lines.append(f"  {name:20}{scores}{total.found:8}{total.gold:7}")
    seen = report.candidates
    lines.append(
        f"  {'compared at all':27}{100 * seen.recall:7.1f}{seen.compared:15}{seen.found:7}"
    )
    return lines


def _pairs(report: PairReport) -> list[str]:
    return [
        f"{'Pairs':22}{'P':>7}{'R':>7}{'F1':>7}",
        f"  {'hard':20}{_score(report.hard)}",
        f"  {'macro F1':34}{100 * report.macro_f1:7.1f}",
        f"  {'traps flagged':34}{100 * report.traps_flagged:7.1f}",
        f"  {'in languages without a table':34}{report.unsupported:7}",
        *(
            f"  {f'{name}, {scores.pairs} pairs, hard':20}{_score(scores.hard)}"
            f"   macro F1 {100 * scores.macro_f1:.1f}"
            for name, scores in report.by_language.items()
        ),
        *_confusion(report.confusion),
    ]


def _confusion(confusion: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    yield f"  {'gold, down; judged':20}" + "".join(f"{label[:10]:>12}" for label in confusion)
    for label, judged in confusion.items():
        yield f"  {label:20}" + "".join(f"{count:12}" for count in judged.values())


def _speed(speed: Speed) -> Iterator[str]:
    for name, rate in (
        ("articles", speed.articles_per_second),
        ("pairs", speed.pairs_per_second),
    ):
        yield f"{name + ' a second':22}{'–' if rate is None else f'{rate:.1f}':>7}"
