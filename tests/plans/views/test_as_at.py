"""Plan, action, table and milestone as at a day gone by: the figures of then, and a way back."""

import csv
import datetime as dt
import io
import re

import pytest
from django.urls import reverse

from hertsend import dates
from hertsend.accounts.roles import Role
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at, noon
from tests.governance import steps

__all__ = ["built_world", "world"]

NEXT, LATER = dt.date(2024, 9, 4), dt.date(2024, 10, 3)
ONE = ["PA1.1-1"]


@pytest.fixture
def told(world):
    """On 3 September a step is on track; then it is at risk, moved, and proposed complete."""
    steps.report(world, "PA1.1-1", moment=noon(TODAY), sentence_for_families="It has begun.")
    steps.report(
        world,
        "PA1.1-1",
        moment=noon(NEXT),
        rating="amber",
        forecast_on=dt.date(2024, 10, 20),
        what_happened="Half the schools.",
        sentence_for_families="It will be later.",
    )
    steps.agree(world, "PA1.1-1", dt.date(2024, 10, 31), on=dt.date(2024, 9, 5))
    steps.propose(world, "PA1.1-1", on=dt.date(2024, 9, 6))
    steps.advance(world, steps.AUGUST_FREEZES)
    return world


def get(client, world, name, *args, query="", on=LATER):
    with at(on):
        return client.get(reverse(f"plans:{name}", args=[world.plan.slug, *args]) + query)


