"""Policies, their dated versions, and the limits under them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from creditdesk.catalog.longest_terms import check_longest_term
from creditdesk.catalog.policies import template
from creditdesk.db import search
from creditdesk.db.database import Database
from creditdesk.db.journal import note
from creditdesk.domain.base.money import is_currency
from creditdesk.domain.base.voiding import VoidedEntry
from creditdesk.domain.policy.fields import BY_KEY, FIELDS
from creditdesk.domain.policy.terms import PolicyTerms, standing, to_enter, unconfirmed
from creditdesk.domain.policy.values import read_value, read_values
from creditdesk.i18n import Bilingual
from creditdesk.models import CreditLimit, Policy, PolicyValue, PolicyVersion
from creditdesk.readings.parties import home_of
from creditdesk.readings.policies import (
    PolicyInForce,
    ValueInForce,
    policy_on,
    the_policy,
    values_of,
    version_on,
)
from creditdesk.readings.queries import client_names, the_client
from creditdesk.services.policies import voiding
from creditdesk.services.policies.limit_service import PolicyLimits
from creditdesk.services.policies.papers import PolicyPapers
from creditdesk.services.policies.review import PolicyReviews
from creditdesk.services.policies.values import (
    EndorsementTooEarly,
    NewPolicy,
    PolicyCurrencyOdd,
    PolicyFieldEmpty,
    PolicyFile,
    PolicyId,
    PolicyInsurerEmpty,
    PolicyLine,
    PolicyMustSay,
    PolicyNumberEmpty,
    PolicyNumberTaken,
    PolicyPeriodWrong,
    ScheduleValue,
    Spot,
    VersionLine,
)

_NOTHING = ValueInForce("", "template", None, "")
_HEAD = ("policy_no", "insurer_id", "policy_currency", "period_start", "period_end")


class Policies(PolicyLimits, PolicyReviews, PolicyPapers):
    """Policies of the clients."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, new: NewPolicy) -> PolicyId:
        """Make a policy from a template; what a person gives counts as read from the paper."""
        made = template(new.template)
        if not new.number.strip():
            raise PolicyNumberEmpty
        if made.blank and not new.values.get("insurer_id", "").strip():
            raise PolicyInsurerEmpty
        with self._db.write() as session:
            client = the_client(session, new.client_id)
            given = {
                "insurer_id": made.insurer.in_language(made.language),
                "policyholder_id": client.name,
                **{key: text for key, text in new.values.items() if text.strip()},
                "policy_no": new.number.strip(),
                "period_start": new.start.isoformat(),
                "period_end": new.end.isoformat(),
            }
            _check_head({**made.texts, **given})
            policy = self._new_policy(session, new, {**made.texts, **given})
            version = PolicyVersion(
                policy_id=policy.id,
                effective_from=new.start,
                reason="",
                recorded_at=self._db.now(),
            )
            session.add(version)
            session.flush()  # its values carry its number
            entered = new.values.keys() | {"policy_no", "period_start", "period_end"}
            for key, text in {**made.texts, **given}.items():
                self._write_value(
                    session, version.id, key, text, entered=key in entered
                )
            search.index(
                session,
                [
                    search.Entry(
                        "policy", policy.id, client.id, (policy.number, policy.insurer)
                    )
                ],
            )
            note(
                session,
                "added",
                "policy",
                policy.id,
                client_id=client.id,
                after={"number": policy.number, **given},
            )
            return PolicyId(policy.id)

    def set(  # noqa: PLR0913 - a value with where it was read
        self,
        policy_id: PolicyId,
        values: Mapping[str, str],
        on: date,
        *,
        confirmed: bool,
        page: str = "",
        spot: Spot | None = None,
    ) -> None:
        """Enter values in the version in force on a day; earlier ones stay as history.

        `page` and `spot`: where on the paper they were read.
        """
        with self._db.write() as session:
            there = policy_on(session, policy_id, on)
            values = {key: text.strip() for key, text in values.items()}
            _check_head({**there.texts, **values})
            before = {key: there.texts.get(key, "") for key in values}
            for key, text in values.items():
                self._write_value(
                    session,
                    there.version_id,
                    key,
                    text,
                    entered=confirmed,
                    page=page,
                    spot=spot,
                )
            if there.version_id == version_on(session, there.policy, date.max).id:
                _follow(session, there.policy, {**there.texts, **values})
            note(
                session, "set", "policy", policy_id,
                client_id=there.policy.client_id, before=before, after={**values, "page": page},
            )  # fmt: skip

    def leave_out(
        self, policy_id: PolicyId, key: str, on: date, page: str = ""
    ) -> None:
        """The paper says nothing of this: the policy has none. Raises `PolicyMustSay` for what every policy says."""
        with self._db.write() as session:
            there = policy_on(session, policy_id, on)
            texts = {**there.texts, key: ""}
            _check_head(texts)
            if any(field.key == key for field in to_enter(texts)):
                raise PolicyMustSay(field=BY_KEY[key].label)
            self._write_value(
                session, there.version_id, key, "", entered=True, page=page, seen=True
            )
            note(
                session, "set", "policy", policy_id, client_id=there.policy.client_id,
                before={key: there.texts.get(key, "")}, after={key: "", "page": page},
            )  # fmt: skip

    def confirm(
        self,
        policy_id: PolicyId,
        keys: tuple[str, ...],
        on: date,
        page: str = "",
        spot: Spot | None = None,
    ) -> None:
        """Mark values as checked against the paper."""
        with self._db.read() as session:
            texts = policy_on(session, policy_id, on).texts
        self.set(
            policy_id,
            {key: texts[key] for key in keys if texts.get(key)},
            on,
            confirmed=True,
            page=page,
            spot=spot,
        )

    def endorse(self, policy_id: PolicyId, effective_from: date, reason: str) -> None:
        """A new version from a day on, starting with the values before it."""
        with self._db.write() as session:
            policy = the_policy(session, policy_id)
            if effective_from < policy.period_start:
                raise EndorsementTooEarly(start=policy.period_start, on=effective_from)
            before = values_of(session, version_on(session, policy, effective_from).id)
            version = PolicyVersion(
                policy_id=policy_id,
                effective_from=effective_from,
                reason=reason.strip(),
                recorded_at=self._db.now(),
            )
            session.add(version)
            session.flush()  # its values carry its number
            for key, value in before.items():
                session.add(
                    PolicyValue(
                        version_id=version.id, field=key, value=value.text, origin=value.origin,
                        confirmed_on=value.confirmed_on, page=value.page, document_id=value.document,
                        area=value.area, recorded_at=self._db.now(),
                    )
                )  # fmt: skip
            note(
                session, "endorsed", "policy", policy_id,
                client_id=policy.client_id, after={"from": effective_from.isoformat(), "reason": reason},
            )  # fmt: skip

    def all(self, on: date, client_id: int | None = None) -> tuple[PolicyLine, ...]:
        """The policies of one client or of all, the newest period first."""
        statement = select(Policy).order_by(Policy.period_start.desc(), Policy.number)
        if client_id is not None:
            statement = statement.where(Policy.client_id == client_id)
        with self._db.read() as session:
            names = client_names(session)
            return tuple(
                _line(session, policy, names, on)
                for policy in session.scalars(statement)
            )

    def void(self, policy_id: PolicyId, why: str) -> None:
        """A policy was entered by mistake. Raises `VoidRestsOn` where something was entered under it."""
        with self._db.write() as session:
            voiding.void_policy(session, policy_id, why)

    def voided(self, client_id: int | None = None) -> tuple[VoidedEntry, ...]:
        """The policies that were entered by mistake, the newest first."""
        with self._db.read() as session:
            return voiding.voided_policies(session, client_id)

    def file(self, policy_id: PolicyId, on: date) -> PolicyFile:
        """One policy as it stands on a day."""
        with self._db.read() as session:
            there = policy_on(session, policy_id, on)
            versions = _versions(session, policy_id)
            before = _before(session, versions, there.version_id)
            schedule = tuple(_schedule(there, before))
            line = _line(session, there.policy, client_names(session), on)
            return PolicyFile(
                line,
                on,
                there.version_id,
                schedule,
                versions,
                home_of(session, there.policy.client_id),
            )

    def check_value(self, key: str, text: str, currency: str) -> None:
        """Raise the `UserError` a field's text deserves; empty is allowed."""
        if text.strip():
            read_value(BY_KEY[key], text, currency)

    def in_force(self, client_id: int, on: date) -> tuple[PolicyId, ...]:
        """The client's policies whose period holds this day, newest first."""
        with self._db.read() as session:
            found = session.scalars(
                select(Policy.id)
                .where(
                    Policy.client_id == client_id,
                    Policy.period_start <= on,
                    Policy.period_end >= on,
                )
                .order_by(Policy.period_start.desc())
            )
            return tuple(PolicyId(number) for number in found)

    def _new_policy(
        self, session: Session, new: NewPolicy, texts: Mapping[str, str]
    ) -> Policy:
        _refuse_taken(session, new.client_id, new.number.strip(), None)
        policy = Policy(
            client_id=new.client_id,
            template=new.template,
            number=new.number.strip(),
            insurer=texts["insurer_id"],
            currency=texts["policy_currency"],
            period_start=new.start,
            period_end=new.end,
            created_at=self._db.now(),
        )
        session.add(policy)
        session.flush()  # the first version carries its number
        return policy

    def _write_value(  # noqa: PLR0913 - a value with its origin
        self,
        session: Session,
        version_id: int,
        key: str,
        text: str,
        *,
        entered: bool,
        page: str = "",
        spot: Spot | None = None,
        seen: bool = False,
    ) -> None:
        """`seen`: somebody looked, and the paper says nothing."""
        is_confirmed = seen or (entered and bool(text))
        session.add(
            PolicyValue(
                version_id=version_id,
                field=key,
                value=text,
                origin="entered" if entered else "template",
                confirmed_on=self._db.now().date() if is_confirmed else None,
                page=page,
                document_id=spot.document if spot else None,
                area=spot.area if spot else "",
                recorded_at=self._db.now(),
            )
        )


