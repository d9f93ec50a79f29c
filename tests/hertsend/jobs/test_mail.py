import email
import email.policy

import pytest
from django.core.mail import BadHeaderError

from hertsend.jobs.mail import Mail, absolute_link, compose, new_header_message_id, one_line

BREAKS = ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\x00", "\t"]


def parse(composed):
    return email.message_from_bytes(composed.message().as_bytes(), policy=email.policy.default)


@pytest.mark.parametrize("line_break", BREAKS)
def test_a_break_in_a_title_becomes_a_space(line_break):
    assert one_line(f"Due{line_break}Bcc: x@example.com") == "Due Bcc: x@example.com"


def test_other_words_stay_as_they_are():
    assert one_line("Annual review – 5 % of pupils’ plans: ✓") == (
        "Annual review – 5 % of pupils’ plans: ✓"
    )


@pytest.mark.parametrize("line_break", BREAKS)
def test_a_break_in_a_subject_adds_no_header_and_loses_no_mail(line_break):
    composed = compose(
        Mail(subject=f"Due{line_break}Bcc: thief@example.com", text="Words."),
        address="lead@example.com",
        header_message_id="<1@example.com>",
    )
    assert composed.recipients() == ["lead@example.com"]
    sent = parse(composed)
    assert sent.get_all("Subject") == ["Due Bcc: thief@example.com"]
    assert sent.get_all("Bcc") is None


def test_an_address_that_would_add_a_header_is_refused():
    with pytest.raises(BadHeaderError):
        compose(
            Mail(subject="Due", text="Words."),
            address="lead@example.com\nBcc: thief@example.com",
            header_message_id="<1@example.com>",
        )


def test_an_email_says_what_it_is_in_its_headers():
    sent = parse(
        compose(
            Mail(subject="Due this week", text="Three milestones."),
            address="lead@example.com",
            header_message_id="<abc@example.com>",
        )
    )
    assert sent.get_all("Message-ID") == ["<abc@example.com>"]
    assert sent.get_all("To") == ["lead@example.com"]
    assert sent.get_all("Auto-Submitted") == ["auto-generated"]
    assert sent.get_content_type() == "text/plain"
    assert sent.get_content().strip() == "Three milestones."


def test_an_email_with_html_carries_both_forms():
    sent = parse(
        compose(
            Mail(subject="Due", text="Three.", html="<p>Three.</p>"),
            address="lead@example.com",
            header_message_id="<abc@example.com>",
        )
    )
    parts = [(part.get_content_type(), part.get_content().strip()) for part in sent.iter_parts()]
    assert parts == [("text/plain", "Three."), ("text/html", "<p>Three.</p>")]


def test_a_link_begins_with_the_configured_origin(settings):
    settings.SITE_ORIGIN = "https://plan.example.org/"
    assert absolute_link("/plans/one/") == "https://plan.example.org/plans/one/"


@pytest.mark.parametrize(
    "path",
    ["//elsewhere.example/", "/\\elsewhere.example/", "https://elsewhere.example/", "", "x/"],
)
def test_a_link_cannot_lead_away_from_the_site(path):
    with pytest.raises(ValueError, match="path of this site"):
        absolute_link(path)


def test_message_ids_are_of_this_site_and_differ(settings):
    settings.SITE_ORIGIN = "https://plan.example.org:8443"
    first, second = new_header_message_id(), new_header_message_id()
    assert first != second
    assert first.startswith("<")
    assert first.endswith("@plan.example.org>")
