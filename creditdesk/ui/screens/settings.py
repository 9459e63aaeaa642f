"""The firm, the desk and the window."""

from creditdesk.i18n import N_
from creditdesk.ui.parts.shell import Screen

SCREEN = Screen("settings", N_("Settings"), "ri.settings-3-line", 80)
