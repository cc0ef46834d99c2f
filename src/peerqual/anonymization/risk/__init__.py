"""Risk: who could recognise a person when names are hidden, as a checklist for the person who decides."""

from .cues import HIDDEN, KINDS
from .readers import READERS
from .tables import Risk, risk
from .writing import markdown

__all__ = ["HIDDEN", "KINDS", "READERS", "Risk", "markdown", "risk"]
