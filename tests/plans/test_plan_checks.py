"""The checks of the plan file see damage: each reports exactly what was done to a copy."""

import pytest

from tests.plans import plan_checks, plan_source, plan_table_checks


@pytest.fixture(scope="module")
def text():
    return plan_source.read()


@pytest.fixture(scope="module")
def source(text):
    return plan_source.actions(text)


@pytest.fixture
def document():
    return plan_source.read_plan_file()


@pytest.fixture(scope="module")
def expected():
    return plan_source.read_reading()


def milestone(document, key):
    return next(one for one in plan_checks.milestones(document) if one["key"] == key)


def action(document, key):
    return next(one for one in document["actions"] if one["key"] == key)


def test_sees_a_word_is_removed(document, source):
    damaged = milestone(document, "PA1.4-1")
    damaged["text"] = damaged["text"].replace("surveys, ", "")
    assert plan_checks.check_action_words(document, source) == [
        "PA1.4 milestones: 'surveys,' is missing 1 times"
    ]


def test_sees_a_word_is_doubled(document, source):
    damaged = action(document, "AI3.3")
    damaged["impacts"][0] = damaged["impacts"][0].replace("practice.", "practice. practice.")
    assert plan_checks.check_action_words(document, source) == [
        "AI3.3 impacts: 'practice.' is there 1 times too often"
    ]


def test_sees_a_word_moves_to_another_action(document, source):
    action(document, "AI3.3")["text"] += " quickly"
    action(document, "AI5.2")["text"] = action(document, "AI5.2")["text"].replace("acronyms ", "")
    assert plan_checks.check_action_words(document, source) == [
        "AI3.3 action: 'quickly' is there 1 times too often",
        "AI5.2 action: 'acronyms' is missing 1 times",
    ]


def test_sees_shared_words_need_a_note(document, source):
    for key in ("AI1.8-1", "AI1.8-2"):
        milestone(document, key)["note"] = "As published."
    problems = plan_checks.check_action_words(document, source)
    assert len(problems) == len(set(milestone(document, "AI1.8-1")["text"].split()))
    assert "AI1.8 milestones: 'Workforce' is there 1 times too often" in problems


def test_sees_a_shared_date_needs_a_note(document, source):
    for one in action(document, "AI2.1")["milestones"]:
        one["note"] = "As published."
    assert plan_checks.check_dates(document, source) == [
        "AI2.1: 30th April 2024 is shared by milestones without a note"
    ]


def test_sees_the_action_s_own_words_need_a_note(document, source):
    assert plan_checks.check_action_words(document, source) == []
    milestone(document, "AI5.5-1")["note"] = "As published."
    problems = plan_checks.check_action_words(document, source)
    assert problems[0] == "AI5.5 milestones: 'We' is there 1 times too often"


def test_sees_a_date_is_moved_to_another_action(document, source):
    damaged = milestone(document, "PA2.2-6")
    damaged["due_text"], damaged["due_on"] = "31st July 2024", "2024-07-31"
    assert plan_checks.check_dates(document, source) == [
        "PA2.2: 30th July 2024 is in the date cell 1 times more",
        "PA2.2: 31st July 2024 is not in the date cell",
    ]
    assert plan_checks.check_due_on(document) == []


def test_sees_a_due_date_is_moved(document, expected):
    milestone(document, "AI1.10-3")["due_on"] = "2024-09-29"
    assert plan_checks.check_due_on(document) == [
        "AI1.10-3: 2024-09-29 is not a day of '30th Sept 24'"
    ]
    assert plan_checks.check_against_reading(document, expected) == [
        "AI1.10-3 due_on: '2024-09-29', read '2024-09-30'"
    ]


def test_sees_a_day_is_invented(document):
    milestone(document, "AI1.5-1")["due_on"] = "2024-09-30"
    milestone(document, "AI2.4-4").update(precision="day", due_on=None)
    assert plan_checks.check_due_on(document) == [
        "AI1.5-1: precision invalid, due on 2024-09-30",
        "AI2.4-4: precision day, due on None",
    ]


