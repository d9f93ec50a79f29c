import pytest

from hertsend.jobs import registry


@pytest.fixture
def empty(monkeypatch):
    monkeypatch.setattr(registry, "_handlers", {})
    monkeypatch.setattr(registry, "_renderers", {})


def do_nothing(**_: object) -> None:
    """Stand for a handler or renderer."""


def do_nothing_either(**_: object) -> None:
    """Stand for another."""


SORTS = [
    (registry.handler, registry.handler_for, registry.handler_kinds),
    (registry.renderer, registry.renderer_for, registry.renderer_kinds),
]


@pytest.mark.parametrize(("register", "find", "kinds"), SORTS)
def test_a_registered_function_is_found_by_its_kind(empty, register, find, kinds):
    assert register("tests.second")(do_nothing) is do_nothing
    register("tests.first")(do_nothing_either)
    assert find("tests.second") is do_nothing
    assert find("tests.first") is do_nothing_either
    assert kinds() == ("tests.first", "tests.second")


@pytest.mark.parametrize(("register", "find", "kinds"), SORTS)
def test_an_unknown_kind_is_refused_with_what_to_do(empty, register, find, kinds):
    with pytest.raises(registry.UnknownKind, match=f"@{register.__name__}\\('tests.none'\\)"):
        find("tests.none")
    assert kinds() == ()


@pytest.mark.parametrize(("register", "find", "kinds"), SORTS)
def test_a_kind_belongs_to_one_function(empty, register, find, kinds):
    register("tests.kind")(do_nothing)
    register("tests.kind")(do_nothing)
    with pytest.raises(ValueError, match="registered already"):
        register("tests.kind")(do_nothing_either)
    assert find("tests.kind") is do_nothing


def test_handlers_and_renderers_do_not_mix(empty):
    registry.handler("tests.kind")(do_nothing)
    with pytest.raises(registry.UnknownKind):
        registry.renderer_for("tests.kind")
