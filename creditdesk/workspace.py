"""An open desk: services, job runner, changed event, preferences."""