def test_sees_two_dates_are_swapped_within_an_action(document, source, expected):
    first, second = milestone(document, "PA1.6-1"), milestone(document, "PA1.6-2")
    for name in ("due_text", "due_on"):
        first[name], second[name] = second[name], first[name]
    # The dates of the action are all there: only a reading of the pairs can see this.
    assert plan_checks.check_dates(document, source) == []
    assert plan_checks.check_against_reading(document, expected) == [
        "PA1.6-1 due_text: '30th Sept 24', read '31st Dec 24'",
        "PA1.6-1 due_on: '2024-09-30', read '2024-12-31'",
        "PA1.6-2 due_text: '31st Dec 24', read '30th Sept 24'",
        "PA1.6-2 due_on: '2024-12-31', read '2024-09-30'",
    ]


def test_sees_a_lead_is_swapped(document, source, expected):
    [school_planning] = milestone(document, "AI3.5-5")["leads"]
    milestone(document, "AI3.2-1")["leads"] = [school_planning]
    assert plan_checks.check_against_reading(document, expected) == [
        "AI3.2-1 leads: 'Head of School Planning', read 'Head of Virtual School'"
    ]
    assert plan_checks.check_lead_words(document, source) == [
        "AI3.2 leads are not those of its milestones"
    ]


def test_sees_an_action_has_another_lead(document, source):
    [school_planning] = milestone(document, "AI3.5-5")["leads"]
    action(document, "AI3.3")["leads"] = [school_planning]
    milestone(document, "AI3.3-1")["leads"] = [school_planning]
    cell = "Head of Access, Inclusion and Alternative Provision"
    assert plan_checks.check_lead_words(document, source) == [
        f"AI3.3 leads: {cell!r} is not {[school_planning]}"
    ]


def test_sees_a_lead_is_left_out(document, source):
    left = milestone(document, "AI5.2-1")["leads"][:1]
    milestone(document, "AI5.2-1")["leads"] = left
    action(document, "AI5.2")["leads"].remove("hpci-representative")
    [problem] = plan_checks.check_lead_words(document, source)
    assert problem.startswith("AI5.2 leads: 'Team Manager, Learning and Development HPCI Rep")


def test_sees_a_milestone_is_lost(document, expected):
    del action(document, "AI3.1")["milestones"][3]
    assert plan_checks.check_keys(document) == [
        "AI3.1: milestones are ['AI3.1-1', 'AI3.1-2', 'AI3.1-3', 'AI3.1-5']"
    ]
    assert plan_checks.check_against_reading(document, expected) == [
        "AI3.1-4: not in the plan file"
    ]


def test_sees_a_kind_is_wrong(document):
    milestone(document, "PA1.2-4")["kind"] = "delivery"
    milestone(document, "AI3.4-2")["kind"] = "impact_review"
    assert [problem.split(" for ")[0] for problem in plan_checks.check_kinds(document)] == [
        "PA1.2-4: kind delivery",
        "AI3.4-2: kind impact_review",
    ]


def test_sees_references_dangle_and_keys_repeat(document):
    document["leads"].append(document["leads"][0] | {"key": "lead-of-nothing", "post": "Nobody"})
    milestone(document, "AI1.6-1")["leads"] = ["no-such-lead"]
    document["areas"].append(document["areas"][0])
    assert plan_table_checks.check_references(document) == [
        "areas: PA1 twice",
        "AI1.6-1: no-such-lead is not among leads",
        "leads: lead-of-nothing is named nowhere",
    ]


def without_last_word(text):
    return text.rsplit(maxsplit=1)[0] if " " in text else ""


