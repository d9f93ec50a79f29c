"""Sets one document, in a process of its own: ``python -I typesetter.py FONTS < json > pdf``.

Typst keeps what it has laid out for as long as its process lives, some 60 MB for each further pack; here
that goes with the process. Standard library and Typst alone, so that it starts quickly and holds little.
"""

import resource
import sys
from pathlib import Path

import typst

TEMPLATE = Path(__file__).with_name("document.typ")
MOST_MEMORY, MOST_SECONDS = 1024 * 1024 * 1024, 60
REFUSED = 3


def main() -> int:
    """Write the PDF; or answer ``REFUSED`` and write what the typesetter had to say, also a warning."""
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    told = sys.stdin.buffer.read().decode()
    try:
        made, warnings = typst.compile_with_warnings(
            TEMPLATE,
            font_paths=[Path(sys.argv[1])],
            ignore_system_fonts=True,
            sys_inputs={"document": told},
            pdf_standards=["a-2a", "ua-1"],
        )
    except typst.TypstError as error:
        return _refused(str(error))
    if warnings or not isinstance(made, bytes):
        return _refused("; ".join(str(warning) for warning in warnings))
    sys.stdout.buffer.write(made)
    return 0


def _refused(words: str) -> int:
    sys.stderr.write(words)
    return REFUSED


if __name__ == "__main__":
    sys.exit(main())
