"""The buyers' credit files."""

from creditdesk.i18n import N_
from creditdesk.ui.parts.shell import Screen

SCREEN = Screen("buyers", N_("Credit files"), "ri.contacts-book-2-line", 20)
