"""The PDF for a supplier, read back: what it says, that it can be read aloud, and that a name is only a name."""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from uuid import UUID

import pytest
from django.test import Client
from django.utils import translation
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from integrations.folkeregisteret.elements import ELEMENTS
from roles.audit.models import AuditEntry
from roles.casesystems.integrations import create_integration
from roles.casesystems.supplierinfo import SupplierInfo, curl_line, facts
from roles.casesystems.supplierpdf import supplier_pdf
from roles.granting.assignments import give_role
from tests.roles.shell import given_to_curl
from tests.roles.tenants import tenant

ROLE, INTEGRATION = UUID(int=1), UUID(int=2)
NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)
EVERY_PART = list(dict.fromkeys(element.part for element in ELEMENTS.values()))
MARKUP = r"""#sys.inputs #image("/x.png") ] [ *a* _b_ $1$ `c` <d> @e // f /* g \ " ' --- = + - ~ {page}"""


def info(
    *, parts: Sequence[str] = ("navn",), role_name: str = "Opptak", base: str = "https://a.example"
) -> SupplierInfo:
    url = f"{base}/folkeregister/api/v1/{ROLE}/v1"
    return SupplierInfo(
        organisation="Nord kommune",
        role_name=role_name,
        role_id=ROLE,
        integration_id=INTEGRATION,
        maskinporten_organisation="310000019",
        url=url,
        parts=parts,
        uses=["Oppslag"],
        curl=curl_line(url, INTEGRATION, parts),
    )


def read(about: SupplierInfo) -> PdfReader:
    return PdfReader(BytesIO(supplier_pdf(about, made_at=NOON)))


def text_of(pdf: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in pdf.pages)


def one_line(text: str) -> str:
    return " ".join(text.split())


def is_to_standard(pdf: PdfReader) -> bool:
    return b"pdfuaid:part" in pdf.root_object["/Metadata"].get_object().get_data()


@pytest.mark.parametrize("parts", [["navn"], EVERY_PART], ids=["one part", "every part"])
def test_the_pdf_has_all_the_text_of_the_page(parts: list[str]) -> None:
    about = info(parts=parts)
    text = one_line(text_of(read(about)))
    for fact in facts(about):
        assert f"{fact.label} {', '.join(fact.values)}" in text


@pytest.mark.parametrize("parts", [["navn"], EVERY_PART], ids=["one part", "every part"])
@pytest.mark.parametrize("base", ["https://a.example", f"https://{'langt.' * 12}example"], ids=["short", "long"])
def test_the_call_runs_as_it_is_copied_from_the_sheet(parts: list[str], base: str) -> None:
    about = info(parts=parts, base=base)
    text, last = text_of(read(about)), '$FOEDSELSNUMMER"'
    copied = text[text.index("ADRESSE=") : text.index(last) + len(last)]
    assert given_to_curl(copied) == given_to_curl(about.curl)


def test_a_role_that_opens_nothing_has_no_call() -> None:
    text = one_line(text_of(read(info(parts=[]))))
    assert "Rollen åpner ingen opplysninger ennå." in text
    assert "curl" not in text


@pytest.mark.parametrize(
    ("language", "heading", "page"),
    [
        ("nb", "Informasjon til leverandør", "Side 1 av 2"),
        ("nn", "Informasjon til leverandør", "Side 1 av 2"),
        ("en", "Information for the supplier", "Page 1 of 2"),
    ],
)
def test_the_pdf_is_in_the_language_of_the_page_and_declares_it(language: str, heading: str, page: str) -> None:
    with translation.override(language):
        pdf = read(info(parts=EVERY_PART))
    assert pdf.root_object["/Lang"] == language
    assert pdf.metadata
    assert pdf.metadata.title == f"{heading}: Opptak, Nord kommune"
    assert heading in text_of(pdf)
    assert page in text_of(pdf)


def test_the_pdf_can_be_read_aloud() -> None:
    pdf = read(info(parts=EVERY_PART))
    assert is_to_standard(pdf)
    assert pdf.root_object["/MarkInfo"]["/Marked"]
    assert pdf.root_object["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "/StructTreeRoot" in pdf.root_object


def test_the_pdf_is_a4_and_the_same_on_every_machine() -> None:
    page = read(info()).pages[0]
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
    fonts = {str(font["/BaseFont"]).split("+")[1] for font in page["/Resources"]["/Font"].values()}
    assert {name.split("-")[0] for name in fonts} == {"LibertinusSerif", "DejaVuSansMono"}
    assert supplier_pdf(info(), made_at=NOON) == supplier_pdf(info(), made_at=NOON)


def test_a_name_with_markup_in_it_stands_there_letter_by_letter() -> None:
    pdf = read(info(role_name=MARKUP))
    assert MARKUP in one_line(text_of(pdf))
    assert is_to_standard(pdf)


@settings(max_examples=50, deadline=None)  # each is a PDF of its own
@given(st.text(max_size=200))
@example("")
@example("bell \a and nothing \0")
@example("\N{GRINNING FACE}")
def test_no_name_is_more_than_a_name(name: str) -> None:
    pdf = read(info(role_name=name))
    assert pdf.root_object["/MarkInfo"]["/Marked"]
    assert str(ROLE) in text_of(pdf)


@pytest.mark.django_db
def test_the_pdf_is_downloaded_from_the_page_is_not_cached_and_has_no_password() -> None:
    nord = tenant("Nord")
    integration, password = create_integration(
        organisation=nord.organisation, name="Fagsystem", maskinporten_organisation="310000019", by=nord.administrator
    )
    give_role(role=nord.role, integration=integration, by=nord.administrator)
    logged = AuditEntry.objects.count()
    client = Client()
    client.force_login(nord.administrator)
    address = f"/admin/roles/integration/{integration.pk}/leverandor/{nord.role.pk}/"
    assert f'href="{address}pdf/"' in client.get(address).content.decode()
    answer = client.get(f"{address}pdf/")
    name = f"leverandor-{str(integration.pk)[:8]}-{str(nord.role.pk)[:8]}.pdf"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "no-store" in answer["Cache-Control"]
    text = text_of(PdfReader(BytesIO(answer.content)))
    assert str(integration.pk) in text
    assert password not in text
    assert integration.password_digest not in text
    assert AuditEntry.objects.count() == logged
