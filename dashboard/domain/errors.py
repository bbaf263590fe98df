"""Errors that are shown as their own sentence; any other exception is a bug and stays loud."""


class DashboardError(Exception):
    """A problem its reader can do something about; the message is Traditional Chinese and says what to do."""
