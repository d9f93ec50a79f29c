"""Prepares the design systems' compiled files, and the fonts of drawings, for this site, from node_modules into static/build/.

Standard library only, so that the container image can run it without the application. Nothing it writes is
committed. A council is not the central government: it may use neither the typeface GDS Transport nor the
crown, the royal crest or a ministry's mark, so the font gives way to the page's own and the marks stay behind.
"""

import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = {
    "govuk-frontend": "govuk-frontend/dist/govuk",
    "moj-frontend": "@ministryofjustice/frontend/moj",
}
FONTS = "@expo-google-fonts/source-sans-3"
FACES = ("400Regular/SourceSans3_400Regular.ttf", "700Bold/SourceSans3_700Bold.ttf")
"""The typeface of drawings that become pictures: they cannot use the reader's."""

APPLICATION_FONT = "var(--app-font, arial, sans-serif)"
# The notice names the typeface's owner: it goes with the typeface.
FONT_NOTICE = re.compile(r"/\*![^*]*Margaret Calvert.*?\*/", re.DOTALL)
FONT_FACE = re.compile(r"@font-face\s*\{[^{}]*GDS Transport[^{}]*\}")
FONT_FAMILY = re.compile(r"""(["']?)GDS Transport\1\s*,\s*arial\s*,\s*sans-serif""")
# A whole rule that draws a mark of the Crown, with the selector in front of it.
MARK_RULE = re.compile(r"[^{}]*\{[^{}]*(?:crest|crown|logotype)[^{}]*\}")
IMAGE_ADDRESS = re.compile(r"""url\((["']?)/assets/images/([^)"']+)\1\)""")
STYLE_MAP = re.compile(r"\s*/\*# sourceMappingURL=.*?\*/")
SCRIPT_MAP = re.compile(r"\s*//# sourceMappingURL=\S*")


class AssetsError(Exception):
    """The packages are missing or no longer look as this step expects; the message says which and what to do."""


def prepare_styles(css: str) -> tuple[str, list[str]]:
    """The style sheet for this site, and the names of the image files it draws on.

    Raises AssetsError when something of the typeface, a mark or an absolute address would be left: a newer
    release of a package has then to be looked at before it is used.
    """
    css = FONT_NOTICE.sub("", css)
    css = FONT_FACE.sub("", css)
    css = FONT_FAMILY.sub(APPLICATION_FONT, css)
    css = MARK_RULE.sub("", css)
    images = sorted({name for _, name in IMAGE_ADDRESS.findall(css)})
    css = IMAGE_ADDRESS.sub(r"url(images/\2)", css)
    css = STYLE_MAP.sub("", css)
    for unwanted in ("GDS Transport", "@font-face", "govuk-crest", "/assets/", "sourceMappingURL"):
        if unwanted in css:
            raise AssetsError(
                f"a style sheet still contains {unwanted!r}: see hertsend/serve/assets.py"
            )
    return css, images


def prepare_script(script: str) -> str:
    """The script without the comment that points at a source map we do not serve."""
    return SCRIPT_MAP.sub("", script)


def build(packages: Path, target: Path) -> list[Path]:
    """Write the prepared files of both design systems to `target`, replacing it; answers their paths.

    `packages` is a node_modules folder. Raises AssetsError when a package's file is not in it.
    """
    unfinished = target.with_name(f"{target.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    (unfinished / "images").mkdir(parents=True)
    for name, folder in PACKAGES.items():
        source = packages / folder
        css, images = prepare_styles(read(source / f"{name}.min.css"))
        (unfinished / f"{name}.min.css").write_text(css, encoding="utf-8")
        script = prepare_script(read(source / f"{name}.min.js"))
        (unfinished / f"{name}.min.js").write_text(script, encoding="utf-8")
        for image in images:
            shutil.copyfile(source / "assets" / "images" / image, unfinished / "images" / image)
    copy_fonts(packages / FONTS, unfinished / "fonts")
    shutil.rmtree(target, ignore_errors=True)
    # A reader or a second run never finds half of it.
    unfinished.rename(target)
    return sorted(path for path in target.rglob("*") if path.is_file())


def copy_fonts(source: Path, target: Path) -> None:
    """The faces that drawings use."""
    target.mkdir()
    for face in FACES:
        if not (source / face).is_file():
            raise AssetsError(f"{face} is not in node_modules: run `make setup`")
        shutil.copyfile(source / face, target / Path(face).name)


def read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise AssetsError(f"{path.name} is not in node_modules: run `make setup`") from None


def main() -> int:
    try:
        written = build(ROOT / "node_modules", ROOT / "static" / "build")
    except AssetsError as error:
        print(f"front-end files: {error}", file=sys.stderr)
        return 1
    print(f"front-end files: {len(written)} in static/build")
    return 0


if __name__ == "__main__":
    sys.exit(main())
