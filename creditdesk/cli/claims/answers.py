"""What the claim commands answer: values for scripts, lines for people."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from creditdesk.cli.session import Terminal, today
from creditdesk.domain.base.evidence import EvidenceState
from creditdesk.domain.claim.claims import CAUSE_TITLES, SUPPLIER_TITLES, ChecklistRow
from creditdesk.domain.claim.clocks import CLOCK_TITLES
from creditdesk.domain.claim.closing import Cycle, Passed
from creditdesk.domain.claim.forms import FilledForm
from creditdesk.domain.claim.manner import MEGABYTE
from creditdesk.i18n import N_, Message
from creditdesk.reports import style
from creditdesk.services.claims import (
    AdditionLine,
    ClaimFile,
    ClaimLine,
    Estimate,
    EvidenceLine,
    QuestionLine,
    RecoveryLine,
)
from creditdesk.services.claims.arranging import marks_said

if TYPE_CHECKING:
    from creditdesk.reports.check_report import CheckReport, Finding
    from creditdesk.reports.claim_written import WrittenPackage


def line(line: ClaimLine) -> dict[str, object]:
    """A claim in a list."""
    return {
        "id": line.id,
        "number": line.number,
        "client": line.client,
        "buyer": line.buyer,
        "policy": line.policy,
        "cause": line.cause.value,
        "date_of_loss": line.date_of_loss,
        "loss_to_come": line.date_of_loss > today(),
        "state": line.state.value,
        "opened_on": line.opened_on,
        "claimed": line.claimed,
        "currency": line.claimed.currency if line.claimed else None,
        "file_by_legal": line.file_by.legal if line.file_by else None,
        "file_by_safe": line.file_by.safe if line.file_by else None,
        "mandatory_present": line.present,
        "mandatory": line.applicable,
    }


def file(found: ClaimFile) -> dict[str, object]:
    """One claim, whole."""
    return {
        **line(found.line),
        "export": found.export,
        "narrative": found.narrative,
        "invoices": [
            {
                "number": each.number,
                "issued": each.issued,
                "due": each.due,
                "amount": each.amount,
                "open": each.open,
                "currency": each.amount.currency,
                "cause": each.cause.value,
                "loss_payee": each.loss_payee or None,
                "joint_insured": each.joint_insured or None,
            }
            for each in found.invoices
        ],
        "completeness": found.completeness.percent,
        "missing": found.completeness.missing,
        "readiness": [
            {
                "test": each.code,
                "verdict": each.verdict.value,
                "title": each.title,
                "said": each.words,
            }
            for each in found.findings
        ],
        "steps": [
            {
                "state": each.state.value,
                "on": each.on,
                "decision": each.decision or None,
                "reduced_pct": each.reduction_pct or None,
                "reason": each.reason or None,
                "voided": each.voided.why if each.voided else None,
            }
            for each in found.steps
        ],
        "payments": [
            {
                "id": each.id,
                "on": each.paid_on,
                "amount": each.amount,
                "currency": each.amount.currency,
                "voided": each.voided.why if each.voided else None,
            }
            for each in found.payments
        ],
        "questions": [question(each) for each in found.questions],
        "clocks": [
            {
                "of": each.of.value,
                "what": each.what,
                "from": each.runs_from,
                "by": each.by,
                "ended_on": each.ended_on,
            }
            for each in found.clocks
        ],
        "packages": [
            {
                "written_at": each.written_at,
                "file": each.file_name,
                "pages": each.pages,
                "complete": each.complete,
            }
            for each in found.packages
        ],
    }


def file_lines(call: Terminal, found: ClaimFile) -> list[str]:
    """The claim in a few lines."""
    say = call.words
    return [
        f"{found.line.number}  {found.line.buyer}  {say(CAUSE_TITLES[found.line.cause])}",
        *(
            f"{say.name(each.name)}  {say(CAUSE_TITLES[each.cause])}"
            for each in found.invoices
            if each.cause is not found.line.cause
        ),
        *(
            f"{each.verdict.value}: {say.say(each.title)}. {say.say(each.words)}"
            for each in found.findings
        ),
        *(
            say(
                N_("{what} ({whose}): by {by}"),
                what=each.what,
                whose=Message(CLOCK_TITLES[each.of]),
                by=each.by,
            )
            for each in found.clocks
            if each.ended_on is None
        ),
    ]


def attached(path: Path, line: EvidenceLine) -> dict[str, object]:
    """What became of one file."""
    known = line.pages if line.state == EvidenceState.OK else None
    return {
        "file": path.name,
        "evidence": line.id,
        "state": evidence_state(line),
        "reason": line.reason or "",
        "pages": known,
    }


def attached_line(call: Terminal, path: Path, line: EvidenceLine) -> str:
    """The same in a line; what can't be printed says why."""
    state = evidence_state(line)
    why = f" ({call.words.say(line.reason)})" if line.reason else ""
    return f"{path.name}: {state}{why}"


