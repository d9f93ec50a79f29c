"""A small line without axes, for tables: the numbers beside it carry the meaning."""

from collections.abc import Sequence

from hertsend.charts import palette
from hertsend.charts.svg import clean, number

WIDTH, HEIGHT, EDGE = 128, 34, 4
# Values that lie closer together are drawn level.
LEAST = 1e-9


def sparkline(
    values: Sequence[float | None], expected: Sequence[float | None] = (), *, words: str
) -> str:
    """The line of `values`, open where one is missing, with a dashed one for what was expected.

    `words` say in one sentence what it shows, for who does not see it.
    """
    known = [value for value in (*values, *expected) if value is not None]
    low, high = (min(known), max(known)) if known else (0.0, 0.0)
    scale = (HEIGHT - 2 * EDGE) / (high - low) if high - low > LEAST else 0.0
    middle = HEIGHT / 2
    slots = max(len(values), len(expected))
    apart = (WIDTH - 2 * EDGE) / max(1, slots - 1)

    def place(index: int, value: float) -> tuple[str, str]:
        y = HEIGHT - EDGE - (value - low) * scale if scale else middle
        return number(EDGE + index * apart), number(y)

    def path(series: Sequence[float | None]) -> str:
        written, pen = [], "M"
        for index, value in enumerate(series):
            if value is None:
                pen = "M"
                continue
            x, y = place(index, value)
            written.append(f"{pen}{x} {y}")
            pen = "L"
        return "".join(written)

    parts = []
    if dashed := path(expected):
        parts.append(
            f'<path d="{dashed}" fill="none" stroke="{palette.TEXT}" stroke-width="1.5" stroke-dasharray="4 3"/>'
        )
    if line := path(values):
        parts.append(f'<path d="{line}" fill="none" stroke="{palette.BRAND}" stroke-width="2"/>')
    last = next(
        (index for index in range(len(values) - 1, -1, -1) if values[index] is not None), None
    )
    if last is not None:
        x, y = place(last, values[last] or 0.0)
        parts.append(f'<circle cx="{x}" cy="{y}" r="3.5" fill="{palette.BRAND}"/>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="hs-sparkline" role="img" aria-label="{clean(words)}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">{"".join(parts)}</svg>'
    )