TIMELY_ACCESS = (
    "Timely access to health professionals / services, and multi – agency support while waiting"
)
ENABLING = (
    "Continue to develop a skilled, learning workforce that strives for excellence and staff are "
    "proud of their own achievements and celebrate those of other"
)
PARTNERSHIP_LEAD = (
    "Sarah Hannington, Interim Programme Director for Children and Young People, Herts and West "
    "Essex ICB (Health)"
)
TEXT_DAMAGE = {
    "a word of a priority": (
        plan_table_checks.check_family_priorities,
        lambda document: document["family_priorities"][3].update(text="Timely access"),
        [
            f"family priorities: {TIMELY_ACCESS!r} is missing",
            "family priorities: 'Timely access' is not in the plan",
        ],
    ),
    "the order of priorities": (
        plan_table_checks.check_family_priorities,
        lambda document: document["family_priorities"].reverse(),
        ["family priorities: not in the plan's order"],
    ),
    "a signatory": (
        plan_table_checks.check_signatories,
        lambda document: document["plan"]["signatories"].pop(0),
        ["signatories: 'Owen Mapley Chief Executive Hertfordshire County Council' is missing"],
    ),
    "a typing error of an ambition put right": (
        plan_table_checks.check_ambitions,
        lambda document: document["ambitions"][1].update(
            statement=document["ambitions"][1]["statement"] + "s"
        ),
        [
            f"ambitions: 'Enabling: {ENABLING}' is missing",
            f"ambitions: 'Enabling: {ENABLING}s' is not in the plan",
        ],
    ),
    "a link of an ambition": (
        plan_table_checks.check_ambition_links,
        lambda document: document["ambitions"][4].update(areas=["AI2"]),
        ["ambition Succeeding: areas ['AI2'], linked ['AI3']"],
    ),
    "a responsible body": (
        plan_table_checks.check_areas,
        lambda document: document["areas"][0]["responsible_bodies"].append("Herts"),
        [
            "PA1 bodies: 'and' is there 1 times too often",
            "PA1 bodies: 'Herts' is there 1 times too often",
        ],
    ),
    "a Partnership Lead": (
        plan_table_checks.check_areas,
        lambda document: document["areas"][1]["accountable"].pop(),
        [f"PA2 Partnership Leads: {PARTNERSHIP_LEAD!r} is missing"],
    ),
    "a wording that the plan has not": (
        plan_table_checks.check_areas,
        lambda document: document["areas"][6]["wordings"].append({"text": "Listen", "source": ""}),
        ["AI5: 'Listen' is not in the plan"],
    ),
    "a glossary entry": (
        plan_table_checks.check_glossary,
        lambda document: document["glossary"][0].update(expansion="Adult Health Care"),
        [
            "glossary: 'Social' is missing",
            "glossary: 'and' is missing",
            "glossary: 'ASCH Adult Health Care' is not an entry",
        ],
    ),
    "an added term that is not marked": (
        plan_table_checks.check_glossary,
        lambda document: document["glossary"].append({"term": "GP", "expansion": "Doctor"}),
        ["glossary: 'GP Doctor' is not an entry"],
    ),
    "an outcome": (
        plan_table_checks.check_lists,
        lambda document: document["outcomes"].pop(3),
        ["outcomes: 'Be Safe' is missing"],
    ),
    "a delivery partner": (
        plan_table_checks.check_lists,
        lambda document: document["delivery_partners"].append("Ofsted"),
        ["delivery partners: 'Ofsted' is not in the plan"],
    ),
    "the vision": (
        plan_table_checks.check_prose,
        lambda document: document["plan"].update(vision="We want all children to be included"),
        ["plan.vision: 'We want all children to be included' is not in the plan"],
    ),
    "a chair": (
        plan_table_checks.check_prose,
        lambda document: document["groups"][1]["chairs"][0].update(name="Dame Christine Lenehen"),
        ["group send-priority-executive chair: 'Dame Christine Lenehen' is not in the plan"],
    ),
}


@pytest.mark.parametrize(("check", "damage", "report"), TEXT_DAMAGE.values(), ids=TEXT_DAMAGE)
def test_sees_damage_to_another_part(check, damage, report, document, text):
    damage(document)
    assert check(document, text) == report


def test_every_check_of_a_text_is_tried():
    assert {check for check, _, _ in TEXT_DAMAGE.values()} == set(plan_table_checks.TEXT_CHECKS)


def test_sees_that_the_last_word_of_any_text_is_gone(document, source):
    unseen = []
    for one in document["actions"]:
        for place, name in text_places(one):
            kept = place[name]
            place[name] = without_last_word(kept)
            if kept and not plan_checks.check_action_words({"actions": [one]}, source):
                unseen.append((one["key"], kept))
            place[name] = kept
    assert unseen == []


def text_places(one):
    """Give every field of an action that holds words of its cells, as container and key."""
    yield one, "text"
    yield one, "meaning_for_families"
    yield from ((one["impacts"], index) for index in range(len(one["impacts"])))
    yield from ((each, name) for each in one["milestones"] for name in ("text", "due_text"))
