"""The figures that docs/ show of the demo world are those that it has."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.project.figures import build_demo, pages, with_figures
from tests.project.night.nights import PROJECT

PAGES = pages()


@pytest.fixture(scope="module")
def demo(compiled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    project = shutil.copytree(compiled, folder / "project")
    build_demo(project, folder)
    return project


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_a_page_shows_the_figures_of_the_demo_world(page: Path, demo: Path) -> None:
    text = page.read_text()
    assert with_figures(text, demo) == text, "`make figures` writes them again"


def test_every_question_has_figures() -> None:
    text = (PROJECT / "docs" / "analyses.md").read_text()
    names = {path.stem for path in (PROJECT / "analyses").glob("*.sql")}
    assert not [name for name in names if f"\nfrom {name}\n" not in text]
