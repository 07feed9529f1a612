"""What is left out of a text that is no YAML."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kpi.yaml_gaps import Remainder

TEXT = """\
a:
  b: one
  c:
    - x: two
      y: three
    - z
d: four
"""
LINES = st.lists(st.sampled_from(["a:", "- b: 1", "- c", "d: x", "\te: 1", "# f", "", "g", "<<<<<<< h", ">>>>>>> i"]))
INDENTED = st.tuples(LINES, st.lists(st.integers(0, 4))).map(
    lambda both: "\n".join(" " * indent + line for line, indent in zip(*both, strict=False))
)


def left_out(place, *, times=1, whole=False):
    """What is left out for a mistake at *place* of the text, in so many steps."""
    remainder = Remainder(TEXT)
    for _ in range(times):
        remainder.leave_out(TEXT.index(place), whole=whole)
    (gap,) = remainder.gaps
    return remainder.of(gap)


def test_from_the_inside_out():
    """First the value of a key, then its entry, then the value of the key above."""
    assert left_out("three") == " three"
    assert left_out("three", times=2) == "y: three"
    assert left_out("three", times=3) == "- x: two\n      y: three"
    assert left_out("three", times=4) == "\n    - x: two\n      y: three\n    - z"
    assert left_out("three", times=5) == "c:\n    - x: two\n      y: three\n    - z"


def test_misplaced_line():
    """Of a line that is misplaced the key goes as well, with the lines below it that belong to it."""
    assert left_out("b:", whole=True) == "b: one"
    assert left_out("- x", whole=True) == "- x: two\n      y: three"


def test_other_mistakes_are_apart():
    """A mistake elsewhere is one of its own; one in the same place is not."""
    remainder = Remainder(TEXT)
    assert remainder.leave_out(TEXT.index("one"), whole=False) is True
    assert remainder.leave_out(TEXT.index("one"), whole=False) is False
    assert remainder.leave_out(TEXT.index("four"), whole=False) is True
    assert remainder.text == TEXT.replace("  b: one", "        ").replace("four", "    ")


@given(INDENTED, st.integers(0, 60), st.booleans())
def test_every_step_leaves_out_more(text, place, whole):
    """However a text is indented, each step leaves more out until nothing is left to leave out, and moves nothing."""
    remainder = Remainder(text)
    left = len(text.split())
    for _ in range(3 * len(text) + 3):
        if remainder.leave_out(min(place, len(text)), whole=whole) is None:
            break
        assert len(remainder.text) == len(text)
        assert len(remainder.text.split()) <= left
        left = len(remainder.text.split())
    else:
        raise AssertionError("it does not end")
