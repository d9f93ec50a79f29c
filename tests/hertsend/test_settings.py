"""What the settings make of the environment, and what production refuses."""

import datetime as dt
import json
import re
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from hertsend.checks import production_problems
from hertsend.environment import Environment, kept_secret
from hertsend.security import content_security_policy
from tests.hertsend.site_process import PRODUCTION, ROOT, run

SAFE = {
    "SECRET_KEY": PRODUCTION["SECRET_KEY"],
    "SITE_ORIGIN": "https://send.example.org",
    "ALLOWED_HOSTS": ["send.example.org"],
    "DEBUG": False,
    "HERTSEND_DEMONSTRATION": False,
    "HERTSEND_CLOCK": None,
    "CELERY_TASK_ALWAYS_EAGER": False,
    "DATABASES": {"default": {"ENGINE": "django.db.backends.postgresql"}},
    "HERTSEND_ALLOW_SQLITE": False,
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "HERTSEND_FILES_STATED": True,
    "HERTSEND_FILES": ROOT / "data" / "files",
    "STATIC_ROOT": ROOT / "staticfiles",
    "STATICFILES_DIRS": [ROOT / "static"],
}
SQLITE = {"default": {"ENGINE": "django.db.backends.sqlite3"}}


@pytest.mark.parametrize(
    "harmless",
    [
        {},
        {"ALLOWED_HOSTS": [".example.org"]},
        {"ALLOWED_HOSTS": ["other.example.org", "send.example.org"]},
        {"DATABASES": SQLITE, "HERTSEND_ALLOW_SQLITE": True},
        {"SITE_ORIGIN": "https://send.example.org:8443"},
    ],
)
def test_production_accepts_safe_settings(harmless):
    assert production_problems(SAFE | harmless) == []


