"""Checks of the plan file's other parts against the published text: everything but actions.

Like those of `plan_checks`, each gives a list of sentences, empty when nothing is wrong.
"""

import re
from collections import Counter
from collections.abc import Iterator

from tests.plans.plan_checks import Document, compare_words, milestones
from tests.plans.plan_source import Table, paragraphs, plain, tables, words

GROUP_TEXTS = ("description", "members_text")
AREA_LINE = re.compile(r"^Area for Improvement (\d): (.+)$", re.MULTILINE)
LINK = re.compile(r"\[([^\]]+)\]\(#\)")
LINKED_AREA = re.compile(r"(\S.+?) \((PA|AI)\)(?= |$)")


def table_starting(text: str, start: str) -> Table:
    """Give the table whose header or first cell starts with these words."""
    for table in tables(text):
        if (table.header or table.rows[0].cells)[0].startswith(start):
            return table
    raise ValueError(f"the source has no table that starts with {start!r}")


def cells_of(table: Table) -> list[str]:
    """Give every cell that is not empty, row by row."""
    return [cell for row in table.rows for cell in row.cells if cell]


# --- Tables of the first pages ---------------------------------------------------------------


def check_family_priorities(document: Document, text: str) -> list[str]:
    """Hold the four priorities of parents and carers against their table, in order."""
    published = [plain(cell) for cell in cells_of(table_starting(text, "<p>High levels"))]
    carried = [one["text"] for one in document["family_priorities"]]
    return compare_lists("family priorities", published, carried)


def check_signatories(document: Document, text: str) -> list[str]:
    """Hold each signatory's words against the cell they sign in, in order."""
    published = [plain(cell) for cell in cells_of(table_starting(text, "<p>Owen Mapley"))]
    carried = []
    for one in document["plan"]["signatories"]:
        name = one.get("name", "")
        whole = one["text"].startswith(name)
        carried.append(one["text"] if whole else f"{name} {one['text']}")
    return compare_lists("signatories", published, carried)


def check_ambitions(document: Document, text: str) -> list[str]:
    """Hold the ambitions against both of their tables: titles, statements and other wordings."""
    linked = table_starting(text, "Our Strategic Ambitions")
    short = table_starting(text, "Tailoring")
    published = [row.cells[0] for row in linked.rows if row.cells[0]]
    carried = [f"{one['title']}: {one['statement']}" for one in document["ambitions"]]
    problems = compare_lists("ambitions", published, carried)
    titles, wordings = (row.cells for row in short.rows)
    for title, wording in zip(titles, wordings, strict=True):
        others = [
            other["text"]
            for one in document["ambitions"]
            if one["title"] == title
            for other in one.get("texts", [])
        ]
        if Counter(map(plain, others))[plain(wording)] != 1:
            problems.append(f"ambition {title}: {plain(wording)!r} is not once in {others}")
    return problems


def check_ambition_links(document: Document, text: str) -> list[str]:
    """Hold each ambition's areas, and the wording of each link, against the table of links."""
    published: dict[str, list[tuple[str, str]]] = {}
    title = ""
    for row in table_starting(text, "Our Strategic Ambitions").rows:
        title = row.cells[0].split(":")[0] or title
        found = LINKED_AREA.findall(" ".join(words(row.cells[1])))
        published.setdefault(title, []).extend((wording, kind) for wording, kind in found)
    wordings = {area["key"]: area_wordings(area) for area in document["areas"]}
    problems = []
    for one in document["ambitions"]:
        links = published.get(one["title"], [])
        expected = [
            key
            for wording, kind in links
            for key in wordings
            if key.startswith(kind) and {wording, f"{wording} ({kind})"} & set(wordings[key])
        ]
        if len(expected) != len(links):
            problems.append(f"ambition {one['title']}: links {links} have areas {expected}")
        if sorted(expected) != sorted(one["areas"]):
            problems.append(f"ambition {one['title']}: areas {one['areas']}, linked {expected}")
    return problems


def area_wordings(area: dict) -> list[str]:
    """Give every wording of an area that the plan file carries."""
    return [area["statement"], *(other["text"] for other in area.get("wordings", []))]


# --- Areas -----------------------------------------------------------------------------------


