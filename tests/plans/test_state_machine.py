"""Random sequences of all acts by all roles: the services do what a small model of them foretells.

The model is written from the design and not from the code: who may do what, from which stage, and
what must be true afterwards. It foresees whether each act is taken or refused, and after each step
what is stored and what is derived are compared with it.
"""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.factories.shared import built_world
from tests.factories.world import World
from tests.plans.acts_at_random import Machine

__all__ = ["built_world"]


def run(world: World, *, examples: int, steps: int) -> None:
    machine = type("MachineOfTheWorld", (Machine,), {"world": world})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )


@pytest.mark.slow
@pytest.mark.django_db
def test_no_sequence_of_acts_leads_where_it_should_not(built_world, db):
    run(built_world, examples=25, steps=30)


@pytest.mark.slow
@pytest.mark.races
@pytest.mark.django_db
def test_nor_does_any_of_many_long_ones(built_world, db):
    run(built_world, examples=40, steps=50)
