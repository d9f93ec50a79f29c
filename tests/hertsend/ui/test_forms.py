"""Every widget, as it first stands and with an error: exact ids, classes and ARIA."""

from django import forms
from django.test import SimpleTestCase

from hertsend.ui.forms import Checkboxes, DayMonthYearField, FilterForm, GovukForm, Radios
from tests.hertsend.ui.helpers import opening_tag, words


class Sample(GovukForm):
    title = forms.CharField(max_length=60, help_text="As the plan words it")
    note = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=300)
    story = forms.CharField(widget=forms.Textarea, max_length=4000, required=False)
    post = forms.ChoiceField(choices=[("", "Choose"), ("isl", "ISL")])
    rating = forms.ChoiceField(
        choices=[("green", "Green: on track"), ("red", "Red: off track")],
        widget=Radios(inline=True, small=True, marks=True, hints={"red": "Needs a report"}),
        help_text="At best Amber",
    )
    kinds = forms.MultipleChoiceField(
        choices=[("data", "Data"), ("audit", "Audit")], widget=Checkboxes(hints={"data": "Dated"})
    )
    opened = forms.BooleanField(label="I have opened the evidence")
    due_on = DayMonthYearField(label="Forecast date", help_text="Due 30 June 2024")
    key = forms.CharField(widget=forms.HiddenInput)
    paper = forms.FileField()
    address = forms.EmailField(label="E-mail address")


def field(name: str, data: dict | None = None) -> str:
    """The field's group, in the form as it first stands or with this data."""
    return Sample(data)[name].as_field_group()


