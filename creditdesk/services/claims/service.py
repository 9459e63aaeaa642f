"""Claims: from overdue invoices to a package that can be filed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from creditdesk.catalog.policies import template
from creditdesk.db import documents
from creditdesk.db.database import Database
from creditdesk.db.errors import RecordMissing
from creditdesk.db.journal import note
from creditdesk.db.records import kept_digest
from creditdesk.domain.base.evidence import InspectedEvidence
from creditdesk.domain.base.money import Money
from creditdesk.domain.claim.claims import Cause, ClaimState, ItemState, completeness
from creditdesk.domain.claim.closing import Passed
from creditdesk.domain.claim.forms import Owner
from creditdesk.domain.claim.package import ClaimPackage, PackagePayment
from creditdesk.domain.claim.readiness import findings
from creditdesk.domain.claim.recovery import Shares
from creditdesk.domain.cover.case import IndemnityCase
from creditdesk.domain.ledger.documents import CreditKind
from creditdesk.domain.ledger.naming import paid_names, part_name
from creditdesk.i18n import Language
from creditdesk.models import (
    Claim,
    ClaimEvidence,
    ClaimItem,
    FileContent,
    IndemnityRecord,
    PackageRecord,
    Policy,
)
from creditdesk.readings.claims import claim_invoices, latest_record, parties
from creditdesk.readings.policies import policy_on
from creditdesk.services.claims import (
    additions,
    arranging,
    basis,
    calculation,
    checklist,
    clocks,
    closing,
    course,
    form,
    goods,
    lists,
    opening,
    packaging,
    papers,
    payments,
    questions,
    recoveries,
    strangers,
)
from creditdesk.services.claims.additions import AdditionLine, NewAddition
from creditdesk.services.claims.arranging import Arranged, PaperMark
from creditdesk.services.claims.causes import causes_of
from creditdesk.services.claims.papers import OfferedPaper
from creditdesk.services.claims.readiness_facts import facts_of
from creditdesk.services.claims.values import (
    ClaimFile,
    ClaimId,
    ClaimLine,
    ClaimUnknown,
    Estimate,
    EvidenceId,
    EvidenceLine,
    GivenAnswer,
    ItemUnknown,
    LossToCome,
    NewClaim,
    NewQuestion,
    NewRecovery,
    StepTaken,
)


class Claims:
    """Claims of the clients."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def open(self, new: NewClaim) -> ClaimId:
        """Open a claim on the overdue or the named invoices, with the checklist of its case."""
        with self._db.write() as session:
            return opening.open_claim(session, new)

    def all(self, client_id: int | None = None) -> tuple[ClaimLine, ...]:
        """The claims of one client or of all, newest first."""
        statement = select(Claim).order_by(Claim.opened_on.desc(), Claim.id.desc())
        if client_id is not None:
            statement = statement.where(Claim.client_id == client_id)
        with self._db.read() as session:
            return tuple(
                lists.line(session, claim) for claim in session.scalars(statement)
            )

    def claimed(self, buyer_id: int) -> dict[str, str]:
        """The buyer's invoices a claim is made for already, by number, with that claim's number."""
        with self._db.read() as session:
            return opening.claimed_of(session, buyer_id)

    def waiting(self, client_id: int | None = None) -> int:
        """How many claims are still to be filed."""
        statement = select(func.count(Claim.id)).where(
            Claim.state == ClaimState.PREPARATION
        )
        if client_id is not None:
            statement = statement.where(Claim.client_id == client_id)
        with self._db.read() as session:
            return session.execute(statement).scalar_one()

    def file(self, claim_id: ClaimId, today: date) -> ClaimFile:
        """One claim, whole."""
        with self._db.read() as session:
            claim = _the_claim(session, claim_id)
            record = latest_record(session, claim)
            rows = checklist.rows(session, claim)
            policy = session.get_one(Policy, claim.policy_id)
            causes = causes_of(session, claim)
            whose = parties(session, claim)
            return ClaimFile(
                line=lists.line(session, claim),
                policy_title=template(policy.template).title,
                export=claim.export,
                narrative=claim.narrative,
                checklist=rows,
                completeness=completeness(rows),
                evidence=checklist.evidence(session, claim),
                invoices=tuple(
                    lists.invoice(row, causes[row.number], whose[row.number])
                    for row in claim_invoices(session, claim)
                ),
                kept=calculation.kept_calculation(session, claim, record)
                if record
                else None,
                findings=findings(facts_of(session, claim, record, today)),
                packages=lists.packages(session, claim),
                filed_on=claim.filed_on,
                decided_on=claim.decided_on,
                paid_on=claim.paid_on,
                provisional=course.provisional_of(session, claim),
                provisional_on=claim.provisional_on,
                goods=goods.lines(session, claim),
                recoveries=recoveries.lines(session, claim),
                steps=course.steps(session, claim),
                questions=questions.lines(session, claim),
                payments=payments.lines(session, claim),
                clocks=clocks.clocks_of(session, claim),
            )

    def payments(self, claim_id: ClaimId) -> tuple[PackagePayment, ...]:
        """Everything the buyer paid, by day, as the ledger has it now."""
        with self._db.read() as session:
            gathered = basis.gather(session, _the_claim(session, claim_id))
            parts = {row.number: row for row in gathered.invoices if row.part}
            names = {
                number: part_name(number, row.part, row.part_kind)
                for number, row in parts.items()
            }
            return tuple(
                PackagePayment(
                    paid_on=row.paid_on,
                    amount=Money.of_fine(row.amount_fine, row.currency),
                    booked_to=paid_names(names.get, row.key, row.against),
                    memo=row.memo,
                    is_receipt=row.kind == CreditKind.RECEIPT,
                )
                for row in gathered.payments
                if row.amount_fine
            )

    def attach(  # noqa: PLR0913 - what is known of a file when it comes
        self,
        claim_id: ClaimId,
        item: str,
        file: InspectedEvidence,
        content: bytes,
        *,
        pages: str = "",
        turns: str = "",
        anyway: bool = False,
    ) -> EvidenceLine:
        """Keep a file as it is, under an item of the checklist; the same bytes are kept once.

        One that is of another buyer is kept only `anyway`: raises `PaperOfAnother`, `NumberOfAnother`.
        `pages` and `turns` say what of it is bound, as `domain.claim.excerpts` reads them; raises what that raises.
        """
        with self._db.write() as session:
            claim = _the_claim(session, claim_id)
            row = _the_item(session, claim, item)
            if not anyway:
                strangers.refuse_strangers(session, claim, file.name, file.text)
            document = documents.keep(session, self._db, claim.client_id, file, content)
            areas = arranging.blackened_already(session, claim, document)
            bound = arranging.first_excerpt(document, pages, turns, areas)
            link = ClaimEvidence(
                item_id=row.id,
                document_id=document.id,
                position=arranging.after_the_last(session, row.id),
                pages=bound.pages,
                turns=bound.turns,
                areas=bound.areas,
            )
            session.add(link)
            session.flush()  # the answer names it
            after = {"item": item, "file": file.name, "digest": file.digest}
            note(
                session,
                "attached",
                "claim",
                claim.id,
                client_id=claim.client_id,
                after=after,
            )
            return _line(session, claim, link)

    def arrange(
        self, claim_id: ClaimId, evidence: EvidenceId, asked: Arranged
    ) -> EvidenceLine:
        """Change which pages of a paper are bound, how turned, what is blackened, and its place in its item."""
        with self._db.write() as session:
            claim, link = _claim_and_paper(session, claim_id, evidence)
            arranging.arrange(session, claim, link, asked)
            session.flush()  # the answer is read back
            return _line(session, claim, link)

    def serve(self, claim_id: ClaimId, evidence: EvidenceId, item: str) -> EvidenceLine:
        """Let a paper prove another item too; it is bound once. Raises `ServesAlready`."""
        with self._db.write() as session:
            claim, link = _claim_and_paper(session, claim_id, evidence)
            row = _the_item(session, claim, item)
            return _line(session, claim, arranging.serve(session, claim, link, row))

    def mark_paper(
        self,
        claim_id: ClaimId,
        evidence: EvidenceId,
        what: PaperMark,
        on: date | None,
    ) -> EvidenceLine:
        """Say that a paper was held against its original, or its copy sealed; no day takes the mark off."""
        with self._db.write() as session:
            claim, link = _claim_and_paper(session, claim_id, evidence)
            arranging.mark(session, claim, link, what, on)
            session.flush()  # the answer is read back
            return _line(session, claim, link)

    def offered(self, claim_id: ClaimId) -> tuple[OfferedPaper, ...]:
        """E-invoices of the claimed invoices that the desk keeps and the claim doesn't have yet."""
        with self._db.read() as session:
            return papers.offered(session, _the_claim(session, claim_id))

    def detach(self, claim_id: ClaimId, evidence: EvidenceId) -> None:
        """Take a file off the checklist; the file itself stays in the desk."""
        with self._db.write() as session:
            claim, link = _claim_and_paper(session, claim_id, evidence)
            link.removed_at = self._db.now()
            note(
                session,
                "detached",
                "claim",
                claim.id,
                client_id=claim.client_id,
                before={"evidence": evidence},
            )

    def evidence_content(self, digest: str) -> bytes:
        """The bytes of a kept file."""
        with self._db.read() as session:
            return session.scalars(
                select(FileContent.content).where(FileContent.digest == digest)
            ).one()

    def set_item(
        self, claim_id: ClaimId, item: str, state: ItemState, remark: str = ""
    ) -> None:
        """Say how far an item is, in the person's words."""
        with self._db.write() as session:
            claim = _the_claim(session, claim_id)
            row = _the_item(session, claim, item)
            before = {"state": row.state, "note": row.note}
            row.state, row.note = state.value, remark.strip()
            after = {"item": item, "state": row.state, "note": row.note}
            note(
                session,
                "item",
                "claim",
                claim.id,
                client_id=claim.client_id,
                before=before,
                after=after,
            )

    def add_item(self, new: NewAddition) -> int:
        """Keep an item of our own for checklists; the answer is its number. Raises `AdditionEmpty` and the like."""
        with self._db.write() as session:
            claim = None if new.claim_id is None else _the_claim(session, new.claim_id)
            return additions.add(session, new, claim)

    def additions(self) -> tuple[AdditionLine, ...]:
        """The items of our own, the oldest first; those voided stand among them."""
        with self._db.read() as session:
            return additions.lines(session)

    def offered_items(self, claim_id: ClaimId) -> tuple[AdditionLine, ...]:
        """Those that apply to a claim and aren't on its checklist."""
        with self._db.read() as session:
            return additions.offered(session, _the_claim(session, claim_id))

    def take_items(self, claim_id: ClaimId) -> tuple[str, ...]:
        """Put those on its checklist; their codes."""
        with self._db.write() as session:
            return additions.take(session, _the_claim(session, claim_id))

    def void_item(self, number: int, why: str) -> None:
        """An item of our own was a mistake, or isn't asked for any more."""
        with self._db.write() as session:
            additions.void_addition(session, number, why)

    def set_narrative(self, claim_id: ClaimId, text: str) -> None:
        """The story of the case, in the bookkeeper's words."""
        with self._db.write() as session:
            claim = _the_claim(session, claim_id)
            before = {"narrative": claim.narrative}
            claim.narrative = text.strip()
            note(
                session,
                "narrative",
                "claim",
                claim.id,
                client_id=claim.client_id,
                before=before,
            )

    def set_cause(
        self, claim_id: ClaimId, invoices: Sequence[str], cause: Cause
    ) -> None:
        """Why these invoices aren't paid, each named as people call it; the claim's own cause: like the others."""
        with self._db.write() as session:
            opening.set_cause(session, _the_claim(session, claim_id), invoices, cause)

    def set_loss_payee(
        self, claim_id: ClaimId, invoices: Sequence[str], payee: str
    ) -> None:
        """To whom the indemnity of these invoices goes, such as a bank; empty: as the policy says."""
        with self._db.write() as session:
            claim = _the_claim(session, claim_id)
            opening.set_party(session, claim, invoices, "loss_payee", payee)

    def set_joint_insured(
        self, claim_id: ClaimId, invoices: Sequence[str], insured: str
    ) -> None:
        """Whose debt these invoices are, a company insured beside the policyholder; empty: the policyholder's."""
        with self._db.write() as session:
            claim = _the_claim(session, claim_id)
            opening.set_party(session, claim, invoices, "joint_insured", insured)

    def advance(self, claim_id: ClaimId, step: StepTaken) -> None:
        """The claim goes on. Raises where it can't go there, or what the step needs is not said."""
        with self._db.write() as session:
            course.advance(session, _the_claim(session, claim_id), step)

    def take_back_step(self, claim_id: ClaimId, why: str) -> None:
        """The last step was entered by mistake. Raises `NothingToTakeBack`.

        A claim that was withdrawn comes back only where its debt is in no other: raises `ClaimedElsewhere`.
        """
        with self._db.write() as session:
            claim = _the_claim(session, claim_id)
            if claim.state == ClaimState.WITHDRAWN:
                rows = claim_invoices(session, claim)
                opening.refuse_claimed(session, rows)
            course.take_back(session, claim, why)

    def pay(self, claim_id: ClaimId, paid: Money, on: date, remark: str = "") -> int:
        """A further part of the indemnity came, in policy currency; the answer is its number."""
        with self._db.write() as session:
            claim = _the_claim(session, claim_id)
            return payments.pay(session, claim, paid, on, remark)

    def void_payment(self, claim_id: ClaimId, payment: int, why: str) -> None:
        """A payment of the indemnity was entered by mistake."""
        with self._db.write() as session:
            claim = _the_claim(session, claim_id)
            payments.void_payment(session, claim, payment, why)

    def ask(self, claim_id: ClaimId, new: NewQuestion) -> int:
        """Keep a question of the insurer; the answer is its number."""
        with self._db.write() as session:
            return questions.ask(session, _the_claim(session, claim_id), new)

    def answer(self, claim_id: ClaimId, question: int, given: GivenAnswer) -> None:
        """A question of the insurer was answered."""
        with self._db.write() as session:
            claim = _the_claim(session, claim_id)
            questions.answer(session, claim, question, given)

    def void_question(self, claim_id: ClaimId, question: int, why: str) -> None:
        """A question was entered by mistake."""
        with self._db.write() as session:
            claim = _the_claim(session, claim_id)
            questions.void_question(session, claim, question, why)

    def note_provisional(self, claim_id: ClaimId, paid: Money, on: date) -> None:
        """What the insurer has paid in advance so far, in all, in policy currency."""
        with self._db.write() as session:
            course.advance_payment(session, _the_claim(session, claim_id), paid, on)

    def share(self, claim_id: ClaimId, new: NewRecovery, today: date) -> Shares:
        """Who would get what of a recovery; nothing is written."""
        with self._db.read() as session:
            claim = _the_claim(session, claim_id)
            return recoveries.shared(session, claim, new, today).shares

    def recover(self, claim_id: ClaimId, new: NewRecovery, today: date) -> int:
        """Keep a recovery with its shares; the answer is its number."""
        with self._db.write() as session:
            claim = _the_claim(session, claim_id)
            return recoveries.record(session, claim, new, today)

    def take_goods(self, claim_id: ClaimId, new: NewRecovery) -> int:
        """Keep what goods brought up to the date of loss: it lessens their invoice. The answer is its number."""
        with self._db.write() as session:
            return goods.record(session, _the_claim(session, claim_id), new)

    def void_goods(self, claim_id: ClaimId, entry: int, why: str) -> None:
        """What goods brought was entered by mistake; it stays in the list and counts no more."""
        with self._db.write() as session:
            goods.void_entry(session, _the_claim(session, claim_id), entry, why)

    def remit(self, claim_id: ClaimId, recovery: int, on: date) -> None:
        """The insurer's share of a recovery was handed over on a day."""
        with self._db.write() as session:
            recoveries.remit(session, _the_claim(session, claim_id), recovery, on)

    def void_recovery(self, claim_id: ClaimId, recovery: int, why: str) -> None:
        """A recovery was entered by mistake; it stays in the list and counts no more."""
        with self._db.write() as session:
            claim = _the_claim(session, claim_id)
            recoveries.void(session, claim, recovery, why)

    def estimate(self, claim_id: ClaimId, today: date) -> Estimate:
        """The calculation as it would be kept today; nothing is written."""
        with self._db.read() as session:
            return calculation.estimate(session, _the_claim(session, claim_id), today)

    def case(self, claim_id: ClaimId, today: date) -> IndemnityCase:
        """What the calculation of today is computed from."""
        with self._db.read() as session:
            claim = _the_claim(session, claim_id)
            gathered = basis.gather(session, claim)
            return basis.basis_of(session, claim, gathered, today).case

    def keep(self, claim_id: ClaimId, today: date) -> Estimate:
        """Keep the calculation for ever; one that can't be computed is told and not kept."""
        with self._db.write() as session:
            claim = _the_claim(session, claim_id)
            made = calculation.estimate(session, claim, today)
            if made.indemnity is not None:
                amount = made.indemnity.indemnity
                record = IndemnityRecord(
                    claim_id=claim.id,
                    version_id=made.version_id,
                    kept_at=self._db.now(),
                    who=self._db.who,
                    currency=amount.currency,
                    amount_minor=amount.minor,
                    rules=calculation.RULES,
                    inputs=dict(made.inputs),
                    result=dict(made.result),
                    digest=kept_digest(made.inputs, made.result),
                )
                session.add(record)
                note(
                    session,
                    "calculated",
                    "claim",
                    claim.id,
                    client_id=claim.client_id,
                    after={"amount": amount.plain},
                )
            return made

    def package(
        self, claim_id: ClaimId, today: date, *, final: bool = False
    ) -> ClaimPackage:
        """Everything the package prints; keeps a calculation first where none is kept.

        `final`: it goes to the insurer and bears no marks of a draft; raises `LossToCome` before the date of loss.
        """
        with self._db.read() as session:
            claim = _the_claim(session, claim_id)
            if final and today < claim.date_of_loss:
                raise LossToCome(on=claim.date_of_loss)
            kept = latest_record(session, claim) is not None
        if not kept:
            self.keep(claim_id, today)
        return replace(self.draft(claim_id, today), draft=not final)

    def passed(self, client_id: int | None = None) -> tuple[Passed, ...]:
        """What the claims of one client or of all went through, the oldest first."""
        statement = select(Claim).order_by(Claim.opened_on, Claim.id)
        if client_id is not None:
            statement = statement.where(Claim.client_id == client_id)
        with self._db.read() as session:
            return tuple(
                closing.passed(session, claim) for claim in session.scalars(statement)
            )

    def owner_of(self, claim_id: ClaimId, key: str) -> Owner:
        """Whose a fact of the claim's form is. Raises `FactUnknown` for what nobody enters."""
        with self._db.read() as session:
            claim = _the_claim(session, claim_id)
            there = policy_on(session, claim.policy_id, claim.date_of_loss)
            return form.owner_of(claim, there, key)

    def draft(self, claim_id: ClaimId, today: date) -> ClaimPackage:
        """What a package would print today; nothing is written."""
        with self._db.read() as session:
            session.info["database"] = self._db
            claim = _the_claim(session, claim_id)
            record = latest_record(session, claim)
            if record is not None:
                kept = calculation.kept_calculation(session, claim, record)
                return packaging.package(session, claim, kept, record.inputs, record)
            made = calculation.estimate(session, claim, today)
            return packaging.package(
                session, claim, made.calculation, made.inputs, None
            )

    def record_package(  # noqa: PLR0913 - what a package is known by
        self,
        claim_id: ClaimId,
        *,
        file_name: str,
        digest: str,
        language: Language,
        pages: int,
        complete: bool,
    ) -> None:
        """Keep that a package was written."""
        with self._db.write() as session:
            claim = _the_claim(session, claim_id)
            record = latest_record(session, claim)
            session.add(
                PackageRecord(
                    claim_id=claim.id,
                    indemnity_id=record.id if record else None,
                    written_at=self._db.now(),
                    who=self._db.who,
                    file_name=file_name,
                    digest=digest,
                    language=language,
                    pages=pages,
                    complete=complete,
                )
            )
            after = {
                "file": file_name,
                "digest": digest,
                "pages": pages,
                "complete": complete,
            }
            note(
                session,
                "package",
                "claim",
                claim.id,
                client_id=claim.client_id,
                after=after,
            )


