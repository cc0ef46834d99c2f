"""Audit: does anything of the key's originals stand in what is to be shared?"""

from .report import COLUMNS, audit

__all__ = ["COLUMNS", "audit"]