@pytest.mark.parametrize(
    ("unsafe", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set: set it to 50 or more random characters, the same for every process."),
        ({"SECRET_KEY": "django-insecure-" + SAFE["SECRET_KEY"]}, "SECRET_KEY is a default or example key: set it to 50 or more random characters."),
        ({"SECRET_KEY": "Changeme" + SAFE["SECRET_KEY"]}, "SECRET_KEY is a default or example key: set it to 50 or more random characters."),
        ({"SECRET_KEY": SAFE["SECRET_KEY"][:49]}, "SECRET_KEY is too short or too simple: set it to 50 or more random characters."),
        ({"SECRET_KEY": "abc" * 30}, "SECRET_KEY is too short or too simple: set it to 50 or more random characters."),
        ({"ALLOWED_HOSTS": []}, "ALLOWED_HOSTS is not set: set it to the host names of the site, separated by commas."),
        ({"ALLOWED_HOSTS": ["*"]}, "ALLOWED_HOSTS contains *: name the hosts of the site instead, separated by commas."),
        ({"ALLOWED_HOSTS": ["send.example.com"]}, "ALLOWED_HOSTS does not contain the host of SITE_ORIGIN: add it, or correct SITE_ORIGIN."),
        ({"SITE_ORIGIN": ""}, "SITE_ORIGIN is not set: set it to the address of the site, such as https://send.example.org."),
        ({"SITE_ORIGIN": "http://send.example.org"}, "SITE_ORIGIN is not an https address without a path: set it to one like https://send.example.org."),
        ({"SITE_ORIGIN": "https://send.example.org/send"}, "SITE_ORIGIN is not an https address without a path: set it to one like https://send.example.org."),
        ({"DEBUG": True}, "DEBUG is on, which shows secrets to readers: unset DEBUG or set DEBUG=0."),
        ({"HERTSEND_DEMONSTRATION": True}, "HERTSEND_DEMONSTRATION is on, which fills the site with invented progress: unset it."),
        ({"HERTSEND_CLOCK": dt.date(2024, 10, 15)}, "HERTSEND_CLOCK sets the date, which is for demonstrations: unset it."),
        ({"CELERY_TASK_ALWAYS_EAGER": True}, "HERTSEND_EAGER is on, which runs jobs inside a reader's request: unset it."),
        ({"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}, "EMAIL_URL is unset or sends nothing: set it to smtp+tls://user:password@host:587."),
        ({"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend"}, "EMAIL_URL is unset or sends nothing: set it to smtp+tls://user:password@host:587."),
        ({"HERTSEND_FILES_STATED": False}, "HERTSEND_FILES is not set: set it to a folder that is kept and backed up, the same for web and worker."),
        ({"HERTSEND_FILES": ROOT / "static" / "files"}, "HERTSEND_FILES lies among the static files, which everybody can read: move it."),
        ({"HERTSEND_FILES": ROOT / "staticfiles"}, "HERTSEND_FILES lies among the static files, which everybody can read: move it."),
        ({"HERTSEND_FILES": ROOT}, "HERTSEND_FILES lies among the static files, which everybody can read: move it."),
    ],
)  # fmt: skip
def test_production_refuses_each_unsafe_setting_with_one_sentence(unsafe, sentence):
    assert production_problems(SAFE | unsafe) == [sentence]


def test_production_refuses_sqlite_unless_it_is_allowed():
    problems = production_problems(SAFE | {"DATABASES": SQLITE})

    assert problems == [
        (
            "DATABASE_URL is unset or names a SQLite file: set it to postgres://user:password@host:5432/name,"
            " or set HERTSEND_ALLOW_SQLITE=1 if one machine with one file is what you want."
        )
    ]


def test_a_process_in_production_with_nothing_set_lists_every_reason_and_ends(tmp_path):
    ended = run(
        tmp_path, "manage.py", "check",
        HERTSEND_ENVIRONMENT="production", DEBUG="1", HERTSEND_DEMONSTRATION="1",
        HERTSEND_CLOCK="2024-10-15", HERTSEND_EAGER="1",
    )  # fmt: skip

    assert ended.returncode == 1
    assert ended.stdout == ""
    assert re.findall(r"^  - (\w+)", ended.stderr, re.MULTILINE) == [
        "SECRET_KEY",
        "ALLOWED_HOSTS",
        "SITE_ORIGIN",
        "DEBUG",
        "HERTSEND_DEMONSTRATION",
        "HERTSEND_CLOCK",
        "HERTSEND_EAGER",
        "DATABASE_URL",
        "EMAIL_URL",
        "HERTSEND_FILES",
    ]


SHOW = """
import json
import hertsend.settings as s
names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
         "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "DEBUG", "ALLOWED_HOSTS", "SITE_ORIGIN", "SECRET_KEY",
         "CELERY_BROKER_URL", "CELERY_TASK_ALWAYS_EAGER", "CELERY_ACCEPT_CONTENT", "EMAIL_BACKEND", "DEFAULT_FROM_EMAIL",
         "SECURE_PROXY_SSL_HEADER")
shown = {name: getattr(s, name, None) for name in names}
shown["database"] = s.DATABASES["default"]
shown["cache"] = s.CACHES["default"]["BACKEND"]
print(json.dumps(shown))
"""


def settings_of(tmp_path, **variables) -> dict:
    ended = run(tmp_path, "-c", SHOW, **variables)
    assert ended.stderr == ""
    return json.loads(ended.stdout)


def test_production_settings_protect_cookies_and_the_database(tmp_path):
    shown = settings_of(tmp_path, **PRODUCTION)

    assert {
        name: value for name, value in shown.items() if "COOKIE" in name or "SECURE" in name
    } == {
        "SESSION_COOKIE_NAME": "__Host-session",
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 31_536_000,
        "SECURE_PROXY_SSL_HEADER": None,
    }
    assert shown["ALLOWED_HOSTS"] == ["send.example.org"]
    assert shown["database"]["CONN_HEALTH_CHECKS"] is True
    assert shown["database"]["OPTIONS"] == {
        "options": "-c statement_timeout=30s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s"
    }
    assert shown["cache"] == "django.core.cache.backends.redis.RedisCache"
    assert shown["DEFAULT_FROM_EMAIL"] == "no-reply@send.example.org"
    assert list(tmp_path.iterdir()) == []


def test_a_proxy_is_believed_only_when_it_is_there(tmp_path):
    shown = settings_of(tmp_path, **PRODUCTION, HERTSEND_BEHIND_PROXY="1")

    assert shown["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]


def test_development_needs_nothing_set_and_keeps_a_random_key(tmp_path):
    first, second = settings_of(tmp_path), settings_of(tmp_path)

    assert first == second
    assert len(first["SECRET_KEY"]) == 86
    assert first["SECRET_KEY"] == (tmp_path / "secret-key").read_text()
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600
    assert first["database"]["NAME"] == str(tmp_path / "hertsend.sqlite3")
    assert first["database"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert first["database"]["OPTIONS"]["timeout"] == 20
    assert first["database"]["OPTIONS"]["init_command"].startswith("PRAGMA journal_mode=WAL;")
    assert first["CELERY_BROKER_URL"] == "filesystem://localhost"
    assert first["CELERY_ACCEPT_CONTENT"] == ["json"]
    assert first["CELERY_TASK_ALWAYS_EAGER"] is False
    assert first["EMAIL_BACKEND"] == "django.core.mail.backends.filebased.EmailBackend"
    assert first["SITE_ORIGIN"] == "http://127.0.0.1:8000"
    assert first["DEBUG"] is False


ONE, TWO, THREE = (f"0a1b2c3d-0000-4000-8000-00000000000{number}" for number in (1, 2, 3))
NOTIFY_HOST = "api.notifications.service.gov.uk"


def test_an_address_of_notify_names_host_key_and_template():
    address = f"notify://:office-{ONE}-{TWO}@{NOTIFY_HOST}/{THREE}"
    assert environment_of(EMAIL_URL=address).mail("EMAIL_URL", ROOT) == {
        "EMAIL_BACKEND": "hertsend.jobs.notify.NotifyBackend",
        "NOTIFY_ADDRESS": f"https://{NOTIFY_HOST}",
        "NOTIFY_SERVICE": ONE,
        "NOTIFY_SECRET": TWO,
        "NOTIFY_TEMPLATE": THREE,
    }


@pytest.mark.parametrize(
    "rest",
    [
        f":hunter2-{ONE}@{NOTIFY_HOST}/{THREE}",
        f":hunter2-{ONE}-{TWO}@{NOTIFY_HOST}",
        f":hunter2-{ONE}-{TWO}@{NOTIFY_HOST}/template",
        f":hunter2-{ONE}-{TWO}@{NOTIFY_HOST}:8443/{THREE}",
        f":hunter2-{ONE}-{TWO}@[bad/{THREE}",
        f"{NOTIFY_HOST}/{THREE}",
    ],
)
def test_an_incomplete_address_of_notify_is_refused_without_its_key(rest):
    with pytest.raises(ImproperlyConfigured) as caught:
        environment_of(EMAIL_URL=f"notify://{rest}").mail("EMAIL_URL", ROOT)
    assert "notify://:key@host/template" in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_another_machine_gets_another_key(tmp_path):
    keys = {kept_secret(tmp_path / name / "secret-key") for name in ("one", "other")}

    assert len(keys) == 2


def test_processes_that_start_together_get_the_same_key(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(kept_secret, [tmp_path / "secret-key"] * 32))

    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"HERTSEND_CLOCK": "2024-10-15"}, "HERTSEND_CLOCK works with HERTSEND_DEMONSTRATION=1 only: set that too, or unset it."),
        ({"HERTSEND_EAGER": "1"}, "HERTSEND_EAGER is for tests only: unset it; `make run` starts a worker."),
    ],
)  # fmt: skip
def test_development_refuses_what_would_mislead(tmp_path, variables, sentence):
    ended = run(tmp_path, "-c", "import hertsend.settings", **variables)

    assert ended.returncode == 1
    assert ended.stderr.splitlines()[-1].endswith(sentence)


