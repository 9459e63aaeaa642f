"""CreditDesk: the desk of the bookkeeper who keeps trade credit insurance in order."""

__version__ = "0.1.0"
