"""Declarations to the insurers: what is to be declared, what was, and keeping it for ever."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from creditdesk.db import documents
from creditdesk.db.database import Database
from creditdesk.db.journal import note
from creditdesk.db.voids import reason_given
from creditdesk.domain.base.evidence import InspectedEvidence
from creditdesk.domain.base.money import Money
from creditdesk.domain.declare.declarations import DeclarationKind, Obligation, Period
from creditdesk.domain.declare.declared import (
    DeclaredLine,
    of_period,
    standing,
    still_to_declare,
)
from creditdesk.domain.declare.insurable import sums
from creditdesk.models import (
    Declaration,
    DeclarationLine,
    DeclarationTotal,
    Policy,
)
from creditdesk.readings.declarations import declarations_of
from creditdesk.readings.policies import the_policy
from creditdesk.readings.queries import client_names, the_client
from creditdesk.services.declarations.reading import Reading
from creditdesk.services.declarations.values import (
    CorrectedTwice,
    DeclarationUnknown,
    DeclaredBeforePeriod,
    DeclaredInFuture,
    NewDeclaration,
    NothingAsked,
    NothingNew,
    Overview,
    PeriodFile,
    PeriodNotAsked,
    TotalsNeedOnePeriod,
)

_NAMED = 6
"""How many periods a refusal names."""


class Declarations:
    """What is declared under the clients' policies."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def overview(
        self, on: date, *, client_id: int | None = None, policy_id: int | None = None
    ) -> Overview:
        """The policies of one client or of all, and their periods that have begun by a day, oldest first."""
        statement = select(Policy).order_by(Policy.client_id, Policy.period_start.desc())  # fmt: skip
        if client_id is not None:
            statement = statement.where(Policy.client_id == client_id)
        if policy_id is not None:
            statement = statement.where(Policy.id == policy_id)
        with self._db.read() as session:
            names = client_names(session)
            readings = [
                (names[policy.client_id], Reading(session, policy, on))
                for policy in session.scalars(statement)
            ]
            return Overview(
                tuple(reading.line_of_policy(name) for name, reading in readings),
                tuple(
                    line for name, reading in readings for line in reading.lines(name)
                ),
            )

    def period(
        self, policy_id: int, kind: DeclarationKind, start: date, on: date
    ) -> PeriodFile:
        """One period, whole. Raises `PeriodNotAsked`."""
        with self._db.read() as session:
            policy = the_policy(session, policy_id)
            reading = Reading(session, policy, on)
            asked = next(
                (
                    each
                    for each in reading.asked.obligations
                    if each.kind is kind and each.period.start == start
                ),
                None,
            )
            if asked is None:
                raise _not_asked(reading, Period(start, start))
            return reading.file(asked, the_client(session, policy.client_id).name)

    def keep_proof(
        self, policy_id: int, file: InspectedEvidence, content: bytes
    ) -> int:
        """Keep what proves that a declaration went out; the answer is the number a `NewDeclaration` names it by."""
        with self._db.write() as session:
            client = the_policy(session, policy_id).client_id
            return documents.keep(session, self._db, client, file, content).id

    def record(self, new: NewDeclaration, today: date) -> tuple[int, ...]:
        """Keep that the insurer was told; the answer is the number of each declaration kept, one a period.

        What earlier declarations of a period hold isn't declared again, unless one of them is corrected.
        """
        if new.on > today:
            raise DeclaredInFuture(on=new.on)
        with self._db.write() as session:
            policy = the_policy(session, new.policy_id)
            reading = Reading(session, policy, today)
            asked = _asked(reading, new)
            if new.totals is not None and len(asked) > 1:
                raise TotalsNeedOnePeriod(start=new.start, end=new.end, count=len(asked))  # fmt: skip
            kept = [
                self._keep(session, reading, each, new, lines)
                for each in asked
                if (lines := _lines(reading, each, new)) is not None
            ]
            if not kept:
                raise NothingNew(start=new.start, end=new.end)
            return tuple(kept)

    def void(self, declaration: int, today: date, why: str) -> None:
        """Keep that an entry was a mistake: nothing was sent, and the period is to be declared again."""
        reason = reason_given(why)
        with self._db.write() as session:
            row = session.get(Declaration, declaration)
            stands = standing(declarations_of(session, row.policy_id)) if row else ()
            if row is None or declaration not in {each.id for each in stands}:
                raise DeclarationUnknown(declaration=declaration)
            taken_back = Declaration(
                client_id=row.client_id,
                policy_id=row.policy_id,
                kind=row.kind,
                period_from=row.period_from,
                period_to=row.period_to,
                declared_on=today,
                way="",
                reference=reason,
                corrects=declaration,
                withdrawal=True,
                recorded_at=self._db.now(),
                who=self._db.who,
            )
            session.add(taken_back)
            session.flush()  # the journal names it
            after = {"withdraws": declaration, "reason": reason}
            note(session, "voided", "declaration", taken_back.id, client_id=row.client_id, after=after)  # fmt: skip

    def _keep(
        self,
        session: Session,
        reading: Reading,
        asked: Obligation,
        new: NewDeclaration,
        lines: Sequence[DeclaredLine],
    ) -> int:
        policy = reading.policy
        row = Declaration(
            client_id=policy.client_id,
            policy_id=policy.id,
            kind=asked.kind.value,
            period_from=asked.period.start,
            period_to=asked.period.end,
            declared_on=new.on,
            way=new.way.strip(),
            reference=new.reference.strip(),
            document_id=new.proof,
            corrects=new.corrects,
            recorded_at=self._db.now(),
            who=self._db.who,
        )
        session.add(row)
        session.flush()  # totals and lines carry its number
        totals = new.totals if new.totals is not None else sums(line.amount for line in lines)  # fmt: skip
        said = totals or (Money.zero(policy.currency),)
        session.add_all(_totals(row.id, said))
        session.add_all(_rows(row.id, lines))
        after = {
            "policy": policy.number,
            "period": [asked.period.start.isoformat(), asked.period.end.isoformat()],
            "on": new.on.isoformat(),
            "totals": [[each.plain, each.currency] for each in said],
            "corrects": new.corrects,
        }
        note(session, "declared", "declaration", row.id, client_id=policy.client_id, after=after)  # fmt: skip
        return row.id


