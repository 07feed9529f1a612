"""A slip of a document with its evidence."""

from __future__ import annotations

import pytest

from kpi.plans.erratum import Erratum


def erratum(**causes):
    return Erratum(
        "a", "figure", None, "Ⅰ", "3", "率", "1.4%", "1.3%", "27/2,049 は 1.3% です。", "It is 1.3%.", **causes
    )


class TestEvidence:
    @pytest.mark.parametrize(("language", "text"), [("ja", "27/2,049 は 1.3% です。"), ("en", "It is 1.3%.")])
    def test_in_both_languages(self, language, text):
        """The evidence is told in the language asked for."""
        assert erratum().evidence(language) == text

    @pytest.mark.parametrize(
        ("language", "text"),
        [("ja", "27/2,049 は 1.3% です。 切り上げられている。"), ("en", "It is 1.3%. It was rounded up.")],
    )
    def test_with_the_cause(self, language, text):
        """A likely cause stands behind the evidence."""
        found = erratum(cause_ja="切り上げられている。", cause_en="It was rounded up.")
        assert found.evidence(language) == text
