"""The history of a buyer's scores: each as it was worked out, and what changed between two."""

from dataclasses import asdict
from datetime import date

from sqlalchemy.orm import Session

from creditdesk.db.journal import note
from creditdesk.db.voids import voided
from creditdesk.domain.credit.deciding import KeptPoint, figures, kept_points
from creditdesk.domain.credit.scorecard import plain
from creditdesk.i18n import N_
from creditdesk.models import ScoreRecord
from creditdesk.services.credit import judging
from creditdesk.services.credit.records import (
    mistake,
    must_have_been,
    of_buyer,
    the_buyer,
    written,
)
from creditdesk.services.credit.values import BuyerRating, ScoreLine

_CALLED = N_("Score {number}")
_LIMITS = ("need", "capacity", "own", "ask")


def keep(session: Session, buyer_id: int, on: date, today: date) -> int:
    """Keep the score of a day; the answer is its number."""
    must_have_been(on, today)
    return kept(session, buyer_id, judging.rating(session, buyer_id, on))


def kept(session: Session, buyer_id: int, found: BuyerRating) -> int:
    """Keep a score that was worked out."""
    buyer = the_buyer(session, buyer_id)
    score = found.rating.score
    told = figures(score, found.limits)
    at, who = written(session)
    row = ScoreRecord(
        client_id=buyer.client_id,
        buyer_id=buyer_id,
        as_of=found.as_of,
        card=score.card.id,
        card_version=score.card.version,
        model=found.rating.model.value,
        score=score.score,
        raw=score.raw,
        grade=score.grade,
        completeness=plain(score.completeness * 100, 0),
        currency=found.currency,
        points={code: asdict(each) for code, each in kept_points(score).items()},
        caps=[each.cap.code for each in score.caps],
        limits={name: told[name] for name in _LIMITS},
        recorded_at=at,
        who=who,
    )
    session.add(row)
    session.flush()  # the journal names it
    note(
        session, "kept", "score_record", row.id, client_id=row.client_id,
        after={"as_of": row.as_of.isoformat(), "score": row.score, "grade": row.grade},
    )  # fmt: skip
    return row.id


def take_back(session: Session, number: int, why: str) -> None:
    """A score was kept by mistake."""
    mistake(session, ScoreRecord, number, why, _CALLED)


def lines(session: Session, buyer_id: int) -> tuple[ScoreLine, ...]:
    """The kept scores of a buyer, the newest first, voided ones too."""
    found = [
        ScoreLine(
            id=row.id,
            as_of=row.as_of,
            card=row.card,
            version=row.card_version,
            model=row.model,
            score=row.score,
            raw=row.raw,
            grade=row.grade,
            completeness=row.completeness,
            currency=row.currency,
            points={code: KeptPoint(**each) for code, each in row.points.items()},
            caps=tuple(row.caps),
            limits=row.limits,
            who=row.who,
            voided=voided(row),
        )
        for row in of_buyer(session, ScoreRecord, buyer_id)
    ]
    return tuple(sorted(found, key=lambda each: (each.as_of, each.id), reverse=True))
