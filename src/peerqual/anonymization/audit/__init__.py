"""Audit: does anything of the key's originals stand in what is to be shared?"""

from .report import COLUMNS, audit, listed

__all__ = ["COLUMNS", "audit", "listed"]
