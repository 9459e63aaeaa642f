"""What every rule stands on: money, days, who a company is, and how a figure explains itself."""
