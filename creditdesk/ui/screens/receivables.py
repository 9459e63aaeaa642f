"""Who owes what, and for how long."""

from creditdesk.i18n import N_
from creditdesk.ui.parts.shell import Screen

SCREEN = Screen("receivables", N_("Receivables"), "ri.bill-line", 30)
