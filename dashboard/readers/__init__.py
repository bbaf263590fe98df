"""Bytes of a received file → figures and findings. Pure: nothing is stored, nothing outside the file is asked."""

from dashboard.readers.reading import NOTHING_READ, Reading, Slice, read

__all__ = ["NOTHING_READ", "Reading", "Slice", "read"]
