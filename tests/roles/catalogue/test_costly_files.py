"""A small file that would cost much is refused by the reading process, and the web process goes on serving."""

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Final

import pytest

from roles.catalogue import uploads
from roles.catalogue.sheetfaults import Unusable
from roles.catalogue.sheetrows import parse_sheet
from roles.catalogue.uploads import MOST_BYTES, MOST_SECONDS, Busy, read_sheet
from tests.roles.catalogue.packages import package, parts, sheet, text_cell, workbook, zipped

FARTHEST: Final = "XFD1048576"
EVERYWHERE: Final = f"A1:{FARTHEST}"

REACHING: Final[dict[str, str]] = {
    "a link": f'<hyperlinks><hyperlink ref="{EVERYWHERE}" location="x"/></hyperlinks>',
    "a validation": f'<dataValidations><dataValidation sqref="{EVERYWHERE}"/></dataValidations>',
    "a conditional format": f'<conditionalFormatting sqref="{EVERYWHERE}"><cfRule/></conditionalFormatting>',
    "a filter": f'<autoFilter ref="{EVERYWHERE}"/>',
    "a protected range": f'<protectedRanges><protectedRange sqref="{EVERYWHERE}" name="x"/></protectedRanges>',
    "ignored errors": f'<ignoredErrors><ignoredError sqref="{EVERYWHERE}"/></ignoredErrors>',
    "a scenario": f'<scenarios sqref="{EVERYWHERE}"><scenario name="x"/></scenarios>',
}


def reaching(part: str, text: str) -> BytesIO:
    return zipped(parts() | {part: text})


PARTS: Final[dict[str, Callable[[], BytesIO]]] = {
    "a dimension": lambda: package(sheet=sheet().replace("<sheetData>", f'<dimension ref="{EVERYWHERE}"/><sheetData>')),
    "a column": lambda: package(
        sheet=sheet().replace("<sheetData>", '<cols><col min="1" max="16384"/></cols><sheetData>')
    ),
    "an empty cell at the end": lambda: package(sheet=sheet({"x": f'<c r="{FARTHEST}" s="1"/>'})),
    "an empty row at the end": lambda: package(
        sheet=sheet().replace("</sheetData>", '<row r="1048576" ht="9"/></sheetData>')
    ),
    "a comment": lambda: reaching(
        "xl/comments1.xml", f'<comments><commentList><comment ref="{EVERYWHERE}"/></commentList></comments>'
    ),
    "a table": lambda: reaching("xl/tables/table1.xml", f'<table ref="{EVERYWHERE}"/>'),
    "a drawing": lambda: reaching(
        "xl/drawings/drawing1.xml", "<xdr:wsDr><xdr:to><xdr:row>1048575</xdr:row></xdr:to></xdr:wsDr>"
    ),
    "a name": lambda: package(
        workbook=workbook("Lovhjemler").replace(
            "</workbook>",
            f"<definedNames><definedName name='x'>Lovhjemler!{EVERYWHERE}</definedName></definedNames></workbook>",
        )
    ),
} | {kind: partial(package, sheet=sheet(more=more)) for kind, more in REACHING.items()}


@pytest.mark.parametrize("kind", PARTS)
def test_a_reference_to_the_whole_sheet_costs_nothing_and_hides_no_cell(kind: str) -> None:
    began = time.monotonic()
    assert [row.statute for row in parse_sheet(read_sheet(PARTS[kind]()), confidential_areas={}).rows.values()] == [
        "Folkeregisterloven"
    ]
    assert time.monotonic() - began < 5


def entities() -> BytesIO:
    """An entity made of entities made of entities."""
    nested = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    return package(texts=f'<!DOCTYPE x [<!ENTITY e0 "ha">{nested}]><sst><si><t>&e11;</t></si></sst>')


