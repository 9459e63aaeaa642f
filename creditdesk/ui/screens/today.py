"""What has to be done, by when."""

from creditdesk.i18n import N_
from creditdesk.ui.parts.shell import Screen

SCREEN = Screen("today", N_("Today"), "ri.sun-line", 10)
