"""Claims: their checklist, evidence, kept calculations and packages."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from creditdesk.models.base import Base, Voidable


class Claim(Base):
    """A claim on one buyer under one policy. `provisional_minor`: what the insurer paid in advance, in all."""

    __tablename__ = "claim"
    __table_args__ = (UniqueConstraint("number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    buyer_id: Mapped[int] = mapped_column(ForeignKey("buyer.id"), index=True)
    policy_id: Mapped[int] = mapped_column(ForeignKey("policy.id"), index=True)
    cause: Mapped[str]
    export: Mapped[bool]
    date_of_loss: Mapped[date]
    state: Mapped[str]
    opened_on: Mapped[date]
    narrative: Mapped[str] = mapped_column(default="")
    filed_on: Mapped[date | None]
    decided_on: Mapped[date | None]
    paid_minor: Mapped[int | None]
    paid_on: Mapped[date | None]
    provisional_minor: Mapped[int | None]
    provisional_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")


class ClaimInvoice(Base):
    """An invoice the claim is made for. `cause`: why this one isn't paid; empty: the claim's.

    `loss_payee`: to whom its part of the indemnity goes; empty: as the policy says. `joint_insured`: whose debt it is,
    a company insured beside the policyholder; empty: the policyholder's.
    """

    __tablename__ = "claim_invoice"

    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), primary_key=True)
    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoice.id"), primary_key=True)
    cause: Mapped[str] = mapped_column(default="", server_default="")
    loss_payee: Mapped[str] = mapped_column(default="", server_default="")
    joint_insured: Mapped[str] = mapped_column(default="", server_default="")


class ClaimItem(Base):
    """A row of the claim's checklist, copied from the catalog with its version."""

    __tablename__ = "claim_item"
    __table_args__ = (UniqueConstraint("claim_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"))
    code: Mapped[str]
    title_zh: Mapped[str]
    title_en: Mapped[str]
    supplier: Mapped[str]
    mandatory: Mapped[bool]
    checklist: Mapped[str]
    position: Mapped[int]
    state: Mapped[str]
    note: Mapped[str] = mapped_column(default="")


class ChecklistAddition(Voidable, Base):
    """An item of checklists that the firm asks for itself. `claim_id` None: of all claims of its cause and insurer.

    `cause` and `insurer` empty: of any; `supplier`: codes of `Supplier`, parted by commas.
    """

    __tablename__ = "checklist_addition"

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int | None] = mapped_column(ForeignKey("claim.id"), index=True)
    cause: Mapped[str] = mapped_column(default="", server_default="")
    insurer: Mapped[str] = mapped_column(default="", server_default="")
    title_zh: Mapped[str]
    title_en: Mapped[str]
    why: Mapped[str] = mapped_column(default="", server_default="")
    supplier: Mapped[str]
    mandatory: Mapped[bool]
    recorded_at: Mapped[datetime]
    who: Mapped[str]

    @property
    def code(self) -> str:
        """What it is called on a checklist."""
        return f"A{self.id}"


class ClaimEvidence(Base):
    """A file attached to a checklist item, under the name it was attached with.

    `pages`, `turns` and `areas` as `domain.claim.excerpts` reads them, empty: all, as they are. `checked_on`: the day
    it was held against its original, `sealed_on`: the day its copy was sealed, each with who did it.
    """

    __tablename__ = "claim_evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("claim_item.id"), index=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    position: Mapped[int]
    removed_at: Mapped[datetime | None]
    pages: Mapped[str] = mapped_column(default="", server_default="")
    turns: Mapped[str] = mapped_column(default="", server_default="")
    areas: Mapped[str] = mapped_column(default="", server_default="")
    checked_on: Mapped[date | None]
    checked_by: Mapped[str] = mapped_column(default="", server_default="")
    sealed_on: Mapped[date | None]
    sealed_by: Mapped[str] = mapped_column(default="", server_default="")


