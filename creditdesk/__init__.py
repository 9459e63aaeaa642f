"""CreditDesk: the desk of the bookkeeper who keeps trade credit insurance in order."""

__version__ = "0.1.0"
RELEASES = "https://github.com/creditdesk/creditdesk/releases"
"""Where newer versions stand; the program itself never asks there, it only shows the page."""
