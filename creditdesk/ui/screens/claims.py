"""Claims and their packages."""

from creditdesk.i18n import N_
from creditdesk.ui.parts.shell import Screen

SCREEN = Screen("claims", N_("Claims"), "ri.folder-open-line", 50)
