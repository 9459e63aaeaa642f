"""When the money of open invoices is expected."""

__all__ = ["Forecasts"]

from creditdesk.services.forecast.service import Forecasts