def from_outside() -> BytesIO:
    return package(sheet='<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + sheet().replace("navn", "&e;"))


def many_members() -> BytesIO:
    return zipped(parts() | {f"xl/media/{number}": "" for number in range(15_000)})


def one_text_for_all() -> BytesIO:
    """32,000 signs that 4,000 cells share."""
    cells = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(3, 4_003))
    return package(
        texts=f"<sst><si><t>{'x' * 32_000}</t></si></sst>",
        sheet=sheet().replace("</sheetData>", f"{cells}</sheetData>"),
    )


COSTLY: Final[dict[str, tuple[Callable[[], BytesIO], str]]] = {
    "what unpacks to a large sheet": (lambda: package(sheet=sheet() + " " * 60_000_000), "pakker ut til mer"),
    "many small parts": (many_members, "for mange deler"),
    "entities that multiply": (entities, "dokumenttype (DOCTYPE)"),
    "an entity from outside": (from_outside, "dokumenttype (DOCTYPE)"),
    "depth without end": (lambda: package(sheet="<x>" * 1_000_000), "Arbeidsboken er skadet."),
    "a long text that many share": (one_text_for_all, "mer tekst"),
    "many shared texts": (lambda: package(texts=f"<sst>{'<si><t>x</t></si>' * 2_300_000}</sst>"), "for tung"),
    "many empty cells": (
        lambda: package(sheet=f"<worksheet><sheetData><row>{'<c/>' * 9_000_000}</row></sheetData></worksheet>"),
        "for tung",
    ),
    "many styles": (
        lambda: package(styles=f"<styleSheet><cellXfs>{'<xf/>' * 7_000_000}</cellXfs></styleSheet>"),
        "for tung",
    ),
    "a cell far to the right": (lambda: package(sheet=sheet({"x": text_cell("AY2", "x")})), "for bredt"),
    "a cell far down": (lambda: package(sheet=sheet({"x": text_cell("A1048576", "x")})), "for mange rader"),
    "more bytes than there may be": (lambda: BytesIO(bytes(MOST_BYTES + 1)), "høyst 2 MB"),
}


@pytest.mark.parametrize("kind", COSTLY)
def test_a_small_file_that_would_cost_much_is_refused_in_time(kind: str) -> None:
    make, reason = COSTLY[kind]
    file = make()
    began = time.monotonic()
    with pytest.raises(Unusable) as unusable:
        read_sheet(file)
    assert reason in unusable.value.faults[0].message
    assert time.monotonic() - began < MOST_SECONDS + 2


def test_reading_takes_no_memory_of_the_one_who_serves() -> None:
    file = COSTLY["many shared texts"][0]()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Unusable):
        read_sheet(file)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30_000  # kB; a reader may take 400,000


def instead(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """Another program in place of the reader."""
    monkeypatch.setattr(uploads, "_command", lambda: (sys.executable, "-c", program))


def test_a_reader_that_does_not_answer_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_SECONDS", 0.3)
    instead(monkeypatch, "import signal; signal.pause()")
    with pytest.raises(Unusable) as unusable:
        read_sheet(package())
    assert "for tung" in unusable.value.faults[0].message


def test_a_reader_knows_nothing_of_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    instead(monkeypatch, "import os; print(set(os.environ) <= {'PATH', 'LD_LIBRARY_PATH', 'LC_CTYPE'} and '{}')")
    assert read_sheet(package()).rows == {}


def test_one_workbook_is_read_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    with uploads._alone(), monkeypatch.context() as patch:
        patch.setattr(uploads, "WAIT_SECONDS", 0)
        with pytest.raises(Busy):
            read_sheet(package())
    assert read_sheet(package()).rows


def test_an_upload_at_another_web_process_waits_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    held = (
        "import fcntl, sys; from roles.catalogue import workbook; place = open(workbook.__file__);"
        "fcntl.flock(place, fcntl.LOCK_EX); print(flush=True); sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", held], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as elsewhere:
        assert elsewhere.stdout is not None
        elsewhere.stdout.readline()
        with monkeypatch.context() as patch:
            patch.setattr(uploads, "WAIT_SECONDS", 0)
            with pytest.raises(Busy):
                read_sheet(package())
        elsewhere.kill()
    assert read_sheet(package()).rows
