"""Does the financial part of a score tell who fails? AUC on Polish companies' year before bankruptcy, beside Z″ alone.

Rows with all parts of both Z scores count. The ratios are those of the data set: interest cover is operating profit ÷
financial expenses there, and there is no cash flow, so that 31 of the 35 points can be had. No band was fitted to it.
Run: python tests/bench/bankruptcy.py FOLDER/03_bankruptcy/5year.arff
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from creditdesk.catalog.scorecards import STANDARD, scorecards
from creditdesk.domain.credit.ratios import ZModel, z_score
from creditdesk.domain.credit.scorecard import from_statement, scored

Company = dict[str, Fraction | None]
ATTRIBUTES = {
    "WC_TA": 3, "RE_TA": 6, "EBIT_TA": 7, "EQ_TL": 8, "S_TA": 9,
    "CR": 4, "QR": 46, "DA": 2, "NM": 23, "IC": 27,
}  # fmt: skip
Z_PARTS = ("WC_TA", "RE_TA", "EBIT_TA", "EQ_TL", "S_TA")
CELLS = 65


@dataclass(frozen=True, slots=True)
class Separation:
    """How well a figure separates: 1 always, 0.5 by chance."""

    companies: int
    failed: int
    auc: dict[str, float]


def main() -> None:
    """Print the figures of a file."""
    found = separation(Path(sys.argv[1]))
    print(f"{found.companies} companies, {found.failed} failed")
    for name, figure in found.auc.items():
        print(f"{name:40} {figure:.6f}")


def separation(file: Path) -> Separation:
    """The AUC of both Z scores, and of the financial part by either of them."""
    rows = list(companies(file))
    figures = {
        model: [_figures(company, model) for company, _ in rows]
        for model in (ZModel.PRIVATE_MANUFACTURER, ZModel.GENERAL)
    }
    failed = [fails for _, fails in rows]
    curves = {}
    for model, each in figures.items():
        curves[f"Z, {model.value}"] = auc([z for z, _ in each], failed)
        curves[f"financial part, {model.value}"] = auc([points for _, points in each], failed)  # fmt: skip
    return Separation(len(rows), sum(failed), curves)


def companies(file: Path) -> Iterator[tuple[Company, bool]]:
    """The companies with all parts of Z, and whether they failed."""
    for line in file.read_text(encoding="utf-8").splitlines():
        cells = line.strip().split(",")
        if len(cells) != CELLS or cells[-1] not in {"0", "1"}:
            continue
        company = {code: _value(cells[place - 1]) for code, place in ATTRIBUTES.items()}
        if all(company[code] is not None for code in Z_PARTS):
            yield company, cells[-1] == "1"


def auc(figures: Sequence[Fraction], failed: Sequence[bool]) -> float:
    """The chance that one that failed stands lower than one that didn't; equal ones count half."""
    ordered = sorted(zip(figures, failed, strict=True), key=lambda each: each[0])
    below, won = 0, Fraction(0)
    for _, group in groupby(ordered, key=lambda each: each[0]):
        ends = [fails for _, fails in group]
        lost, alive = sum(ends), len(ends) - sum(ends)
        won += alive * (below + Fraction(lost, 2))
        below += lost
    return float(won / (below * (len(failed) - below)))


def _figures(company: Company, model: ZModel) -> tuple[Fraction, Fraction]:
    z = z_score(company, model)
    assert z is not None
    score = scored(scorecards()[STANDARD], from_statement(company, z, None), {})
    return z.value, Fraction(score.raw)


def _value(cell: str) -> Fraction | None:
    return None if cell == "?" else Fraction(cell)


if __name__ == "__main__":
    main()
