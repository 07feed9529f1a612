"""HTML as a tree."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.markup import element, facts_table, html, row, table


class Reader(HTMLParser):
    """The tags and the text of a page, as a browser reads them."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.text += data


def test_mixed():
    """Text and elements stand in the order given."""
    assert html(element("p", "a", "b", element("b", "c"), "d", "e", lang="ja")) == '<p lang="ja">ab<b>c</b>de</p>'


@pytest.mark.parametrize("tag", ["td", "span", "caption"])
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20))
def test_no_markup(tag, text):
    """Whatever the text, it stays text, in an element and in an attribute."""
    found = Reader(html(element(tag, text, title=text)))
    assert found.tags == [(tag, {"title": text})]
    assert found.text == text


def test_table():
    """A table has a caption, headings for its columns, and rows of cells."""
    found = html(table(("all",), ("a", "b"), [row(("1",), (element("b", "2"),))], "en"))
    assert Reader(found).text == "allab12"
    assert [tag for tag, _ in Reader(found).tags] == [
        "table",
        "caption",
        "thead",
        "tr",
        "th",
        "th",
        "tbody",
        "tr",
        "td",
        "td",
        "b",
    ]


def test_facts():
    """A table of facts has a heading for each row, and none for the columns."""
    found = Reader(html(facts_table(("x",), [("value", ("1",)), ("target", ("2",))], "en")))
    assert [known["scope"] for tag, known in found.tags if tag == "th"] == ["row", "row"]
    assert found.text == "xvalue1target2"
