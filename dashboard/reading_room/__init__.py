"""Where received bytes are read: processes of their own that may fail without harm to anybody else."""

from dashboard.reading_room.limits import Limits
from dashboard.reading_room.room import ReadingRoom, shared_room

__all__ = ["Limits", "ReadingRoom", "shared_room"]