@pytest.mark.slow
def test_the_deployment_check_finds_nothing_under_production_settings(tmp_path):
    ended = run(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)

    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == "System check identified no issues (1 silenced).\n"


def environment_of(**values) -> Environment:
    return Environment(values, ROOT)


def test_values_are_read_by_their_kind():
    environment = environment_of(
        A="  words ", B="Yes", C="off", D="one, two,,", E="12", F="2024-10-15", G="blue", H=" "
    )

    assert environment.text("A") == "words"
    assert environment.flag("B") is True
    assert environment.flag("C", default=True) is False
    assert environment.flag("absent", default=True) is True
    assert environment.listed("D") == ["one", "two"]
    assert environment.number("E", 3) == 12
    assert environment.number("absent", 3) == 3
    assert environment.day("F") == dt.date(2024, 10, 15)
    assert environment.day("absent") is None
    assert environment.choice("G", ("red", "blue"), "red") == "blue"
    assert environment.text("H", "default") == "default"
    assert environment.asked == {"A", "B", "C", "D", "E", "F", "G", "H", "absent"}


@pytest.mark.parametrize(
    ("read", "wanted"),
    [
        (lambda e: e.flag("V"), "1 or 0"),
        (lambda e: e.number("V", 1), "a whole number"),
        (lambda e: e.day("V"), "a date such as 2024-10-15"),
        (lambda e: e.choice("V", ("a", "b"), "a"), "one of a, b"),
        (lambda e: e.database("V", ROOT), "an address that begins with sqlite:// or postgres://"),
        (lambda e: e.mail("V", ROOT), "an address such as smtp+tls://user:password@host:587"),
        (lambda e: e.cache("V", ROOT), "an address such as redis://host:6379/1"),
    ],
)
def test_a_value_that_makes_no_sense_is_named_but_never_repeated(read, wanted):
    with pytest.raises(ImproperlyConfigured) as caught:
        read(environment_of(V="mysql://hunter2@nowhere/5"))

    assert str(caught.value).startswith(f"V is set to something that is not {wanted}. On your own")
    assert "hunter2" not in str(caught.value)


