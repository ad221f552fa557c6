"""An explorer and its page, without a browser."""

import pytest

from course.widgets import explore_hodgkin_huxley
from tests.widgets.page import Page


@pytest.fixture
def explorer():
    return explore_hodgkin_huxley()


@pytest.fixture
def page(explorer, monkeypatch):
    return Page(explorer, monkeypatch)
