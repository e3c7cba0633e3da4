"""How a benchmark or a campaign tells a figure: a row of a table for people, and a JSON line for machines."""

import json
import sys
from typing import Literal


def report(
    kind: Literal["bench", "campaign"],
    name: str,
    metric: str,
    *,
    value: float,
    unit: str,
    n: int,
    ok: bool,
    floor: float | None = None,
    ratio: float | None = None,
    bar: float | None = None,
) -> None:
    """floor: the reference measured in the same run; ratio: value against it; bar: what is asked for."""
    figures = {"value": value, "unit": unit, "floor": floor, "ratio": ratio, "bar": bar, "n": n, "ok": ok}
    rounded = {key: round(figure, 4) if isinstance(figure, float) else figure for key, figure in figures.items()}
    beside = "" if floor is None else f", floor {floor:.4g}" + ("" if ratio is None else f", ratio {ratio:.3g}")
    asked = "" if bar is None else f", bar {bar:.4g}"
    verdict = "held" if ok else "NOT HELD"
    sys.stdout.write(f"{name:<12} {metric:<38} {value:>10.4g} {unit}{beside}{asked} (n={n}): {verdict}\n")
    sys.stdout.write(json.dumps({kind: name, "metric": metric, **rounded}, ensure_ascii=False) + "\n")
    sys.stdout.flush()
