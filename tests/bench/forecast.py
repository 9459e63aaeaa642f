"""How good is the forecast of payments on a real ledger, learned before a cut by date and tried after it?

Everything it is given was known on the invoice's own day. Of a CSV file it prints the figures of the desk that the file
makes; of a desk those of the desk. Run: python tests/bench/forecast.py FOLDER/01_ibm_late_payment/….csv or a desk
"""

import sys
import tempfile
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from creditdesk.catalog.headings import headings
from creditdesk.domain.forecast.forecasts import Quality
from creditdesk.importers.columns.recognise import guess
from creditdesk.importers.files.sheet import in_child, read
from creditdesk.importers.rows import ledger
from creditdesk.jobs import Progress
from creditdesk.services.clients import ClientCard
from creditdesk.workspace import create_desk, open_desk

FAR = date(2100, 1, 1)


def main() -> None:
    """Print the figures of a file."""
    file = Path(sys.argv[1])
    found = of_desk(file) if file.suffix == ".creditdesk" else of_ledger(file)
    print(f"trained on {found.trained_on}, tried on {found.tried_on}")
    for name in (
        "auc_portfolio", "auc_own_mean", "auc_late", "calibration_error", "days_error_own_mean", "days_error",
    ):  # fmt: skip
        figure = getattr(found, name)
        print(f"{name:22} {'-' if figure is None else f'{figure:.4f}'}")


def of_ledger(file: Path, currency: str = "USD") -> Quality:
    """Of a ledger with the days of payment, taken in by a desk of its own."""
    with tempfile.TemporaryDirectory(prefix="creditdesk-forecast-") as folder:
        path = Path(folder, "ledger.creditdesk")
        create_desk(path)
        desk = open_desk(path)
        try:
            client = desk.clients.add(ClientCard(name="Ledger", currency=currency))
            sheet = in_child(read, file, None, None, None, progress=Progress())
            draft = ledger.read(sheet, guess(sheet, headings()), currency, Progress())
            desk.ledger.take_in(client, draft)
            return desk.forecasts.payments(client, FAR).quality
        finally:
            desk.close()


def of_desk(path: Path) -> Quality:
    """Of a desk's own ledgers, as they stand."""
    desk = open_desk(path)
    try:
        return desk.forecasts.payments(desk.clients.all()[0].id, date.today()).quality  # noqa: DTZ011 - the wall's
    finally:
        desk.close()


if __name__ == "__main__":
    main()