def paper(line: EvidenceLine) -> dict[str, object]:
    """A file under an item, and how it is bound."""
    return {
        "evidence": line.id,
        "item": line.item,
        "file": line.file_name,
        "state": evidence_state(line),
        "reason": line.reason or "",
        "pages": line.pages,
        "bound": line.bound,
        "excerpt": line.excerpt.pages,
        "turn": line.excerpt.turns,
        "blackened": [str(area) for area in line.excerpt.blackened],
        "checked_on": line.checked_on,
        "checked_by": line.checked_by,
        "sealed_on": line.sealed_on,
        "sealed_by": line.sealed_by,
    }


def paper_line(call: Terminal, line: EvidenceLine) -> str:
    """The same in a line."""
    say = call.words
    parts = [f"{line.id}  {line.item}  {line.file_name}"]
    if line.excerpt.pages:
        told = N_("pages {shown} of {pages} only")
        parts.append(say(told, shown=line.excerpt.pages, pages=line.pages))
    if line.excerpt.turns:
        parts.append(say(N_("turned {turns}"), turns=line.excerpt.turns))
    if black := len(line.excerpt.blackened):
        one, many = N_("{count} place blackened"), N_("{count} places blackened")
        parts.append(say.plural(one, many, black))
    parts += [say.say(each) for each in marks_said(line)]
    if line.state != EvidenceState.OK or line.duplicate:
        parts.append(evidence_state(line))
    return " · ".join(parts)


def own_item(call: Terminal, line: AdditionLine) -> dict[str, object]:
    """An item of our own."""
    return {
        "id": line.id,
        "code": line.code,
        "title": line.title.in_language(call.language),
        "why": line.why,
        "supplier": tuple(Message(SUPPLIER_TITLES[each]) for each in line.suppliers),
        "mandatory": line.mandatory,
        "claim": line.claim_id,
        "cause": line.cause.value if line.cause else None,
        "insurer": line.insurer or None,
        "voided": line.voided.why if line.voided else None,
    }


def own_item_line(call: Terminal, line: AdditionLine) -> str:
    """The same in a line."""
    say = call.words
    parts = [f"{line.code}  {line.title.in_language(call.language)}"]
    parts += [say(SUPPLIER_TITLES[each]) for each in line.suppliers]
    parts.append(say(N_("required")) if line.mandatory else say(N_("if any")))
    if line.claim_id is not None:
        parts.append(say(N_("for claim {claim} only"), claim=line.claim_id))
    if line.cause:
        parts.append(say(CAUSE_TITLES[line.cause]))
    parts += [each for each in (line.insurer, line.why) if each]
    if line.voided:
        parts.append(say(N_("withdrawn: {why}"), why=line.voided.why))
    return " · ".join(parts)


def evidence_state(line: EvidenceLine) -> str:
    """The state of a file; the same bytes twice are a duplicate."""
    return "duplicate" if line.duplicate else line.state


def items(call: Terminal, rows: Sequence[ChecklistRow]) -> list[dict[str, object]]:
    """The rows of a checklist."""
    return [
        {
            "code": row.code,
            "title": row.title.in_language(call.language),
            "mandatory": row.mandatory,
            "supplier": tuple(Message(SUPPLIER_TITLES[each]) for each in row.suppliers),
            "state": row.state.value,
            "documents": row.documents,
            "note": row.note,
        }
        for row in rows
    ]


def estimate(made: Estimate) -> dict[str, object]:
    """The calculation with its working."""
    found = made.indemnity
    data: dict[str, object] = {
        "missing": made.missing,
        "assumptions": (
            *made.calculation.assumptions,
            *made.calculation.granted,
        ),
        "steps": [
            {
                "code": step.code,
                "label": step.label,
                "amount": step.amount,
                "detail": step.detail,
                "source": step.source,
                "clause": step.clause,
            }
            for step in made.calculation.steps
        ],
    }
    if found is None:
        return {"indemnity": None, **data}
    names = (
        "indemnity",
        "date_of_loss",
        "whole_debt",
        "eligible_debt",
        "limit_applied",
        "covered_loss",
        "own_share",
        "own_risk",
        "afl_eroded",
        "stop_date",
    )
    return {
        **{name: getattr(found, name) for name in names},
        "currency": found.indemnity.currency,
        "indemnity_unless_refused": made.unless_refused,
        "invoices": [
            {
                "id": row.id,
                "residual": row.residual,
                "eligible": row.eligible,
                "reasons": [reason.value for reason in row.reasons],
            }
            for row in found.rows
        ],
        "allocations": [
            {
                "number": each.number,
                "due": each.due,
                "by_policy": each.by_policy,
                "by_ledger": each.by_ledger,
            }
            for each in made.calculation.allocations
        ],
        **data,
    }


