"""The sentences for the page about a file or a cell that could not be read. They say what helps."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from roles.catalogue.sheetfaults import Fault
from roles.catalogue.workbook.answers import Problem, Reason
from roles.catalogue.workbook.cells import MOST_COLUMNS, MOST_ROWS
from roles.catalogue.workbook.package import MOST_PARTS

_WORDS: Final[Mapping[Reason, Promise]] = {
    Reason.EMPTY: gettext_lazy("Filen er tom."),
    Reason.PASSWORD: gettext_lazy("Filen er beskyttet med passord."),
    Reason.OLD_EXCEL: gettext_lazy("Filen er en Excel-fil av eldre type (.xls)."),
    Reason.OLD_OFFICE: gettext_lazy("Filen er et Office-dokument av eldre type."),
    Reason.BINARY_EXCEL: gettext_lazy("Filen er en binær Excel-arbeidsbok (.xlsb)."),
    Reason.OPEN_DOCUMENT: gettext_lazy("Filen er et OpenDocument-dokument (.ods)."),
    Reason.NUMBERS: gettext_lazy("Filen er laget i Numbers."),
    Reason.OTHER_OFFICE: gettext_lazy("Filen er et Office-dokument, men ikke en arbeidsbok."),
    Reason.XML_SPREADSHEET: gettext_lazy("Filen er et regneark i XML-formatet fra 2003."),
    Reason.HTML: gettext_lazy("Filen er en nettside (HTML), ikke en arbeidsbok."),
    Reason.PDF: gettext_lazy("Filen er en PDF, ikke en arbeidsbok."),
    Reason.TEXT: gettext_lazy("Filen er en tekstfil, for eksempel CSV, ikke en arbeidsbok."),
    Reason.NOT_A_WORKBOOK: gettext_lazy("Filen er ikke en arbeidsbok i formatet .xlsx."),
    Reason.CUT_OFF: gettext_lazy("Filen er ikke hel. Hent eller lagre den på nytt."),
    Reason.DAMAGED: gettext_lazy("Arbeidsboken er skadet."),
    Reason.ENCRYPTED_PART: gettext_lazy("En del av filen er kryptert."),
    Reason.ODD_COMPRESSION: gettext_lazy("En del av filen er pakket på en måte som arbeidsbøker ikke er."),
    Reason.TWICE: gettext_lazy("Samme del står flere ganger i filen."),
    Reason.ENTITIES: gettext_lazy("Filen har en dokumenttype (DOCTYPE), og det har ingen arbeidsbok."),
    Reason.TOO_LARGE: gettext_lazy("Filen pakker ut til mer enn en lovhjemmelkatalog kan være."),
    Reason.TOO_MANY_PARTS: gettext_lazy("Filen har for mange deler. Den kan ha høyst %(parts)d."),
    Reason.TOO_COSTLY: gettext_lazy("Filen er for tung å lese. Kopier radene til en ny, tom arbeidsbok."),
    Reason.TOO_MUCH_TEXT: gettext_lazy("Arket har mer tekst enn en lovhjemmelkatalog kan ha."),
    Reason.TOO_MANY_ROWS: gettext_lazy("Arket har for mange rader. Det kan ha høyst %(rows)d."),
    Reason.TOO_WIDE: gettext_lazy("Arket er for bredt. Det kan ha høyst %(columns)d kolonner."),
    Reason.SHEETS: gettext_lazy("Arbeidsboken må ha ett ark, og bare ett."),
    Reason.OTHER_SHEET: gettext_lazy("Er dette arket katalogen? I så fall: slett de andre."),
    Reason.HIDDEN_SHEET: gettext_lazy("Arket er skjult. Vis det, og slett det om det ikke er katalogen."),
    Reason.NO_SHEET: gettext_lazy("Arbeidsboken har ikke noe ark med celler."),
    Reason.MERGED: gettext_lazy("Cellene %(detail)s er slått sammen. Del dem opp."),
    Reason.FORMULA: gettext_lazy("Cellen er en formel. Skriv verdien selv."),
    Reason.ERROR: gettext_lazy("Cellen er en feilverdi."),
    Reason.NO_SUCH_TEXT: gettext_lazy("Cellen viser til en tekst som ikke står i filen."),
    Reason.CELL_TWICE: gettext_lazy("Cellen står to ganger i filen."),
    Reason.ODD_CELL: gettext_lazy("Cellen har en verdi som ikke kan leses. Skriv den på nytt."),
}
_SAVE_AGAIN: Final = frozenset(
    {
        *(Reason.OLD_EXCEL, Reason.BINARY_EXCEL, Reason.OPEN_DOCUMENT, Reason.NUMBERS, Reason.XML_SPREADSHEET),
        *(Reason.HTML, Reason.TEXT, Reason.DAMAGED, Reason.ENCRYPTED_PART, Reason.ODD_COMPRESSION),
        *(Reason.TWICE, Reason.ENTITIES, Reason.NOT_A_WORKBOOK, Reason.NO_SUCH_TEXT, Reason.CELL_TWICE),
    }
)


def fault_of(problem: Problem) -> Fault:
    """The fault to show on the page for a problem."""
    values = {"parts": MOST_PARTS, "rows": MOST_ROWS, "columns": MOST_COLUMNS, "detail": problem.detail}
    words = [str(_WORDS[problem.reason]) % values, _what_helps(problem.reason)]
    return Fault(" ".join(filter(None, words)), problem.sheet, problem.row, problem.column)


def _what_helps(reason: Reason) -> str:
    if reason in _SAVE_AGAIN:
        return _("Åpne den i et regneark og lagre den som «Excel-arbeidsbok (.xlsx)».")
    if reason is Reason.PASSWORD:
        return _("Ta bort passordet og lagre den igjen som «Excel-arbeidsbok (.xlsx)».")
    return ""
