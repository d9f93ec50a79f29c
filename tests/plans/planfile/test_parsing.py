"""Reading JSON with the line of each value."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from plans.planfile.faults import BadPlanFile, Fault
from plans.planfile.parsing import DEEPEST, parse
from tests.plans.planfile.documents import FIXTURE

VALUES = some.recursive(
    some.none() | some.booleans() | some.integers(-(10**20), 10**20) | some.text(),
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(some.text(), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES, some.sampled_from([None, 2]), some.booleans())
def test_it_reads_what_python_reads(value, indent, escaped):
    text = json.dumps(value, indent=indent, ensure_ascii=escaped)
    assert parse(text).document == value


def test_it_reads_the_first_plan_as_python_does():
    text = FIXTURE.read_text(encoding="utf-8")
    assert parse(text).document == json.loads(text)


def test_each_value_has_its_line():
    parsed = parse('{\n "a": [\n  1,\n  {"b": -2.5e1}],\n\n "c": {}, "d": [ ]}\n')
    assert parsed.document == {"a": [1, {"b": -25.0}], "c": {}, "d": []}
    assert parsed.lines == {
        (): 1,
        ("a",): 2,
        ("a", 0): 3,
        ("a", 1): 4,
        ("a", 1, "b"): 4,
        ("c",): 6,
        ("d",): 6,
    }
    assert parsed.faults == []


def test_a_key_twice_in_one_object_is_a_fault_on_the_second_line():
    parsed = parse('{"a": 1,\n "b": {"a": 2},\n "a": 3}')
    assert parsed.faults == [Fault("This key stands here twice.", ("a",), 3)]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "line 1: This is not JSON: a value is expected."),
        ("{}\n[]", "line 2: This is not JSON: something follows after its end."),
        ('{\n"a" 1}', "line 2: This is not JSON: “:” is expected."),
        ('{"a": 1\n "b": 2}', "line 2: This is not JSON: “,” is expected."),
        ("[1\n2]", "line 2: This is not JSON: “,” is expected."),
        ("[1,]", "line 1: This is not JSON: a value is expected."),
        ("{'a': 1}", "line 1: This is not JSON: a key in double quotation marks is expected."),
        ("{1: 1}", "line 1: This is not JSON: a key in double quotation marks is expected."),
        ("[\nNaN]", "line 2: This is not JSON: a value is expected."),
        ("[1e999]", "line 1: This is not JSON: this number is too long."),
        (f"[{'9' * 31}]", "line 1: This is not JSON: this number is too long."),
        ('["a', "line 1: This is not JSON: Unterminated string starting at."),
        ('["a\nb"]', "line 1: This is not JSON: Invalid control character at."),
        ("[" * (DEEPEST + 2), "line 1: This is not JSON: it is nested too deeply."),
        ("[" * 100_000, "line 1: This is not JSON: it is nested too deeply."),
    ],
)
def test_what_is_no_json_is_refused_with_its_line(text, fault):
    with pytest.raises(BadPlanFile) as refused:
        parse(text)
    assert [str(one) for one in refused.value.faults] == [fault]


def test_keys_that_stand_twice_before_broken_json_are_told_with_it():
    with pytest.raises(BadPlanFile) as refused:
        parse('{"a": 1,\n"a": 2,\n}')
    assert [str(one) for one in refused.value.faults] == [
        "line 2, a: This key stands here twice.",
        "line 3: This is not JSON: a key in double quotation marks is expected.",
    ]
