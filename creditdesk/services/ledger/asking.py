"""What was answered once about a client's files, and holds for later ones. rules.md 14.1, 14.3."""

from sqlalchemy import delete
from sqlalchemy.orm import Session

from creditdesk.db.database import Database
from creditdesk.db.journal import note
from creditdesk.domain.ledger.asked import Answers, is_kept
from creditdesk.models import ImportAnswer
from creditdesk.readings.answers import answers


def keep(session: Session, client_id: int, said: Answers) -> Answers:
    """Keep what was said for later files; an empty option takes an answer back. What is about one file alone goes.

    The answer is what is new.
    """
    known = answers(session, client_id)
    new = {
        question: option
        for question, option in said.items()
        if is_kept(question) and known.get(question, "") != option
    }
    if not new:
        return new
    database: Database = session.info["database"]
    session.execute(
        delete(ImportAnswer).where(
            ImportAnswer.client_id == client_id, ImportAnswer.question.in_(new)
        )
    )
    session.add_all(
        ImportAnswer(
            client_id=client_id,
            question=question,
            option=option,
            said_at=database.now(),
            who=database.who,
        )
        for question, option in new.items()
        if option
    )
    note(
        session,
        "answered",
        "import_answer",
        client_id,
        client_id=client_id,
        before={each: known.get(each, "") for each in new},
        after=dict(new),
    )
    return new
