"""Every kind of prompt has its place in each table, and every column of a record its readers."""

import pytest

from governance.enums import PromptKind
from governance.models import Prompt
from governance.models.prompts import RECORDS, TARGETS
from governance.permissions import records as rights
from governance.policies import decisions as rules
from governance.selectors import prompts as reads
from governance.services.prompting import COLUMNS

TABLES = {
    "models.prompts.TARGETS": TARGETS,
    "permissions.records.VISIBLE_TARGETS": rights.VISIBLE_TARGETS,
    "selectors.prompts.FOUND": reads.FOUND,
    "selectors.prompts.SHOWN": reads.SHOWN,
    "policies.decisions.FIELDS": rules.FIELDS,
    "policies.decisions.NOT_THERE": rules.NOT_THERE,
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_has_every_kind(name):
    assert set(TABLES[name]) == set(PromptKind), f"{name}: see docs/how-to/add-a-prompt.md"


def test_every_link_of_a_prompt_is_one_of_the_two_kinds():
    links = {field.name for field in Prompt._meta.concrete_fields if field.is_relation}
    assert links == {*RECORDS, *TARGETS.values()}
    assert set(COLUMNS.values()) == set(RECORDS)


@pytest.mark.parametrize("model", rights.PLAIN_FIELDS, ids=lambda model: model.__name__)
def test_every_column_of_a_record_is_shown_to_somebody_by_decision(model):
    """A new column is visible to nobody until it stands in one of the tables of visibility."""
    tables = [
        rights.PLAIN_FIELDS[model],
        rights.OFFICER_FIELDS[model],
        rights.PEOPLE_FIELDS[model],
        rights.INTERNAL_FIELDS[model],
    ]
    columns = {field.name for field in model._meta.concrete_fields} - {"id", "group", "log_action"}
    shown = sorted(name for table in tables for name in table if name != "log_action")
    assert shown == sorted(columns)