def check_areas(document: Document, text: str) -> list[str]:
    """Hold statements, responsible bodies and Partnership Leads against the plan's own."""
    problems = []
    areas = {area["key"]: area for area in document["areas"]}
    for row in table_starting(text, "Areas for Priority Action").rows:
        number, statement = row.cells[0].split(". ", 1)
        area = areas[f"PA{number}"]
        if statement not in area_wordings(area):
            problems.append(f"{area['key']}: {statement!r} is no wording of it")
        bodies = " and ".join(area["responsible_bodies"])
        problems += compare_words(f"{area['key']} bodies", words(row.cells[1]), words(bodies))
    for number in (1, 2):
        problems += check_area_box(document, areas[f"PA{number}"], text)
    for number, statement in AREA_LINE.findall(text):
        if statement not in area_wordings(areas[f"AI{number}"]):
            problems.append(f"AI{number}: {statement!r} is no wording of it")
    source = " ".join(words(text))
    for area in areas.values():
        found = [" ".join(words(wording)) for wording in area_wordings(area)]
        problems += [
            f"{area['key']}: {one!r} is not in the plan" for one in found if one not in source
        ]
        problems += [
            f"{area['key']}: {one!r} is there twice" for one in set(found) if found.count(one) > 1
        ]
    return problems


def check_area_box(document: Document, area: dict, text: str) -> list[str]:
    """Hold one box "Priority Action / Partnership Leads" against the area and its leads."""
    statement_cell, leads_cell = next(
        table.rows[0].cells
        for table in tables(text)
        if table.rows[0].cells[0].startswith(f"<p>Priority Action {area['number']}</p>")
    )
    statement, leads = paragraphs(statement_cell)[1], paragraphs(leads_cell)[1:]
    problems = []
    if statement not in area_wordings(area):
        problems.append(f"{area['key']}: {statement!r} is no wording of it")
    posts = {lead["key"]: lead for lead in document["leads"]}
    carried = [lead_line(posts[key], leads) for key in area["accountable"]]
    return problems + compare_lists(f"{area['key']} Partnership Leads", leads, carried)


def lead_line(lead: dict, lines: list[str]) -> str:
    """Give the line of the box that a lead comes from: its source if that is verbatim."""
    source = lead.get("source", "")
    matching = [line for line in lines if line in source or lead["post"] in line]
    return matching[0] if len(matching) == 1 else lead["post"]


# --- The last pages --------------------------------------------------------------------------


def check_glossary(document: Document, text: str) -> list[str]:
    """Hold term and expansion against the entries of the glossary; added terms are not the plan's.

    The full stop after "CYPMHS." belongs to no term: the plan file leaves it out, with a note.
    """
    paragraphs_found = [
        re.sub(r"^(\w+)\. ", r"\1 ", paragraph)
        for cell in cells_of(table_starting(text, "Glossary"))
        for paragraph in paragraphs(cell)
    ]
    entries = [
        f"{one['term']} {one['expansion']}" for one in document["glossary"] if not one.get("added")
    ]
    published = [word for paragraph in paragraphs_found for word in words(paragraph)]
    problems = Counter(published) - Counter(word for entry in entries for word in words(entry))
    return [f"glossary: {word!r} is missing" for word in problems] + [
        f"glossary: {entry!r} is not an entry"
        for entry in entries
        if sum(entry in paragraph for paragraph in paragraphs_found) != 1
    ]


def check_lists(document: Document, text: str) -> list[str]:
    """Hold the Outcome Bees and the delivery partners against the plan's two lists."""
    bees = text.split("- Hertfordshire Outcome Bees Framework\n")[1].split("\n\n", maxsplit=1)[0]
    partners = text.split("Delivery Partners\n\n")[1]
    return compare_lists(
        "outcomes", list_items(bees), [one["text"] for one in document["outcomes"]]
    ) + compare_lists("delivery partners", list_items(partners), document["delivery_partners"])


def list_items(text: str) -> list[str]:
    """Give the items of a list whose lines start with a dash."""
    return [line[2:] for line in text.split("\n") if line.startswith("- ")]