def test_a_day_that_does_not_exist_is_refused():
    with pytest.raises(ImproperlyConfigured, match=r"^HERTSEND_CLOCK is set to something"):
        environment_of(HERTSEND_CLOCK="2024-09-31").day("HERTSEND_CLOCK")


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("sqlite:///data/other.sqlite3", str(ROOT / "data" / "other.sqlite3")),
        ("sqlite:////elsewhere/file.sqlite3", "/elsewhere/file.sqlite3"),
        ("sqlite://:memory:", ":memory:"),
        ("postgres://user:p%40ss@host:5433/plans", "plans"),
    ],
)
def test_a_database_address_names_a_file_from_the_checkout_or_a_database(address, name):
    assert environment_of(DATABASE_URL=address).database("DATABASE_URL", ROOT)["NAME"] == name


# The web server, the installer and the probe read these by themselves, or nobody but compose does.
COMPOSE_ALONE = {"POSTGRES_PASSWORD"}
ASK = "import hertsend.settings as s; print(*sorted(s.ENVIRONMENT.asked))"


@pytest.fixture(scope="module")
def asked(tmp_path_factory) -> set[str]:
    return set(run(tmp_path_factory.mktemp("data"), "-c", ASK).stdout.split())


def test_every_variable_stands_in_the_example_file_and_no_other(asked):
    example = (ROOT / ".env.example").read_text()

    assert set(re.findall(r"^#?([A-Z][A-Z_]+)=", example, re.MULTILINE)) == asked | COMPOSE_ALONE


def test_every_variable_is_explained_and_no_other(asked):
    page = (ROOT / "docs" / "configuration.md").read_text()
    rows = re.findall(r"^\| (`[^|]+) \|", page, re.MULTILINE)

    assert {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)} == asked


def test_the_content_policy_has_no_unsafe_source_and_nothing_from_elsewhere():
    directives = content_security_policy(secure=True, sign_in="")["DIRECTIVES"]
    sources = {source for value in directives.values() if value is not True for source in value}

    assert sources == {SELF, NONE, NONCE, "data:"}
    assert directives["default-src"] == ["'self'"]
    assert directives["frame-ancestors"] == ["'none'"]
    assert directives["upgrade-insecure-requests"] is True


def test_the_sign_in_form_may_lead_to_the_organisation_and_to_nobody_else():
    directives = content_security_policy(
        secure=False, sign_in="https://login.example.org/tenant/v2.0"
    )["DIRECTIVES"]

    assert directives["form-action"] == ["'self'", "https://login.example.org"]
    assert directives["upgrade-insecure-requests"] is False
