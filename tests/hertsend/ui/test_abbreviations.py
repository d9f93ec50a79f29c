"""Glossary terms: marked at first use on the page, everything escaped, nothing broken."""

from django.template import Context, Template
from django.utils.safestring import mark_safe

from hertsend.ui.abbreviations import mark_abbreviations

TERMS = {"EHCP": "Education, Health and Care Plan", "SEND": "Special needs", "SEND SAS": "Support"}


def marked(html: str, terms: dict[str, str] = TERMS) -> str:
    return mark_abbreviations(mark_safe(html), terms, set())


def test_the_first_use_only():
    assert marked("<p>EHCP and EHCP</p>") == (
        '<p><abbr title="Education, Health and Care Plan">EHCP</abbr> and EHCP</p>'
    )


def test_a_plural_s_stays_outside():
    assert marked("EHCPs") == '<abbr title="Education, Health and Care Plan">EHCP</abbr>s'


def test_part_of_a_word_is_no_use():
    assert marked("<p>SENDING XEHCP EHCPlan</p>") == "<p>SENDING XEHCP EHCPlan</p>"


def test_the_longest_term_wins():
    assert marked("SEND SAS, then SEND") == (
        '<abbr title="Support">SEND SAS</abbr>, then <abbr title="Special needs">SEND</abbr>'
    )


def test_attributes_and_comments_are_left_alone():
    html = '<a href="/SEND/" title="SEND"><!-- SEND --></a>'

    assert marked(html) == html


def test_elements_without_use_for_it_are_left_alone():
    html = (
        "<textarea>SEND</textarea><select><option>SEND</option></select><script>SEND</script>"
        "<svg><title>SEND</title></svg><abbr>SEND</abbr><code>SEND</code><button>SEND</button>"
    )

    assert marked(html) == html
    assert marked(html + "<p>SEND</p>") == html + '<p><abbr title="Special needs">SEND</abbr></p>'


def test_term_and_expansion_are_escaped():
    terms = {"R&D": 'Research "and" <b>development</b>'}

    assert marked("<p>R&amp;D</p>", terms) == (
        '<p><abbr title="Research &quot;and&quot; &lt;b&gt;development&lt;/b&gt;">R&amp;D</abbr></p>'
    )


def test_a_term_is_no_pattern():
    assert marked("a.c abc", {"a.c": "dotted"}) == '<abbr title="dotted">a.c</abbr> abc'
    assert marked("&lt;", {"lt": "less"}) == "&lt;"


def test_what_was_typed_stays_escaped():
    template = Template("{% load ui %}{% abbreviations %}<p>{{ text }}</p>{% endabbreviations %}")

    html = template.render(Context({"text": "<b>SEND</b>", "glossary_terms": TERMS}))

    assert html == '<p>&lt;b&gt;<abbr title="Special needs">SEND</abbr>&lt;/b&gt;</p>'


def test_one_page_marks_once_though_the_tag_stands_twice():
    template = Template(
        "{% load ui %}{% abbreviations %}SEND {% endabbreviations %}{% abbreviations %}SEND{% endabbreviations %}"
    )
    context = {"glossary_terms": TERMS}

    once = '<abbr title="Special needs">SEND</abbr> SEND'
    assert template.render(Context(context)) == once
    # The next page begins anew.
    assert template.render(Context(context)) == once


def test_without_a_glossary_nothing_changes():
    template = Template("{% load ui %}{% abbreviations %}SEND{% endabbreviations %}")

    assert template.render(Context()) == "SEND"
    assert template.render(Context({"glossary_terms": {}})) == "SEND"