def _the_claim(session: Session, claim_id: int) -> Claim:
    found = session.get(Claim, claim_id)
    if found is None:
        raise ClaimUnknown(claim=claim_id)
    return found


def _the_item(session: Session, claim: Claim, code: str) -> ClaimItem:
    items = session.scalars(
        select(ClaimItem)
        .where(ClaimItem.claim_id == claim.id)
        .order_by(ClaimItem.position)
    ).all()
    for item in items:
        if item.code == code:
            return item
    raise ItemUnknown(item=code, items=tuple(item.code for item in items))


def _claim_and_paper(
    session: Session, claim_id: int, evidence: EvidenceId
) -> tuple[Claim, ClaimEvidence]:
    claim = _the_claim(session, claim_id)
    link = _attached(session, claim, evidence)
    if link is None:
        raise RecordMissing(what=f"evidence {evidence}")
    return claim, link


def _line(session: Session, claim: Claim, link: ClaimEvidence) -> EvidenceLine:
    lines = checklist.evidence(session, claim)
    return next(line for line in lines if line.id == link.id)


def _attached(
    session: Session, claim: Claim, evidence: EvidenceId
) -> ClaimEvidence | None:
    return session.scalars(
        select(ClaimEvidence)
        .join(ClaimItem, ClaimItem.id == ClaimEvidence.item_id)
        .where(
            ClaimEvidence.id == evidence,
            ClaimEvidence.removed_at.is_(None),
            ClaimItem.claim_id == claim.id,
        )
    ).first()
