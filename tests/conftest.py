"""Settings of the tests."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("kpi", deadline=None)  # how long an example takes is for benchmarks/ to say
settings.load_profile("kpi")
