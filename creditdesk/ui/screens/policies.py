"""The policies and their limits."""

from creditdesk.i18n import N_
from creditdesk.ui.parts.shell import Screen

SCREEN = Screen("policies", N_("Policies"), "ri.shield-check-line", 40)