def _asked(reading: Reading, new: NewDeclaration) -> tuple[Obligation, ...]:
    """The periods these days span; without a kind the one the policy lives by, not the yearly one besides."""
    given = Period(new.start, new.end)
    found = [each for each in reading.asked.obligations if given.holds(each.period)]
    kinds = (
        [new.kind]
        if new.kind
        else [DeclarationKind.TURNOVER, DeclarationKind.BALANCE, DeclarationKind.YEAR]
    )
    for kind in kinds:
        mine = tuple(each for each in found if each.kind is kind)
        if mine:
            break
    else:
        raise _not_asked(reading, given)
    if new.on < mine[-1].period.start:
        raise DeclaredBeforePeriod(start=mine[-1].period.start, on=new.on)
    return mine


def _not_asked(reading: Reading, given: Period) -> Exception:
    periods = [each.period for each in reading.asked.obligations]
    if not periods:
        return NothingAsked(policy=reading.policy.number)
    near = sorted(periods, key=lambda each: abs((each.start - given.start).days))
    named = tuple(f"{each.start} – {each.end}" for each in sorted(set(near[:_NAMED])))
    return PeriodNotAsked(
        policy=reading.policy.number,
        start=given.start,
        end=given.end,
        periods=named,
    )


def _lines(
    reading: Reading, asked: Obligation, new: NewDeclaration
) -> tuple[DeclaredLine, ...] | None:
    """What this declaration holds; None: everything is declared already."""
    stands = of_period(reading.stands, asked)
    if new.corrects is not None:
        if new.corrects not in {each.id for each in stands}:
            raise CorrectedTwice
        stands = tuple(each for each in stands if each.id != new.corrects)
    computed = reading.whole(asked).without(new.left_out)
    lines = still_to_declare(computed, stands)
    if stands and not lines and not new.totals:
        return None
    return (*lines, *_left_out(reading, asked, new))


def _left_out(
    reading: Reading, asked: Obligation, new: NewDeclaration
) -> Iterator[DeclaredLine]:
    """What is left out on purpose is kept with nothing, so that nobody takes it for forgotten."""
    for line in reading.whole(asked).taken:
        if line.row.key in new.left_out:
            yield DeclaredLine(line.row.key, Money.zero(line.amount.currency))


def _totals(declaration: int, totals: Sequence[Money]) -> Iterator[DeclarationTotal]:
    for total in totals:
        yield DeclarationTotal(
            declaration_id=declaration,
            currency=total.currency,
            amount_minor=total.rounded().minor,
        )


def _rows(declaration: int, lines: Sequence[DeclaredLine]) -> Iterator[DeclarationLine]:  # fmt: skip
    for line in lines:
        buyer, number, kind = line.key
        yield DeclarationLine(
            declaration_id=declaration,
            buyer_id=buyer,
            number=number,
            kind=kind,
            currency=line.amount.currency,
            amount_minor=line.amount.minor,
        )