def estimate_lines(call: Terminal, made: Estimate) -> list[str]:
    """The working, line by line."""
    say = call.words
    lines = [
        f"{say.say(step.label)}  {step.amount or ''}  {say.say(step.detail) if step.detail else ''}"
        for step in made.calculation.steps
    ]
    return [*lines, *(say.say(each) for each in made.missing)]


def recovery(line: RecoveryLine) -> dict[str, object]:
    """A recovery with its shares and their working."""
    return {
        "id": line.id,
        "net": line.net,
        "insurer": line.insurer,
        "insured": line.insured,
        "currency": line.net.currency,
        "against": line.against,
        "steps": [
            {"code": step.code, "label": step.label, "amount": step.amount}
            for step in line.steps
        ],
    }


def recovery_lines(call: Terminal, line: RecoveryLine) -> list[str]:
    """How it is shared, line by line."""
    return [f"{call.words.say(step.label)}  {step.amount or ''}" for step in line.steps]


def written_package(written: "WrittenPackage") -> dict[str, object]:
    """The package and what is in it."""
    return {
        "pages": written.pages,
        "complete": written.complete,
        "documents": [
            {
                "label": each.label,
                "title": each.title,
                "file": each.file,
                "first_page": each.first_page,
                "pages": each.pages,
            }
            for each in written.documents
        ],
        "missing": [{"code": row.code, "title": row.title} for row in written.missing],
        "problems": [
            {"file": each.file, "reason": each.reason} for each in written.problems
        ],
        "gaps": list(written.gaps),
        "notes": list(written.notes),
        "volumes": [
            {
                "file": each.path,
                "first_page": each.first_page,
                "pages": each.pages,
                "bytes": each.size,
                "over": each.over,
            }
            for each in written.volumes
        ],
    }


def package_lines(call: Terminal, out: Path, written: "WrittenPackage") -> list[str]:
    """What was written, and what is missing."""
    say = call.words
    lines = [say(N_("{pages} pages written to {path}."), pages=written.pages, path=out)]
    if len(written.volumes) > 1:
        lines += [
            say(
                N_("Volume {number}: pages {first}–{last}, {size} MB, {path}"),
                number=number,
                first=each.first_page,
                last=each.first_page + each.pages - 1,
                size=f"{each.size / MEGABYTE:.1f}",
                path=each.path,
            )
            for number, each in enumerate(written.volumes, start=1)
        ]
    lines += [
        say(
            N_("{path} is larger than the limit: what it holds can't be divided."),
            path=each.path,
        )
        for each in written.volumes
        if each.over
    ]
    lines += map(say.say, written.notes)
    if not written.complete:
        lines.append(say(N_("The package is incomplete.")))
    lines += [say(N_("Lacking: {what}"), what=each) for each in written.gaps]
    if written.missing:
        lines.append(
            say(
                N_("Missing: {items}."),
                items=tuple(row.code for row in written.missing),
            )
        )
    lines += [
        say(N_("{file}: {reason}"), file=each.file, reason=each.reason)
        for each in written.problems
    ]
    return lines


def checked(report: "CheckReport") -> dict[str, object]:
    """What a check found."""
    return {
        "ok": report.ok,
        "pages": report.pages,
        "problems": [
            {"page": each.page, "what": each.what} for each in report.problems
        ],
        "notes": [{"page": each.page, "what": each.what} for each in report.notes],
    }


def checked_lines(call: Terminal, report: "CheckReport") -> list[str]:
    """What a check found, line by line."""
    said = [_found(call, each) for each in (*report.problems, *report.notes)]
    if report.ok:
        said.insert(0, call.words(N_("{pages} pages, in order."), pages=report.pages))
    return said


def _found(call: Terminal, each: "Finding") -> str:
    if each.page is None:
        return call.words.say(each.what)
    return call.words(N_("Page {page}: {what}"), page=each.page, what=each.what)