def words_of(page) -> str:
    html = re.sub(r"<(script|style|svg).*?</\1>", " ", page.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def rows_of(page) -> list[dict]:
    return list(csv.DictReader(io.StringIO(page.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("name", ["plan-detail", "action-detail", "milestone-list"])
def test_a_past_page_says_so_and_leads_back(told, as_role, name):
    args = ["PA1.1"] if name == "action-detail" else []
    page = get(as_role(Role.BOARD_MEMBER), told, name, *args, query="?as_at=2024-09-04")
    words, html = words_of(page), page.content.decode()
    assert "As at 4 September 2024, end of day. This is how it stood then." in words
    assert ", as at 4 September 2024 –" in html.partition("</title>")[0]
    assert '<a class="govuk-link" href="?">Back to today</a>' in html
    assert "At risk" in words


def test_today_there_is_no_band(told, as_role):
    for query in ("", "?as_at=", "?as_at=2024-10-03"):
        page = get(as_role(Role.BOARD_MEMBER), told, "milestone-list", query=query)
        assert page.status_code == 200
        assert "This is how it stood then" not in words_of(page)


def test_the_table_of_a_day_has_its_ratings_dates_and_stages(told, as_role):
    client = as_role(Role.BOARD_MEMBER)

    def told_of(query):
        row = rows_of(get(client, told, "milestone-export", query=query))
        found = next(each for each in row if each["Number"] == "PA1.1-1")
        return [found[name] for name in ("Delivery", "Agreed date", "Forecast date", "Stage")]

    assert told_of("?as_at=2024-09-02") == ["No update", "", "", "Not started"]
    assert told_of("?as_at=2024-09-03") == ["On track", "", "", "In progress"]
    assert told_of("?as_at=2024-09-04") == ["At risk", "", "2024-10-20", "In progress"]
    assert told_of("?as_at=2024-09-05") == ["At risk", "2024-10-31", "2024-10-20", "In progress"]
    done = ["Complete", "2024-10-31", "2024-10-20", "Proposed complete"]
    assert told_of("?as_at=2024-08") == told_of("?as_at=2024-09-06") == told_of("") == done


def test_the_download_of_a_day_is_what_the_live_download_was_on_it(world, as_role):
    client, said = as_role(Role.BOARD_MEMBER), {}
    days = [TODAY + dt.timedelta(days=number) for number in range(4)]
    for day, act in zip(days, ("report", "agree", "propose", "withdraw"), strict=True):
        if act == "report":
            steps.report(world, "PA1.1-1", moment=noon(day), what_happened="Begun.")
        elif act == "agree":
            steps.agree(world, "PA1.1-2", dt.date(2024, 12, 1), on=day)
        else:
            getattr(steps, act)(world, "PA1.1-1", on=day)
        said[day] = get(client, world, "milestone-export", on=day).content
    assert len(set(said.values())) == len(days)
    for day, content in said.items():
        page = get(client, world, "milestone-export", query=f"?as_at={day}")
        assert page.content == content
        assert page.headers["Content-Disposition"] == (
            f'attachment; filename="{world.plan.slug}-milestones-{day}.csv"'
        )


def test_overdue_is_judged_by_the_day_asked_about(told, as_role):
    client = as_role(Role.BOARD_MEMBER)

    def late(query):
        page = get(client, told, "milestone-export", query=query)
        return [(row["Number"], row["Days overdue"]) for row in rows_of(page)]

    assert late("?overdue=on&as_at=2024-09-30") == []
    assert late("?overdue=on&as_at=2024-10-01") == [
        ("PA1.1-2", "1"),
        ("AI1.1-1", "1"),
        ("AI1.1-2", "1"),
    ]


def test_links_and_filters_of_a_past_table_stay_in_it(told, as_role):
    page = get(as_role(Role.BOARD_MEMBER), told, "milestone-list", query="?as_at=2024-09-04&stage=")
    html = page.content.decode().replace("&amp;", "&")
    one = reverse("plans:milestone-detail", args=[told.plan.slug, "PA1.1-1"])
    assert f'href="{one}?as_at=2024-09-04"' in html
    assert f'href="{one}"' not in html
    assert '<input type="hidden" name="as_at" value="2024-09-04" id="filter_as_at">' in html
    here = reverse("plans:milestone-list", args=[told.plan.slug])
    assert f'href="{here}?as_at=2024-09-04&overdue=on"' in html
    assert f"{here}?as_at=2024-09-04&sort=number" in html
    assert "Remove this filter" not in html


def test_a_milestone_shows_the_figures_the_words_and_the_way_of_then(told, as_role):
    lead = as_role(Role.WORKSTREAM_LEAD)
    then = words_of(get(lead, told, "milestone-detail", *ONE, query="?as_at=2024-09-03"))
    assert "Due on 30 September 2024. It has begun." in then
    assert "not moved" in then
    assert "Half the schools." not in then
    later = words_of(get(lead, told, "milestone-detail", *ONE, query="?as_at=2024-09-05"))
    assert "31 October 2024 moved once" in later
    assert "Half the schools." in later
    assert "Minutes that show" not in later
    now = words_of(get(lead, told, "milestone-detail", *ONE))
    assert "Minutes that show" in now
    assert "This is how it stood then" not in now


@pytest.mark.parametrize("tab", ["milestone-updates", "milestone-history"])
def test_what_came_later_is_in_no_tab_of_a_past_view(told, as_role, tab):
    lead = as_role(Role.WORKSTREAM_LEAD)
    then = words_of(get(lead, told, tab, *ONE, query="?as_at=2024-09-04"))
    now = words_of(get(lead, told, tab, *ONE))
    assert "Proposed complete" in now
    assert "Proposed complete" not in then
    assert len(now) > len(then)
    page = get(lead, told, tab, *ONE, query="?as_at=2024-09-04").content.decode()
    assert page.count("?as_at=2024-09-04") >= 3


def test_an_exception_is_shown_as_at_its_spell_only(told, as_role):
    late = dt.date(2024, 10, 2)
    steps.flag(told, on=late)
    steps.agree(told, "PA1.1-2", dt.date(2024, 12, 1), on=dt.date(2024, 10, 3))
    board = as_role(Role.BOARD_MEMBER)
    shown = {
        day: "Open since 2 October 2024"
        in words_of(
            get(
                board,
                told,
                "milestone-detail",
                "PA1.1-2",
                query=f"?as_at={day}",
                on=dt.date(2024, 10, 5),
            )
        )
        for day in ("2024-10-01", "2024-10-02", "2024-10-03")
    }
    assert shown == {"2024-10-01": False, "2024-10-02": True, "2024-10-03": False}


def test_parent_carer_representatives_read_the_past_in_their_own_words(told, as_role):
    families = as_role(Role.PARENT_CARER_REPRESENTATIVE)
    page = get(families, told, "milestone-detail", *ONE, query="?as_at=2024-09-04")
    words = words_of(page)
    assert "It will be later." in words
    assert "Half the schools." not in words
    assert steps.NOTE not in words
    assert "As at 4 September 2024, end of day." in words


REFUSED = [
    ("2024-10-04", "4 October 2024 is still to come. Choose a day up to today, 3 October 2024."),
    ("2023-11-30", "Nothing is written down here of a day before 1 December 2023."),
    ("2024-09", "September 2024 is not frozen. Choose a month that is, or give a day."),
    ("%00", "is no date. Give a day such as 2024-06-30, or a month such as 2024-06."),
    ("<b>", "“<b>” is no date. Give a day such as 2024-06-30, or a month such as 2024-06."),
]


@pytest.mark.parametrize(("asked", "sentence"), REFUSED)
@pytest.mark.parametrize("name", ["milestone-list", "milestone-export", "plan-detail"])
def test_what_cannot_be_shown_is_refused_in_a_sentence(told, as_role, name, asked, sentence):
    page = get(as_role(Role.BOARD_MEMBER), told, name, query=f"?as_at={asked}")
    assert page.status_code == 400
    shown = page.content.decode().replace("&lt;", "<").replace("&gt;", ">")
    assert sentence in shown
    assert "<b>" not in page.content.decode()
    assert "Show it as it is today" in shown


@pytest.mark.parametrize(("asked", "sentence"), REFUSED)
def test_the_interface_refuses_the_same_in_the_same_words(told, api_as, asked, sentence):
    with at(LATER):
        for end in ("milestones/", "milestones/PA1.1-1/", "actions/PA1.1/"):
            answer = api_as(Role.BOARD_MEMBER).get(
                f"/api/v1/plans/{told.plan.slug}/{end}?as_at={asked}"
            )
            assert answer.status_code == 400
            if asked != "%00":
                assert sentence in answer.json()["fields"]["as_at"][0]


def test_the_interface_reads_the_past_and_lets_nothing_be_done_in_it(told, api_as):
    here = f"/api/v1/plans/{told.plan.slug}/milestones/"
    chair = api_as(Role.JOINT_CHAIR)
    with at(LATER):
        rows = chair.get(f"{here}?as_at=2024-09-04&rating=amber").json()["results"]
        then = chair.get(f"{here}PA1.1-1/?as_at=2024-09-05").json()
        now = chair.get(f"{here}PA1.1-1/").json()
        action = chair.get(f"/api/v1/plans/{told.plan.slug}/actions/PA1.1/?as_at=2024-09-03").json()
    assert [(row["key"], row["agreed_on"]) for row in rows] == [("PA1.1-1", None)]
    assert (then["stage"], then["agreed_on"]) == ("in_progress", "2024-10-31")
    assert then["stage_changes"] == []
    assert [change["agreed_on"] for change in then["date_changes"]] == ["2024-10-31"]
    assert then["you_may"] == {"update": False, "sign_off": False, "withdraw": False}
    assert "fingerprint" not in then
    assert now["you_may"] == {"update": False, "sign_off": True, "withdraw": True}
    assert now["fingerprint"]
    assert [row["rating"] for row in action["milestones"]] == ["green", None]


def test_another_partnerships_past_is_not_found(told, as_role):
    client = as_role(Role.BOARD_MEMBER)
    with dates.at(noon(LATER)):
        address = reverse("plans:milestone-list", args=[told.foreign.plan.slug])
        assert client.get(f"{address}?as_at=2024-09-04").status_code == 404
        assert client.get(f"{address}?as_at=nonsense").status_code == 404


def test_the_queue_of_a_day_lists_what_waited_then(told, as_role):
    office = as_role(Role.PROGRAMME_OFFICE)
    before = words_of(get(office, told, "sign-off-queue", query="?as_at=2024-09-05"))
    assert "0 milestones waited for a signature." in before
    assert "Nothing waited for a signature. Choose another day, or go back to today." in before
    steps.sign(told, "PA1.1-1", on=dt.date(2024, 9, 20))
    then = words_of(get(office, told, "sign-off-queue", query="?as_at=2024-09-16"))
    assert "1 milestone waited for a signature." in then
    assert "PA1.1-1 PA1 Head of PA1 6 Sep 2024 10" in then
    signed = words_of(get(office, told, "sign-off-queue", query="?as_at=2024-09-20"))
    assert "0 milestones waited for a signature." in signed
    today = words_of(get(office, told, "sign-off-queue"))
    assert "waited for a signature" not in today