class NormalState(SimpleTestCase):
    def test_text_input(self):
        self.assertHTMLEqual(
            field("title"),
            """<div class="govuk-form-group">
              <label class="govuk-label govuk-label--s" for="id_title">Title</label>
              <div class="govuk-hint" id="id_title_helptext">As the plan words it</div>
              <input type="text" name="title" maxlength="60" class="govuk-input" id="id_title"
                     aria-describedby="id_title_helptext">
            </div>""",
        )

    def test_a_short_textarea_counts_its_characters_and_cuts_nothing(self):
        self.assertHTMLEqual(
            field("note"),
            """<div class="govuk-form-group govuk-character-count" data-module="govuk-character-count"
                    data-maxlength="300" data-threshold="75">
              <label class="govuk-label govuk-label--s" for="id_note">Note</label>
              <textarea name="note" cols="40" rows="3" id="id_note" aria-describedby="id_note-info"
                        class="govuk-textarea govuk-js-character-count"></textarea>
              <div class="govuk-hint govuk-character-count__message" id="id_note-info">
                You can enter up to 300 characters
              </div>
            </div>""",
        )

    def test_a_long_textarea_is_not_counted_and_an_optional_field_says_so(self):
        self.assertHTMLEqual(
            field("story"),
            """<div class="govuk-form-group">
              <label class="govuk-label govuk-label--s" for="id_story">
                Story <span class="hs-optional">optional</span>
              </label>
              <textarea name="story" cols="40" rows="10" id="id_story" class="govuk-textarea"></textarea>
            </div>""",
        )

    def test_select(self):
        self.assertHTMLEqual(
            field("post"),
            """<div class="govuk-form-group">
              <label class="govuk-label govuk-label--s" for="id_post">Post</label>
              <select name="post" class="govuk-select" id="id_post">
                <option value="" selected>Choose</option><option value="isl">ISL</option>
              </select>
            </div>""",
        )

    def test_radios(self):
        html = field("rating")

        assert (
            opening_tag(html, "fieldset", "govuk")
            == '<fieldset class="govuk-fieldset" aria-describedby="id_rating_helptext">'
        )
        assert 'class="govuk-radios govuk-radios--inline govuk-radios--small"' in html
        assert opening_tag(html, "input", 'value="green"') == (
            '<input type="radio" name="rating" value="green" id="id_rating_0" class="govuk-radios__input">'
        )
        assert opening_tag(html, "input", 'value="red"') == (
            '<input type="radio" name="rating" value="red" id="id_rating_1" class="govuk-radios__input"'
            ' aria-describedby="id_rating_1_helptext">'
        )
        assert (
            '<div class="govuk-hint govuk-radios__hint" id="id_rating_1_helptext">Needs a report</div>'
            in html
        )
        assert html.count("<svg") == 2
        assert "hs-mark--green" in html

    def test_checkboxes(self):
        html = field("kinds")

        assert opening_tag(html, "fieldset", "govuk") == '<fieldset class="govuk-fieldset">'
        assert opening_tag(html, "input", 'value="data"') == (
            '<input type="checkbox" name="kinds" value="data" id="id_kinds_0" class="govuk-checkboxes__input"'
            ' aria-describedby="id_kinds_0_helptext">'
        )
        assert "govuk-radios" not in html

    def test_a_single_checkbox(self):
        self.assertHTMLEqual(
            field("opened"),
            """<div class="govuk-form-group">
              <div class="govuk-checkboxes govuk-checkboxes--small" data-module="govuk-checkboxes">
                <div class="govuk-checkboxes__item">
                  <input type="checkbox" name="opened" class="govuk-checkboxes__input" id="id_opened">
                  <label class="govuk-label govuk-checkboxes__label" for="id_opened">
                    I have opened the evidence
                  </label>
                </div>
              </div>
            </div>""",
        )

    def test_date_in_three_boxes(self):
        html = field("due_on")

        assert opening_tag(html, "fieldset", "govuk") == (
            '<fieldset class="govuk-fieldset" role="group" aria-describedby="id_due_on_helptext">'
        )
        assert opening_tag(html, "input", "due_on_day") == (
            '<input class="govuk-input govuk-date-input__input govuk-input--width-2"'
            ' id="id_due_on_day" name="due_on_day" type="text" inputmode="numeric">'
        )
        assert opening_tag(html, "input", "due_on_month") == (
            '<input class="govuk-input govuk-date-input__input govuk-input--width-2"'
            ' id="id_due_on_month" name="due_on_month" type="text">'
        )
        assert (
            '<label class="govuk-label govuk-date-input__label" for="id_due_on_year">Year</label>'
            in html
        )

    def test_a_hidden_field_is_its_input_alone(self):
        self.assertHTMLEqual(field("key"), '<input type="hidden" name="key" id="id_key">')

    def test_file(self):
        assert 'class="govuk-file-upload"' in opening_tag(field("paper"), "input", "paper")

    def test_a_filter_marks_nothing_as_optional(self):
        class Filter(FilterForm):
            search = forms.CharField(required=False)

        assert words(Filter()["search"].as_field_group()) == "Search"


