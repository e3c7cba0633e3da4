"""The colours that mean something: a page that names another one shows none at all, and no fault."""

import re
from pathlib import Path
from typing import Final

_SHEET = Path(__file__).parents[1] / "static" / "css" / "theme.css"
COLOURS: Final = frozenset(re.findall(r'\[data-color="(\w+)"\]', _SHEET.read_text(encoding="utf-8")))
