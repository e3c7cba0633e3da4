"""Labels as they are printed: each in its place, whole, and with the address of the letter."""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from citizenlists.building import labels
from citizenlists.building.labels import TooManyLabels, label_lines, write_labels
from citizenlists.content.formats import LABEL_SHEETS, LabelSheet

HEADERS = ("Navn", "c/o", "Adresselinje 1", "Adresselinje 2", "Adresselinje 3", "Postnummer", "Poststed", "Land")
HOME = ("Kari Fjell", None, "Storgata 1 B", None, None, "0150", "OSLO", None)
ABROAD = ("Per Fjell", "c/o Smith", "1 High Street", "Flat 2", None, None, "LONDON SW1", "Storbritannia")
POINTS = 72 / 25.4
Placed = tuple[str, float, float, float]


def printed(rows: Sequence[Sequence[str | None]], sheet: LabelSheet) -> PdfReader:
    sink = BytesIO()
    write_labels(
        sink, sheet=sheet, headers=HEADERS, rows=rows, row_count=len(rows), made_at=datetime(2026, 12, 1, tzinfo=UTC)
    )
    return PdfReader(sink)


def text_of(book: PdfReader) -> str:
    return " ".join(page.extract_text() for page in book.pages)


def starts(book: PdfReader, page: int = 0) -> list[tuple[str, float, float]]:
    """Every piece of text with its place in millimetres from the left and from the top of the sheet."""
    found = list[tuple[str, float, float]]()

    def note(text: str, matrix: list[float], within: list[float], _font: object, _size: object) -> None:
        if text.strip():
            x = within[4] * matrix[0] + within[5] * matrix[2] + matrix[4]
            y = within[4] * matrix[1] + within[5] * matrix[3] + matrix[5]
            found.append((text.strip(), x / POINTS, 297 - y / POINTS))

    book.pages[page].extract_text(visitor_text=note)
    return found


def named(number: int) -> tuple[str | None, ...]:
    return (f"Person {number:03}", *HOME[1:])


@pytest.mark.parametrize("file_format", sorted(LABEL_SHEETS))
def test_a_sheet_is_full_before_the_next_one_begins(file_format: str) -> None:
    sheet = LABEL_SHEETS[file_format]
    on_a_sheet = sheet.across * sheet.down
    book = printed([named(number) for number in range(on_a_sheet + 1)], sheet)
    assert [page.extract_text().count("Person") for page in book.pages] == [on_a_sheet, 1]
    assert [round(float(side) / POINTS) for side in book.pages[0].mediabox[2:]] == [210, 297]


@pytest.mark.parametrize("file_format", sorted(LABEL_SHEETS))
def test_a_sheet_has_room_for_its_labels_and_they_stand_in_its_middle(file_format: str) -> None:
    sheet = LABEL_SHEETS[file_format]
    right = sheet.left + (sheet.across - 1) * sheet.step_across + sheet.width
    below = sheet.top + (sheet.down - 1) * sheet.step_down + sheet.height
    assert (sheet.left + right, sheet.top + below) == pytest.approx((210, 297), abs=0.5)


@pytest.mark.parametrize("file_format", sorted(LABEL_SHEETS))
def test_every_text_stands_within_its_own_label(file_format: str) -> None:
    sheet = LABEL_SHEETS[file_format]
    book = printed([named(number) for number in range(sheet.across * sheet.down)], sheet)
    names = [(x, y) for text, x, y in starts(book) if text.startswith("Person")]
    cells = [(int((x - sheet.left) // sheet.step_across), int((y - sheet.top) // sheet.step_down)) for x, y in names]
    assert cells == [(index % sheet.across, index // sheet.across) for index in range(len(names))]


@pytest.mark.parametrize(
    "row",
    [
        HOME,
        ABROAD,
        ("Ærlig " * 30, "c/o " + "Ødegård " * 20, *["Gate " * 30] * 3, "0150", "OSLO " * 10, "Land " * 10),
        ("W" * 150, None, "Ø" * 200, None, None, "0150", "OSLO", None),
    ],
)
def test_whatever_is_long_gets_smaller_and_nothing_is_cut(row: tuple[str | None, ...]) -> None:
    sheet = LABEL_SHEETS["labels-3x8"]
    book = printed([row, HOME], sheet)
    assert "".join(text_of(book).split()).count("KariFjell") >= 1
    for cell in filter(None, row):
        assert "".join(cell.split()) in "".join(text_of(book).split())
    assert max(y for _text, _x, y in starts(book)) < sheet.top + sheet.height


def test_a_label_has_the_lines_of_an_envelope() -> None:
    def lines(row: Sequence[str | None]) -> list[str]:
        return list(label_lines(dict(zip(HEADERS, [cell or "" for cell in row], strict=True))))

    assert lines(HOME) == ["Kari Fjell", "Storgata 1 B", "0150 OSLO"]
    assert lines(ABROAD) == ["Per Fjell", "c/o Smith", "1 High Street", "Flat 2", "LONDON SW1", "Storbritannia"]
    assert lines(("Kari Fjell", *[None] * 7)) == ["Kari Fjell", "(uten adresse)"]


def test_a_name_is_never_markup() -> None:
    assert '#panic("x") *fet* $1' in text_of(printed([('#panic("x") *fet* $1', *HOME[1:])], LABEL_SHEETS["labels-2x7"]))


def test_more_labels_than_a_pdf_has_room_for_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labels, "MOST_LABELS", 1)
    with pytest.raises(TooManyLabels):
        printed([HOME, HOME], LABEL_SHEETS["labels-3x8"])


def test_another_number_of_rows_than_announced_is_refused() -> None:
    with pytest.raises(ValueError, match="announced"):
        write_labels(
            BytesIO(),
            sheet=LABEL_SHEETS["labels-3x8"],
            headers=HEADERS,
            rows=[HOME],
            row_count=2,
            made_at=datetime(2026, 12, 1, tzinfo=UTC),
        )
