"""The installation, the front-end files, the lock files and the container files."""

import json
import re
import subprocess
import tomllib

import pytest
import yaml

from hertsend.serve.assets import FACES, FONTS, AssetsError, build, prepare_script, prepare_styles
from hertsend.serve.installation import (
    Installation,
    InstallationError,
    fingerprint,
    pip_settings,
    uv_environment,
)
from tests.hertsend.site_process import ROOT, run

LOCKS = (
    "requirements.txt",
    "requirements-dev.txt",
    "requirements-installer.txt",
    "requirements-node.txt",
)

# Front-end files ---------------------------------------------------------------------------------

STYLES = (
    ":root{--blue:#1d70b8}.link{font-family:GDS Transport,arial,sans-serif;color:#111}\n"
    "/*! Copyright (c) 2011 by Margaret Calvert & Henrik Kubel. */"
    "@font-face{font-family:GDS Transport;src:url(/assets/fonts/light.woff2)}"
    "@media print{.link{font-family:sans-serif}}"
    '.footer:before{content:"";background-image:url(/assets/images/govuk-crest.svg)}'
    "@media (forced-colors){.footer:before{mask-image:url(/assets/images/govuk-crest.svg)}}"
    ".close{background:url(/assets/images/icon-close.svg)}.tick{background:url('/assets/images/icon-tick.svg')}\n"
    "/*# sourceMappingURL=styles.css.map */"
)


def test_styles_lose_the_typeface_the_marks_and_absolute_addresses_and_nothing_else():
    css, images = prepare_styles(STYLES)

    assert css == (
        ":root{--blue:#1d70b8}.link{font-family:var(--app-font, arial, sans-serif);color:#111}\n"
        "@media print{.link{font-family:sans-serif}}"
        "@media (forced-colors){}"
        ".close{background:url(images/icon-close.svg)}.tick{background:url(images/icon-tick.svg)}"
    )
    assert images == ["icon-close.svg", "icon-tick.svg"]


@pytest.mark.parametrize(
    ("css", "left"),
    [
        (".a{font:bold 19px 'GDS Transport'}", "GDS Transport"),
        (".a{background:url(/assets/fonts/x.woff)}", "/assets/"),
        ("@font-face{font-family:other;src:url(x)}", "@font-face"),
    ],
)
def test_a_release_that_looks_different_is_refused_rather_than_served(css, left):
    with pytest.raises(AssetsError, match=re.escape(repr(left))):
        prepare_styles(css)


def test_a_script_loses_only_its_source_map():
    script = 'const a="//# x";export{a};//# sourceMappingURL=a.min.js.map\n'

    assert prepare_script(script) == 'const a="//# x";export{a};\n'


def packages(folder, *, without: str = ""):
    """A node_modules folder with the two packages, small."""
    for name, inside in (
        ("govuk-frontend", "govuk-frontend/dist/govuk"),
        ("moj-frontend", "@ministryofjustice/frontend/moj"),
    ):
        source = folder / inside
        (source / "assets" / "images").mkdir(parents=True)
        (source / f"{name}.min.css").write_text(
            f".{name}{{background:url(/assets/images/{name}.svg)}}"
        )
        (source / f"{name}.min.js").write_text(f"export const name='{name}';")
        (source / "assets" / "images" / f"{name}.svg").write_text("<svg/>")
        (source / "assets" / "images" / "crown-logotype.svg").write_text("<svg>crown</svg>")
    for face in FACES:
        place = folder / FONTS / face
        place.parent.mkdir(parents=True)
        place.write_bytes(b"face")
    if without:
        next(folder.rglob(without)).unlink()
    return folder


