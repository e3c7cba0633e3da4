"""A property the register adds later is told of by name, and never shown."""

import logging

import pytest

from integrations.folkeregisteret import novelties
from integrations.folkeregisteret.novelties import tell_of_unknown, tell_of_unknown_in_bulk


@pytest.fixture(autouse=True)
def _nothing_told_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(novelties, "_told", set())


def told(caplog: pytest.LogCaptureFixture) -> list[list[str]]:
    return [record.__dict__["properties"] for record in caplog.records if record.levelno == logging.WARNING]


def test_a_new_property_is_told_of_once_by_name_and_without_its_value(caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(2):
        tell_of_unknown(b'{"navn":[],"noeNytt":[{"hemmelig":"HEMMELIG"}]}')
    assert told(caplog) == [["noeNytt"]]
    assert "HEMMELIG" not in caplog.text.upper().replace("NOENYTT", "")


def test_a_bulk_answer_tells_by_its_first_person(caplog: pytest.LogCaptureFixture) -> None:
    tell_of_unknown_in_bulk(b'{"oppslag":[{"foedselsEllerDNummer":"1","folkeregisterperson":{"noeNytt":1}}]}')
    assert told(caplog) == [["noeNytt"]]


def test_what_does_not_look_like_a_name_is_not_written(caplog: pytest.LogCaptureFixture) -> None:
    tell_of_unknown(b'{"01899912345":1}')
    assert told(caplog) == [[]]


@pytest.mark.parametrize(
    "answer", [b"", b"[]", b"<html>", b'{"oppslag":[]}', b'{"navn":[],"preferertKontaktadresse":[]}']
)
def test_what_is_known_ignored_or_unreadable_is_passed_over(caplog: pytest.LogCaptureFixture, answer: bytes) -> None:
    tell_of_unknown(answer) if answer.startswith(b'{"navn') else tell_of_unknown_in_bulk(answer)
    assert told(caplog) == []
