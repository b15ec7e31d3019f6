"""Where exports come from, as it may be shown and kept."""

from __future__ import annotations

import re


def without_credentials(address: str) -> str:
    """An address of exports without what stands before an @ in its host."""
    return re.sub(r"//[^/@]*@", "//", address)
