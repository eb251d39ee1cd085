"""Fields in the order that a screen reader needs: label, hint, error, field, tied together."""

import re
from html.parser import HTMLParser

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils import translation


class Question(forms.Form):
    text = forms.CharField(label="ما الصحيح؟", help_text="جملة تكفي", error_messages={"required": "يلزم وصف الخطأ"})
    kind = forms.ChoiceField(label="ما النوع؟", choices=[("a", "<b>"), ("b", "ب")], widget=forms.RadioSelect)
    clauses = forms.MultipleChoiceField(
        label="البنود", choices=[("x", "س")], widget=forms.CheckboxSelectMultiple, required=False
    )


class Names(HTMLParser):
    """Every id of a page and every reference to one."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.references: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.ids += [attributes["id"]] if "id" in attributes else []
        self.references |= {*attributes.get("aria-describedby", "").split(), attributes.get("for", "")} - {""}
        if attributes.get("href", "").startswith("#"):
            self.references.add(attributes["href"][1:])


@pytest.fixture
def page() -> str:
    form = Question({}, label_suffix="", use_required_attribute=False)
    with translation.override("ar"):
        return render_to_string("forms/summary.html", {"form": form}) + str(form)


def test_every_reference_leads_to_something_that_is_there_once(page: str) -> None:
    names = Names(page)
    assert names.references <= set(names.ids)
    assert len(names.ids) == len(set(names.ids))


def test_label_hint_error_and_field_stand_in_this_order(page: str) -> None:
    places = [page.index(part) for part in ('<label for="id_text">', 'id="id_text_helptext"', 'id="id_text_error"')]
    assert places == sorted(places)
    assert page.index('name="text"') > places[-1]


def test_a_field_is_described_by_its_hint_and_its_error(page: str) -> None:
    tag = re.search(r'<input[^>]*name="text"[^>]*>', page)
    assert tag is not None
    assert 'aria-describedby="id_text_helptext id_text_error"' in tag[0]
    assert 'aria-invalid="true"' in tag[0]
    assert " required" not in tag[0]


def test_the_summary_repeats_the_words_beside_the_fields_and_leads_to_them(page: str) -> None:
    summary, fields = page.split("</div>", 1)
    assert '<a href="#id_text">يلزم وصف الخطأ</a>' in summary
    assert '<a href="#id_kind_0">' in summary
    assert "يلزم وصف الخطأ" in fields


def test_a_group_of_choices_is_a_fieldset_with_its_question_as_legend(page: str) -> None:
    assert re.search(r"<fieldset[^>]*>\s*<legend>ما النوع؟", page)
    assert '<div class="choice"><input type="radio" name="kind" value="a"' in page
    assert '<div class="choice"><input type="checkbox" name="clauses" value="x"' in page


def test_the_label_of_a_choice_is_escaped(page: str) -> None:
    assert '<label for="id_kind_0">&lt;b&gt;</label>' in page


def test_a_form_without_errors_has_no_summary() -> None:
    assert render_to_string("forms/summary.html", {"form": Question()}).strip() == ""
