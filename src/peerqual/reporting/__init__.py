"""From tables to what people read: figures, the report, CSV, notebook displays. Renders last, never knows how a number is made (layer 5)."""

from __future__ import annotations

from peerqual.reporting.show import show

__all__ = ["show"]