def compare_lists(place: str, published: list[str], carried: list[str]) -> list[str]:
    """Name what differs between two lists of texts, white space and tags apart."""
    missing = Counter(map(plain, published)) - Counter(map(plain, carried))
    surplus = Counter(map(plain, carried)) - Counter(map(plain, published))
    problems = [f"{place}: {one!r} is missing" for one in missing.elements()]
    problems += [f"{place}: {one!r} is not in the plan" for one in surplus.elements()]
    if not problems and list(map(plain, published)) != list(map(plain, carried)):
        problems.append(f"{place}: not in the plan's order")
    return problems


# --- Verbatim prose and references -----------------------------------------------------------


def check_prose(document: Document, text: str) -> list[str]:
    """Hold every text that the plan file quotes from the prose against the source, word for word."""
    source = " ".join(words(LINK.sub(r"\1", text.replace("**", ""))))
    return [
        f"{place}: {quoted[:60]!r} is not in the plan"
        for place, quoted in quotations(document)
        if not re.search(rf"(?<!\w){re.escape(' '.join(words(quoted)))}(?!\w)", source)
    ]


def quotations(document: Document) -> Iterator[tuple[str, str]]:
    """Give place and text of everything in the plan file that is a quotation of the plan."""
    plan = document["plan"]
    for name in ("title", "subtitle", "published_text", "vision"):
        yield f"plan.{name}", plan[name]
    yield "plan.inspection", plan["inspection"]["text"]
    yield from (("plan.monitoring", paragraph) for paragraph in plan["monitoring"])
    yield "plan.reporting", plan["reporting"]["quote"]
    for lead in document["leads"]:
        yield f"lead {lead['key']}", lead.get("source", lead["post"])
    for ambition in document["ambitions"]:
        yield from ((f"ambition {ambition['key']}", one["text"]) for one in ambition["texts"])
    for group in document["groups"]:
        place = f"group {group['key']}"
        yield from ((place, group[name]) for name in GROUP_TEXTS if name in group)
        for chair in group["chairs"]:
            yield f"{place} chair", chair["post"]
            yield f"{place} chair", chair.get("name", "")


def check_references(document: Document) -> list[str]:
    """Find keys that are used and not defined, defined twice, and leads that nobody names."""
    problems = []
    defined: dict[str, set[str]] = {}
    for part in ("areas", "workstreams", "leads", "groups", "actions", "ambitions", "outcomes"):
        keys = [one["key"] for one in document[part]]
        defined[part] = set(keys)
        problems += [f"{part}: {key} twice" for key, count in Counter(keys).items() if count > 1]
    keys = Counter(one["key"] for one in milestones(document))
    problems += [f"milestones: {key} twice" for key, count in keys.items() if count > 1]
    for place, part, key in references(document):
        if key not in defined[part]:
            problems.append(f"{place}: {key} is not among {part}")
    used = {key for _, part, key in references(document) if part == "leads"}
    chairs = {chair["post"] for group in document["groups"] for chair in group["chairs"]}
    problems += [
        f"leads: {lead['key']} is named nowhere"
        for lead in document["leads"]
        if lead["key"] not in used and lead["post"] not in chairs
    ]
    return problems


def references(document: Document) -> Iterator[tuple[str, str, str]]:
    """Give place, part and key of every reference from one part of the plan file to another."""
    for one in document["ambitions"]:
        yield from ((f"ambition {one['key']}", "areas", key) for key in one["areas"])
    for one in document["areas"]:
        yield from ((one["key"], "leads", key) for key in one.get("accountable", []))
    for one in document["workstreams"]:
        yield from ((f"workstream {one['key']}", "areas", key) for key in one["areas"])
    for one in document["groups"]:
        for part, name in (("groups", "reports_to"), ("workstreams", "workstreams")):
            yield from ((f"group {one['key']}", part, key) for key in one.get(name, []))
    for one in document["actions"]:
        yield one["key"], "workstreams", one["workstream"]
        yield from ((one["key"], "areas", key) for key in one["areas"])
        yield from ((one["key"], "leads", key) for key in one["leads"])
    for one in milestones(document):
        yield from ((one["key"], "leads", key) for key in one["leads"])


# Those that hold the plan file against the text of a table or of the prose.
TEXT_CHECKS = [
    check_family_priorities,
    check_signatories,
    check_ambitions,
    check_ambition_links,
    check_areas,
    check_glossary,
    check_lists,
    check_prose,
]
