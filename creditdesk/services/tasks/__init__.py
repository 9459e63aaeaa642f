"""What departments have to do."""

from creditdesk.services.tasks.service import Tasks
from creditdesk.services.tasks.values import TaskDone

__all__ = ["TaskDone", "Tasks"]