def _schedule(
    there: PolicyInForce, before: Mapping[str, str] | None
) -> Iterator[ScheduleValue]:
    for field in FIELDS:
        value = there.values.get(field.key, _NOTHING)
        yield ScheduleValue(
            field,
            value.text,
            standing(field.key, there.texts, there.confirmed),
            value.page,
            before.get(field.key, "") if before is not None else None,
            Spot(value.document, value.area) if value.document is not None else None,
            left_out=value.is_left_out,
        )


def _refuse_taken(
    session: Session, client_id: int, number: str, mine: int | None
) -> None:
    other = session.scalar(
        select(Policy.id).where(Policy.client_id == client_id, Policy.number == number)
    )
    if other is not None and other != mine:
        raise PolicyNumberTaken(number=number)


def _check_head(texts: Mapping[str, str]) -> None:
    """Refuse what can't be read, and a policy without what every list and letter names."""
    read_values(texts)
    check_longest_term(PolicyTerms.read(texts))
    for key in _HEAD:
        if not texts.get(key):
            raise PolicyFieldEmpty(field=BY_KEY[key].label)
    if not is_currency(texts["policy_currency"]):
        raise PolicyCurrencyOdd(currency=texts["policy_currency"])
    start, end = (
        date.fromisoformat(texts[key]) for key in ("period_start", "period_end")
    )
    if end < start:
        raise PolicyPeriodWrong(start=start, end=end)


