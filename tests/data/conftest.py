"""For every test of the data: an empty cache, no folder of one's own, and official addresses that nobody answers."""

import pytest

from tests.data.sets import nowhere


@pytest.fixture(autouse=True)
def empty(monkeypatch, tmp_path):
    """Nothing but what the course carries."""
    monkeypatch.delenv("COURSE_DATA", raising=False)
    monkeypatch.setenv("COURSE_CACHE", str(tmp_path / "cache"))
    for variable in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(variable, raising=False)
    nowhere(monkeypatch)
    monkeypatch.setattr("pooch.core.time.sleep", lambda _: None)  # no waiting between two tries
