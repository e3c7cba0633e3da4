"""The colours that mean something: a page that names another one shows none at all, and no fault."""

import re
from pathlib import Path
from typing import Final

SHEET: Final = (Path(__file__).parents[1] / "static" / "css" / "theme.css").read_text(encoding="utf-8")
COLOURS: Final = frozenset(re.findall(r'\[data-color="(\w+)"\]', SHEET))