def _follow(session: Session, policy: Policy, texts: Mapping[str, str]) -> None:
    """Keep the policy's own line equal to its newest schedule."""
    _refuse_taken(session, policy.client_id, texts["policy_no"], policy.id)
    policy.number = texts["policy_no"]
    policy.insurer = texts["insurer_id"]
    policy.currency = texts["policy_currency"]
    policy.period_start = date.fromisoformat(texts["period_start"])
    policy.period_end = date.fromisoformat(texts["period_end"])
    search.index(
        session,
        [
            search.Entry(
                "policy", policy.id, policy.client_id, (policy.number, policy.insurer)
            )
        ],
    )


def _versions(session: Session, policy_id: int) -> tuple[VersionLine, ...]:
    rows = session.execute(
        select(PolicyVersion.id, PolicyVersion.effective_from, PolicyVersion.reason)
        .where(PolicyVersion.policy_id == policy_id)
        .order_by(PolicyVersion.effective_from, PolicyVersion.id)
    )
    return tuple(VersionLine(*row) for row in rows)


def _before(
    session: Session, versions: Sequence[VersionLine], shown: int
) -> dict[str, str] | None:
    """The texts of the version that an endorsement follows; None for the schedule as signed."""
    place = [each.id for each in versions].index(shown)
    if not place:
        return None
    found = values_of(session, versions[place - 1].id)
    return {key: value.text for key, value in found.items()}


def _line(
    session: Session, policy: Policy, names: Mapping[int, str], on: date
) -> PolicyLine:
    there = policy_on(session, policy.id, on)
    count = select(func.count(func.distinct(CreditLimit.buyer_id))).where(
        CreditLimit.policy_id == policy.id
    )
    return PolicyLine(
        id=PolicyId(policy.id),
        client_id=policy.client_id,
        client=names[policy.client_id],
        number=policy.number,
        template=policy.template,
        title=_title(policy.template),
        insurer=policy.insurer,
        currency=policy.currency,
        start=policy.period_start,
        end=policy.period_end,
        unconfirmed=len(unconfirmed(there.texts, there.confirmed)),
        to_enter=len(to_enter(there.texts)),
        limits=session.scalar(count) or 0,
    )


def _title(template_id: str) -> Bilingual:
    return template(template_id).title
