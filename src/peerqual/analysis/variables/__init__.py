"""Closed questions about each interview: read from ``variables.yaml``, proposed from the text, answered by a person, counted."""

from __future__ import annotations

from peerqual.analysis.variables.answers import variables_table
from peerqual.analysis.variables.proposing import propose_variables
from peerqual.analysis.variables.questions import Option, Variable, Variables

__all__ = ["Option", "Variable", "Variables", "propose_variables", "variables_table"]