def form(call: Terminal, filled: FilledForm) -> dict[str, object]:
    """The form in the insurer's order; a value is null where nobody knows it."""
    return {
        "form": filled.name.in_language(call.language),
        "missing": [each.fact.key for each in filled.missing],
        "fields": [
            {
                "section": section.title.in_language(call.language),
                "key": each.fact.key,
                "label": each.label.in_language(call.language),
                "value": style.answer(each, call.words) or None,
                "required": each.required,
                "of": each.fact.of.value,
            }
            for section in filled.sections
            for each in section.fields
        ],
    }


def form_lines(call: Terminal, filled: FilledForm) -> list[str]:
    """A field a line, under the titles of the form."""
    lines = [filled.name.in_language(call.language)]
    for section in filled.sections:
        lines += ["", section.title.in_language(call.language)]
        for each in section.fields:
            label = each.label.in_language(call.language)
            lack = call.words(N_("to be filled")) if each.is_missing else ""
            lines.append(
                f"  {label}: {style.answer(each, call.words) or lack}  [{each.fact.key}]"
            )
    return lines


def question(line: QuestionLine) -> dict[str, object]:
    """A question of the insurer; `answered_on` is null while it waits."""
    return {
        "id": line.id,
        "asked_on": line.asked_on,
        "text": line.text,
        "item": line.item or None,
        "due_on": line.due_on,
        "answered_on": line.answered_on,
        "answer": line.answer or None,
        "voided": line.voided.why if line.voided else None,
    }


def question_line(call: Terminal, line: QuestionLine) -> str:
    """A question as people read it."""
    say = call.words
    if line.voided:
        told = say(N_("voided: {why}"), why=line.voided.why)
    elif line.answered_on and not line.answer:
        told = say(N_("answered {on}"), on=line.answered_on)
    elif line.answered_on:
        told = say(
            N_("answered {on}: {answer}"), on=line.answered_on, answer=line.answer
        )
    elif line.due_on:
        told = say(N_("waits, due {on}"), on=line.due_on)
    else:
        told = say(N_("waits"))
    return f"{line.id}  {line.asked_on}  {line.text}  [{told}]"


def passed(found: Passed) -> dict[str, object]:
    """What a claim went through; days and amounts are null where they did not come."""
    return {
        "number": found.number,
        "insurer": found.insurer,
        "notified_on": found.notified_on,
        "filed_on": found.filed_on,
        "decided_on": found.decided_on,
        "paid_on": found.paid_on,
        "decision": found.decision,
        "claimed": found.claimed,
        "paid": found.paid,
        "cut": found.cut,
        "reasons": found.reasons,
        "late": [
            {"title": each.title, "by": each.by, "done_on": each.done_on}
            for each in found.late
        ],
        "left_out": [
            {"invoice": name, "reasons": codes} for name, codes in found.left_out
        ],
    }


def passed_lines(call: Terminal, found: Passed) -> list[str]:
    """The same for people."""
    say = call.words
    lines = [f"{found.number}  {found.insurer}"]
    if found.cut is not None:
        text = N_("Claimed {claimed}, paid {paid}, cut {cut}.")
        lines.append(say(text, claimed=found.claimed, paid=found.paid, cut=found.cut))
    lines += [
        say(N_("The insurer's reason: {reason}"), reason=each) for each in found.reasons
    ]
    lines += [
        say(
            N_("Late: {what}, by {by}, done {on}"),
            what=each.title,
            by=each.by,
            on=each.done_on,
        )
        for each in found.late
    ]
    lines += [
        say(
            N_("Not covered: {invoice} ({why})"),
            invoice=name,
            why=style.reasons(codes, say),
        )
        for name, codes in found.left_out
    ]
    return lines


def cycle(found: Cycle) -> dict[str, object]:
    """One insurer's figures; days are medians, null where no claim got so far."""
    return {
        "insurer": found.insurer,
        "claims": found.claims,
        "days_to_file": found.to_file,
        "days_to_decide": found.to_decide,
        "days_to_pay": found.to_pay,
        "decided": found.decided,
        "granted": found.granted,
        "again": [{"reason": reason, "count": count} for reason, count in found.again],
    }


def cycle_line(call: Terminal, found: Cycle) -> str:
    """The same for people."""
    say = call.words
    days = " / ".join(
        "—" if each is None else str(each)
        for each in (found.to_file, found.to_decide, found.to_pay)
    )
    text = N_(
        "{insurer}: {claims} claims; days notice to filing / to decision / to payment {days}; granted {granted}"
    )
    told = say(
        text, insurer=found.insurer, claims=found.claims, days=days, granted=found.whole
    )
    again = tuple(
        say(N_("“{reason}” came {count} times"), reason=reason, count=count)
        for reason, count in found.again
    )
    return "; ".join((told, *again))
