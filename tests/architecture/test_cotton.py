"""Every attribute and slot that a template gives to a component is one that the component declares."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
# The value of an attribute may hold template tags, and these may hold quotes and a ">".
VALUE = r"\"(?:{%.*?%}|{{.*?}}|[^\"])*\"|'(?:{%.*?%}|{{.*?}}|[^'])*'|[^\s>]+"
COMPONENT = re.compile(rf"<c-([\w.-]+)((?:\s+[\w:.-]+(?:\s*=\s*(?:{VALUE}))?)*)\s*/?>", re.DOTALL)
ATTRIBUTE = re.compile(rf"([\w:.-]+)(?:\s*=\s*(?:{VALUE}))?", re.DOTALL)
OWN = {"vars", "slot"}


def attributes(source: str) -> set[str]:
    """The names in an opening tag, without the colon that makes a value an expression."""
    return {name.lstrip(":") for name in ATTRIBUTE.findall(source)}


def declared(component: str) -> set[str]:
    """What the component's `<c-vars>` names. Every component has one, so that nothing comes from outside."""
    source = (TEMPLATES / "cotton" / f"{component.replace('-', '_')}.html").read_text()
    found = re.findall(r"<c-vars\s(.*?)/>", source, re.DOTALL)
    assert len(found) == 1, f"{component}: declare all attributes in one <c-vars … /> on top"
    return attributes(found[0])


def misuses(source: str) -> list[str]:
    """Each undeclared attribute, unknown component or undeclared slot, as a sentence."""
    faults = []
    for name, given in COMPONENT.findall(source):
        if name in OWN:
            continue
        if not (TEMPLATES / "cotton" / f"{name.replace('-', '_')}.html").exists():
            faults.append(f"<c-{name}> does not exist")
            continue
        faults += [
            f"<c-{name}> does not declare {attribute!r}"
            for attribute in sorted(attributes(given) - declared(name))
        ]
    return faults + _wrong_slots(source)


def _wrong_slots(source: str) -> list[str]:
    """Slots stand inside a component, which declares them like an attribute."""
    faults = []
    parts = re.split(r"(<c-slot\s+name=[\"'][\w-]+[\"']\s*>|</?c-[\w.-]+)", source)
    open_components: list[str] = []
    for index, part in enumerate(parts):
        slot = re.match(r"<c-slot\s+name=[\"']([\w-]+)[\"']", part)
        if slot:
            owner = open_components[-1] if open_components else ""
            if not owner or slot[1] not in declared(owner):
                faults.append(f"<c-{owner}> does not declare the slot {slot[1]!r}")
        elif part.startswith("<c-") and part[3:] not in OWN:
            closes_itself = re.match(
                rf"(?:\s+[\w:.-]+(?:\s*=\s*(?:{VALUE}))?)*\s*/>", parts[index + 1]
            )
            if not closes_itself:
                open_components.append(part[3:])
        elif part.startswith("</c-") and part[4:] not in OWN:
            open_components.pop()
    return faults


ALL_TEMPLATES = sorted(TEMPLATES.rglob("*.html"))


@pytest.mark.parametrize("path", ALL_TEMPLATES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_components_are_given_what_they_declare(path):
    faults = misuses(path.read_text())

    assert faults == [], f"{path.name}: declare it in templates/cotton/, or correct the page"


@pytest.mark.parametrize(
    "component", [path.stem for path in sorted((TEMPLATES / "cotton").glob("*.html"))]
)
def test_each_component_declares_its_attributes(component):
    declared(component)


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ('<c-rating value="red" boxed />', []),
        ('<c-rating :value="x" label="{{ a|default:"b" }}" />', []),
        ('<c-rating colour_name="red" />', ["<c-rating> does not declare 'colour_name'"]),
        ("<c-rating\n  :valeu='x' />", ["<c-rating> does not declare 'valeu'"]),
        ("<c-raiting />", ["<c-raiting> does not exist"]),
        ('<c-page-heading title="a"><c-slot name="actions">b</c-slot></c-page-heading>', []),
        (
            '<c-page-heading title="a"><c-slot name="buttons">b</c-slot></c-page-heading>',
            ["<c-page-heading> does not declare the slot 'buttons'"],
        ),
        (
            '<c-panel title="a"><c-tag>x</c-tag><c-slot name="y">z</c-slot></c-panel>',
            ["<c-panel> does not declare the slot 'y'"],
        ),
        (
            '<c-button href="{% url \'a:b\' x %}" knid="secondary">x</c-button>',
            ["<c-button> does not declare 'knid'"],
        ),
    ],
)
def test_the_guard_sees_what_it_should(source, faults):
    assert misuses(source) == faults


def test_there_is_something_to_guard():
    assert len(ALL_TEMPLATES) > 50