class IndemnityRecord(Base):
    """A calculation as it was kept: inputs, steps, result. Never changed, never deleted (the desk refuses)."""

    __tablename__ = "indemnity_record"
    __table_args__ = (CheckConstraint("amount_minor >= 0", "amount_not_negative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("policy_version.id"))
    kept_at: Mapped[datetime]
    who: Mapped[str]
    currency: Mapped[str]
    amount_minor: Mapped[int]
    rules: Mapped[str]
    inputs: Mapped[dict[str, Any]]
    result: Mapped[dict[str, Any]]
    digest: Mapped[str]


class PackageRecord(Base):
    """A package that was written."""

    __tablename__ = "package_record"

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), index=True)
    indemnity_id: Mapped[int | None] = mapped_column(ForeignKey("indemnity_record.id"))
    written_at: Mapped[datetime]
    who: Mapped[str]
    file_name: Mapped[str]
    digest: Mapped[str]
    language: Mapped[str]
    pages: Mapped[int]
    complete: Mapped[bool]


class ClaimStep(Base):
    """A step the claim took, with what the insurer decided. Rows are added, never changed.

    `reduction_pct`: by how much the insurer reduced the indemnity, in per cent, as text. `document_id`: what proves it.
    `takes_back`: the step that was a mistake; then `state` is where the claim stands again, and `reason` says why.
    """

    __tablename__ = "claim_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), index=True)
    state: Mapped[str]
    happened_on: Mapped[date]
    decision: Mapped[str] = mapped_column(default="")
    reduction_pct: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    takes_back: Mapped[int | None] = mapped_column(ForeignKey("claim_step.id"))
    recorded_at: Mapped[datetime]
    who: Mapped[str]


class ClaimQuestion(Voidable, Base):
    """What the insurer asked. `item`: the paper it wants, by its code; `due_on` None: it gave no day."""

    __tablename__ = "claim_question"

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), index=True)
    asked_on: Mapped[date]
    text: Mapped[str]
    item: Mapped[str] = mapped_column(default="", server_default="")
    due_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(default="", server_default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    recorded_at: Mapped[datetime]
    who: Mapped[str]


class ClaimPayment(Voidable, Base):
    """A part of the indemnity as it came, in policy currency; `Claim.paid_minor` is the sum of those that stand."""

    __tablename__ = "claim_payment"
    __table_args__ = (CheckConstraint("amount_minor > 0", "amount_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), index=True)
    paid_on: Mapped[date]
    currency: Mapped[str]
    amount_minor: Mapped[int]
    note: Mapped[str] = mapped_column(default="", server_default="")
    recorded_at: Mapped[datetime]
    who: Mapped[str]


class ClaimGoods(Voidable, Base):
    """What goods brought up to the date of loss, which lessens their invoice (rules.md 14.7).

    `kind` is a `RecoverySource`; `invoice` the number of one of the claim's. What comes later is a `Recovery`.
    """

    __tablename__ = "claim_goods"
    __table_args__ = (
        CheckConstraint("costs_fine >= 0", "costs_not_negative"),
        CheckConstraint("gross_fine > costs_fine", "net_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), index=True)
    happened_on: Mapped[date]
    kind: Mapped[str]
    invoice: Mapped[str]
    currency: Mapped[str]
    gross_fine: Mapped[int]
    costs_fine: Mapped[int]
    note: Mapped[str] = mapped_column(default="", server_default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    recorded_at: Mapped[datetime]
    who: Mapped[str]


class Recovery(Base):
    """Money that came in after the date of loss, and how it is shared (rules.md 4.4, 5.3).

    `gross` and `costs` are as received, in `received_currency`; the other amounts in the policy's. `rate` is policy
    currency for one unit, as text. `withdrawn`: why the entry was a mistake. The two shares add up to the net,
    less than nothing where the costs are more than what came in. `against`: the invoices it is for, one a line.
    """

    __tablename__ = "recovery"
    __table_args__ = (
        CheckConstraint("gross_fine >= 0", "gross_not_negative"),
        CheckConstraint("costs_fine >= 0", "costs_not_negative"),
        CheckConstraint("net_minor < 0 OR insurer_minor >= 0", "insurer_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"), index=True)
    received_on: Mapped[date]
    source: Mapped[str]
    received_currency: Mapped[str]
    gross_fine: Mapped[int]
    costs_fine: Mapped[int]
    rate: Mapped[str]
    currency: Mapped[str]
    net_minor: Mapped[int]
    insurer_minor: Mapped[int]
    insured_minor: Mapped[int]
    rule: Mapped[str]
    working: Mapped[list[Any]]
    note: Mapped[str] = mapped_column(default="")
    against: Mapped[str] = mapped_column(default="", server_default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    remitted_on: Mapped[date | None]
    withdrawn: Mapped[str | None]
    recorded_at: Mapped[datetime]
    who: Mapped[str]