class ErrorState(SimpleTestCase):
    def test_text_input(self):
        self.assertHTMLEqual(
            field("title", {}),
            """<div class="govuk-form-group govuk-form-group--error">
              <label class="govuk-label govuk-label--s" for="id_title">Title</label>
              <div class="govuk-hint" id="id_title_helptext">As the plan words it</div>
              <div class="govuk-error-message" id="id_title_error">
                <p class="hs-error"><span class="govuk-visually-hidden">Error:</span> Enter title</p>
              </div>
              <input type="text" name="title" maxlength="60" id="id_title" aria-invalid="true"
                     class="govuk-input govuk-input--error"
                     aria-describedby="id_title_helptext id_title_error">
            </div>""",
        )

    def test_textarea_keeps_what_was_typed(self):
        html = field("note", {"note": "x" * 301})

        assert "Note must be 300 characters or fewer" in words(html)
        assert opening_tag(html, "textarea", "note") == (
            '<textarea name="note" cols="40" rows="3" aria-invalid="true"'
            ' aria-describedby="id_note_error id_note-info"'
            ' class="govuk-textarea govuk-textarea--error govuk-js-character-count" id="id_note">'
        )
        assert "x" * 301 in html

    def test_select(self):
        html = field("post", {"post": "nobody"})

        assert "Select post from the list" in words(html)
        assert opening_tag(html, "select", "post") == (
            '<select name="post" aria-invalid="true" aria-describedby="id_post_error"'
            ' class="govuk-select govuk-select--error" id="id_post">'
        )

    def test_radios_say_it_on_the_fieldset(self):
        html = field("rating", {})

        assert opening_tag(html, "fieldset", "govuk") == (
            '<fieldset class="govuk-fieldset" aria-describedby="id_rating_helptext id_rating_error">'
        )
        assert "Select rating" in words(html)
        assert "aria-invalid" not in html

    def test_checkboxes_say_it_on_the_fieldset(self):
        html = field("kinds", {})

        assert 'aria-describedby="id_kinds_error"' in opening_tag(html, "fieldset", "govuk")
        assert "aria-invalid" not in html

    def test_a_single_checkbox(self):
        html = field("opened", {})

        assert "Tick “I have opened the evidence”" in words(html)
        assert opening_tag(html, "input", "opened") == (
            '<input type="checkbox" name="opened" aria-describedby="id_opened_error"'
            ' class="govuk-checkboxes__input" id="id_opened">'
        )

    def test_only_the_wrong_box_of_a_date_is_marked(self):
        html = field("due_on", {"due_on_day": "31", "due_on_month": "13", "due_on_year": "2024"})

        assert opening_tag(html, "input", "due_on_month") == (
            '<input class="govuk-input govuk-date-input__input govuk-input--width-2 govuk-input--error"'
            ' id="id_due_on_month" name="due_on_month" type="text" value="13" aria-invalid="true">'
        )
        assert "aria-invalid" not in opening_tag(html, "input", "due_on_day")
        assert 'value="31"' in opening_tag(html, "input", "due_on_day")
        assert 'aria-describedby="id_due_on_helptext id_due_on_error"' in html

    def test_an_address_without_its_sign(self):
        html = field("address", {"address": "nobody"})

        assert "Enter an e-mail address in the correct format, like name@example.com" in words(html)

    def test_wording_of_the_field_itself_wins(self):
        class Own(GovukForm):
            title = forms.CharField(error_messages={"required": "Say what it is called"})

        assert Own({}).errors == {"title": ["Say what it is called"]}

    def test_what_is_typed_is_escaped(self):
        html = field("title", {"title": '"><script>alert(1)</script>' + "x" * 60})

        assert "<script>" not in html
        assert "&quot;&gt;&lt;script&gt;" in html


class Summary(SimpleTestCase):
    def test_each_error_leads_to_its_first_control(self):
        form = Sample({"due_on_day": "30", "due_on_month": "x", "due_on_year": "2024"})
        form.add_error(None, "The return closed on 5 July")

        html = str(form)

        assert 'data-module="govuk-error-summary"' in html
        links = [
            line for line in html.splitlines() if line.strip().startswith("<li>") and "href" in line
        ]
        assert [line.split('href="#')[1].split('"')[0] for line in links] == [
            "id_title",
            "id_note",
            "id_post",
            "id_rating_0",
            "id_kinds_0",
            "id_opened",
            "id_due_on_month",
            "id_paper",
            "id_address",
        ]
        assert "<li>The return closed on 5 July</li>" in html
        # An error of a hidden field can be read, but there is nothing to go to.
        assert "<li>Enter key</li>" in html

    def test_a_form_without_errors_has_none(self):
        assert "govuk-error-summary" not in str(Sample())

    def test_a_form_shows_each_field_once(self):
        html = str(Sample())

        assert html.count('name="title"') == 1
        assert html.count('name="key"') == 1

    def test_a_prefix_is_part_of_every_id(self):
        form = Sample({}, prefix="row-3")

        assert form["rating"].focus_id == "id_row-3-rating_0"
        assert form["due_on"].focus_id == "id_row-3-due_on_day"
