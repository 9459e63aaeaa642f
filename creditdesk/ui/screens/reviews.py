"""The yearly review of a client."""

from creditdesk.i18n import N_
from creditdesk.ui.parts.shell import Screen

SCREEN = Screen("reviews", N_("Reviews"), "ri.bar-chart-2-line", 60)
