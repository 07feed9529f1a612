"""Slips of the hand in a text: lines and characters deleted, duplicated, swapped, inserted or retyped."""

from __future__ import annotations

from hypothesis import strategies as st

PLACES = st.floats(0, 1, exclude_max=True)
CHARACTER = st.sampled_from(" :-#'\"\t\n[]{}&*!|>%@`,;？％　一\x00\u2028/=<0") | st.characters()
EDITS = st.one_of(
    st.tuples(st.sampled_from(["delete", "duplicate", "swap"]), PLACES, PLACES),
    st.tuples(st.just("insert"), PLACES, CHARACTER),
    st.tuples(st.just("cut"), PLACES, st.integers(1, 30)),
    st.tuples(st.just("retype"), PLACES, CHARACTER),
    st.tuples(st.just("retype line"), PLACES, st.text(CHARACTER, max_size=20)),
)


def edited(text, edit):
    """*text* with one slip."""
    kind, place, other = edit
    lines = text.splitlines(keepends=True)
    line, offset = int(place * len(lines)), int(place * len(text))
    match kind:
        case "delete":
            del lines[line]
        case "duplicate":
            lines.insert(int(other * len(lines)), lines[line])
        case "swap":
            second = int(other * len(lines))
            lines[line], lines[second] = lines[second], lines[line]
        case "insert":
            return text[:offset] + other + text[offset:]
        case "cut":
            return text[:offset] + text[offset + other :]
        case "retype":
            return text[:offset] + other + text[offset + 1 :]
        case "retype line":
            lines[line] = other + "\n"
    return "".join(lines)
