"""The kept index reads like a new one, and a spoiled one is made anew."""

from pathlib import Path

import pytest

from hipspine.evidence import evidence
from hipspine.findings.index_cache import cache_folder, from_data, index_of_evidence, to_data
from hipspine.findings.vocabulary_index import VocabularyIndex, build_index

VOCABULARY = evidence().findings


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "hipspine"
    return cache_folder()


@pytest.fixture(scope="module")
def new() -> VocabularyIndex:
    return build_index(VOCABULARY)


def test_it_is_written_once_and_reads_the_same(folder: Path, new: VocabularyIndex) -> None:
    first = index_of_evidence()
    (file,) = folder.iterdir()
    written = file.stat().st_mtime_ns
    again = index_of_evidence()
    assert to_data(first) == to_data(again) == to_data(new)
    assert file.stat().st_mtime_ns == written


@pytest.mark.parametrize(
    "spoiled", ['{"known": 7', "7", '{"known": [], "bags": [], "by_word": []}', ""]
)
def test_a_spoiled_file_is_replaced(folder: Path, new: VocabularyIndex, spoiled: str) -> None:
    index_of_evidence()
    (file,) = folder.iterdir()
    file.write_text(spoiled, encoding="utf-8")
    assert to_data(index_of_evidence()) == to_data(new)
    assert file.stat().st_size > 100_000


def test_an_index_of_another_time_is_removed(folder: Path) -> None:
    folder.mkdir()
    (folder / "words-0000.json").write_text("{}", encoding="utf-8")
    index_of_evidence()
    assert [path.name for path in folder.iterdir()] != ["words-0000.json"]
    assert len(list(folder.iterdir())) == 1


def test_a_folder_that_cannot_be_written_does_no_harm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, new: VocabularyIndex
) -> None:
    file = tmp_path / "a file, not a folder"
    file.write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(file))
    assert to_data(index_of_evidence()) == to_data(new)


def test_from_data_undoes_to_data(new: VocabularyIndex) -> None:
    assert to_data(from_data(to_data(new), VOCABULARY)) == to_data(new)