def test_the_asset_step_writes_what_is_used_and_replaces_what_was_there(tmp_path):
    target = tmp_path / "build"
    target.mkdir()
    (target / "left-over.css").write_text("old")

    written = build(packages(tmp_path / "node_modules"), target)

    names = [str(path.relative_to(target)) for path in written]
    assert names == [
        "fonts/SourceSans3_400Regular.ttf",
        "fonts/SourceSans3_700Bold.ttf",
        "govuk-frontend.min.css",
        "govuk-frontend.min.js",
        "images/govuk-frontend.svg",
        "images/moj-frontend.svg",
        "moj-frontend.min.css",
        "moj-frontend.min.js",
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["build", "node_modules"]


def test_a_missing_package_leaves_the_built_files_alone_and_says_what_to_do(tmp_path):
    target = tmp_path / "build"
    build(packages(tmp_path / "whole"), target)
    before = sorted(target.rglob("*"))

    with pytest.raises(
        AssetsError, match=r"^moj-frontend.min.js is not in node_modules: run `make setup`$"
    ):
        build(packages(tmp_path / "broken", without="moj-frontend.min.js"), target)

    assert sorted(target.rglob("*")) == before


def test_the_files_that_are_served_refer_to_each_other_and_to_nothing_else():
    folder = ROOT / "static" / "build"
    for name in ("govuk-frontend.min.css", "moj-frontend.min.css"):
        css = (folder / name).read_text()
        addresses = re.findall(r"url\(([^)]*)\)", css)

        assert [address for address in addresses if not (folder / address).is_file()] == []
        assert "GDS Transport" not in css
        assert css.count("var(--app-font, arial, sans-serif)") > 50
    assert not [path.name for path in folder.rglob("*") if re.search("crest|crown|logo", path.name)]


# Installation ------------------------------------------------------------------------------------


def test_what_pip_is_told_reaches_uv_and_the_environment_wins():
    settings = pip_settings(
        [
            ":env:.cert='/certificates/own.pem'",
            "global.cert='/certificates/all.pem'",
            "global.index-url='https://index.example.org/simple'",
            "global.extra-index-url='file:///one/simple\\nfile:///two/simple'",
            "install.find-links='/wheels'",
            "global.disable-pip-version-check='1'",
            "a line that is no setting",
        ]
    )

    assert uv_environment(settings, {"UV_FIND_LINKS": "mine"}) == {
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_LINK_MODE": "copy",
        "SSL_CERT_FILE": "/certificates/own.pem",
        "UV_DEFAULT_INDEX": "https://index.example.org/simple",
        "UV_INDEX": "file:///one/simple file:///two/simple",
    }


def test_a_machine_without_settings_adds_no_index():
    assert set(uv_environment(pip_settings([]), {})) == {"UV_INDEX_STRATEGY", "UV_LINK_MODE"}


class Steps(Installation):
    """An installation in an empty folder, and how often a step of it was done."""

    def __init__(self, root):
        super().__init__(root, report=lambda _words: None)
        self.done = 0
        (root / "lock").write_text("one")

    def again(self):
        self.step("a step", ["lock"], self.do, self.root / "product")
        return self.done

    def do(self):
        self.done += 1
        (self.root / "product").touch()


def test_a_step_is_done_once_and_again_when_its_sources_change_or_its_product_is_gone(tmp_path):
    steps = Steps(tmp_path)

    assert [steps.again(), steps.again()] == [1, 1]
    (tmp_path / "lock").write_text("two")
    assert [steps.again(), steps.again()] == [2, 2]
    (tmp_path / "product").unlink()
    assert [steps.again(), steps.again()] == [3, 3]


def test_a_step_that_fails_is_tried_again(tmp_path):
    steps = Steps(tmp_path)

    def fail():
        raise InstallationError("no network")

    with pytest.raises(InstallationError, match=r"^no network$"):
        steps.step("a step", ["lock"], fail)
    assert steps.again() == 1


def test_the_hash_of_sources_is_of_their_contents(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("same")
    other.write_text("same")
    assert fingerprint([one]) == fingerprint([other])
    other.write_text("different")
    assert fingerprint([one]) != fingerprint([other])


def test_make_help_names_every_target():
    makefile = (ROOT / "Makefile").read_text()
    targets = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE).group(1).split()
    shown = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert re.findall(r"^  make ([a-z-]+) +\S", shown, re.MULTILINE) == targets


# Lock files --------------------------------------------------------------------------------------


def locked(name: str) -> dict[str, str]:
    """Packages and versions of a lock file."""
    return dict(re.findall(r"^([a-z0-9.-]+)==([^ ;\\]+)", (ROOT / name).read_text(), re.MULTILINE))


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_has_hashes_and_no_address_or_path(name):
    text = (ROOT / name).read_text()
    entries = re.split(r"\n(?=[a-z0-9])", text.strip())

    assert [entry.split("\n")[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert re.findall(r"https?:|file:|--index|--find|--extra|^-|@ ", text, re.MULTILINE) == []


def test_production_installs_the_versions_that_were_tested():
    tested = locked("requirements-dev.txt")

    assert {
        name: version
        for name, version in locked("requirements.txt").items()
        if tested.get(name) != version
    } == {}


def test_the_lock_files_follow_the_project_file():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    runtime = project["project"]["dependencies"]
    wanted = [*runtime, *project["project"]["optional-dependencies"]["dev"]]
    plain = dict(re.fullmatch(r"([\w.-]+)(?:\[.*\])?==(.+)", entry).groups() for entry in wanted)

    tested = locked("requirements-dev.txt")
    assert {name: tested.get(name.lower()) for name in plain} == plain


def test_every_package_that_production_needs_says_why():
    lines = (ROOT / "pyproject.toml").read_text().split("dependencies = [")[1].split("\n]")[0]
    without = [
        entry
        for before, entry in re.findall(r"^(.*)\n  (\".*==.*\"),$", lines, re.MULTILINE)
        if not before.strip().startswith("#")
    ]

    assert lines.count("==") > 20
    assert without == []


def test_the_front_end_lock_has_integrity_and_no_address():
    packages_locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    fetched = {name: entry for name, entry in packages_locked.items() if name}

    assert len(fetched) >= 2
    assert [name for name, entry in fetched.items() if "integrity" not in entry] == []
    assert [name for name, entry in fetched.items() if "resolved" in entry] == []
    assert (ROOT / ".npmrc").read_text() == "omit-lockfile-registry-resolved=true\n"


def test_what_is_fetched_or_made_stays_out_of_the_repository():
    ignored = (ROOT / ".gitignore").read_text().split()

    assert {".venv/", "node_modules/", "static/build/", "staticfiles/", "/data/", ".env"} <= set(
        ignored
    )


# Container files ---------------------------------------------------------------------------------

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
REQUIRED = re.compile(r"\$\{(\w+):\?[^}]+\}")


def test_compose_has_the_services_of_production():
    assert set(COMPOSE["services"]) == {"migrate", "web", "worker", "beat", "postgres", "redis"}
    assert set(COMPOSE["volumes"]) == {"files", "postgres", "redis", "beat"}


def test_web_and_worker_share_one_lasting_folder_of_files():
    for name in ("web", "worker"):
        assert COMPOSE["services"][name]["volumes"] == ["files:/app/files"]
        assert COMPOSE["services"][name]["environment"]["HERTSEND_FILES"] == "/app/files"


def test_every_lasting_service_has_a_health_check_and_starts_after_what_it_needs():
    services = COMPOSE["services"]
    lasting = set(services) - {"migrate"}

    assert {name for name in lasting if "healthcheck" not in services[name]} == set()
    for name in ("web", "worker", "beat"):
        assert services[name]["depends_on"] == {
            "migrate": {"condition": "service_completed_successfully"},
            "redis": {"condition": "service_healthy"},
        }
    assert services["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}


@pytest.mark.parametrize("service", ["migrate", "web", "worker", "beat"])
def test_no_secret_has_a_default(service):
    environment = COMPOSE["services"][service]["environment"]

    assert environment["HERTSEND_ENVIRONMENT"] == "production"
    demanded = {name for name, value in environment.items() if REQUIRED.search(str(value))}
    assert demanded == {
        "SECRET_KEY", "SITE_ORIGIN", "ALLOWED_HOSTS", "EMAIL_URL", "HERTSEND_MAIL_FROM", "DATABASE_URL",
    }  # fmt: skip
    assert environment["OIDC_CLIENT_SECRET"] == "${OIDC_CLIENT_SECRET:-}"


def test_the_database_of_compose_has_no_default_password():
    environment = COMPOSE["services"]["postgres"]["environment"]

    assert REQUIRED.findall(environment["POSTGRES_PASSWORD"]) == ["POSTGRES_PASSWORD"]
    assert REQUIRED.findall(COMPOSE["services"]["web"]["environment"]["DATABASE_URL"]) == [
        "POSTGRES_PASSWORD"
    ]


def test_compose_sets_only_variables_that_the_settings_read(tmp_path):
    ask = "import hertsend.settings as s; print(*s.ENVIRONMENT.asked)"
    asked = set(run(tmp_path, "-c", ask).stdout.split())

    assert "SECRET_KEY" in asked
    assert set(COMPOSE["services"]["web"]["environment"]) - asked == set()


def test_redis_keeps_its_data_and_drops_nothing():
    command = " ".join(COMPOSE["services"]["redis"]["command"])

    assert "--appendonly yes" in command
    assert "--maxmemory-policy noeviction" in command


def test_only_this_host_reaches_the_web_server_and_nobody_the_database():
    published = {name: entry.get("ports") for name, entry in COMPOSE["services"].items()}

    assert published == {
        "web": ["127.0.0.1:${PORT:-8000}:8000"],
        **dict.fromkeys(("migrate", "worker", "beat", "postgres", "redis")),
    }


def test_the_image_copies_only_what_exists_and_runs_without_rights():
    lines = (ROOT / "Dockerfile").read_text().replace("\\\n", " ").split("\n")
    copied = [
        source
        for line in lines
        if line.startswith("COPY ") and "--from" not in line
        for source in line.split()[1:-1]
    ]

    assert "manage.py" in copied
    assert [source for source in copied if not (ROOT / source).exists()] == []
    last_stage = lines[max(index for index, line in enumerate(lines) if line.startswith("FROM")) :]
    assert [line for line in last_stage if line.startswith("USER")] == ["USER hertsend"]
