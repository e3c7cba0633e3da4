from tests.integrations.simulator.door import WITH, WITHOUT, Document, Door

UNKNOWN = "03851598730"


def test_an_unknown_number_is_404_with_a_reference(door: Door) -> None:
    answer = door.get(f"/personer/{UNKNOWN}")
    assert answer.status_code == 404
    assert set(answer.json()) == {"code", "message", "feilreferanse", "httpStatus"}
    assert UNKNOWN not in answer.text


def test_properties_without_a_value_are_left_out(door: Door, cases: dict[str, str]) -> None:
    assert set(door.person(cases["vanlig-familie"], "doedsfall", "deltBosted")) == {"identifikasjonsnummer"}


def test_bulk_gives_each_person_once_in_another_order(door: Door, everyone: dict[str, Document]) -> None:
    asked = sorted(everyone)[:50]
    rows = door.post("/personer/bulkoppslag", {"foedselsEllerDNummer": asked + asked}).json()["oppslag"]
    given = [row["foedselsEllerDNummer"] for row in rows]
    assert sorted(given) == sorted(asked)
    assert given != asked


def test_bulk_as_ordered_keeps_order_and_repetition(door: Door, everyone: dict[str, Document]) -> None:
    asked = [*list(everyone)[:20], next(iter(everyone))]
    rows = door.post("/personer/bulkoppslag", {"foedselsEllerDNummer": asked}, [("somBestilt", "true")]).json()
    assert [row["foedselsEllerDNummer"] for row in rows["oppslag"]] == asked
    assert rows["oppslag"][0] == rows["oppslag"][-1]


def test_bulk_as_ordered_gives_a_message_for_ceased_and_unknown_numbers(door: Door, cases: dict[str, str]) -> None:
    asked = [cases["historisk-nummer"], cases["opphoert"], UNKNOWN, cases["barn"]]
    rows = door.post("/personer/bulkoppslag", {"foedselsEllerDNummer": asked}, [("somBestilt", "true")]).json()
    found = ["folkeregisterperson" in row for row in rows["oppslag"]]
    assert found == [False, False, False, True]
    assert all("feilmelding" in row["feilmelding"] for row in rows["oppslag"][:3])


def test_bulk_carries_a_historical_number_on_unless_as_ordered(door: Door, cases: dict[str, str]) -> None:
    rows = door.post("/personer/bulkoppslag", {"foedselsEllerDNummer": [cases["historisk-nummer"]]}).json()["oppslag"]
    assert rows[0]["foedselsEllerDNummer"] == cases["historisk-nummer"]
    person = rows[0]["folkeregisterperson"]
    assert person["identifikasjonsnummer"][0]["foedselsEllerDNummer"] == cases["viderefoert-nummer"]


def test_bulk_takes_a_thousand_and_no_more(door: Door, everyone: dict[str, Document]) -> None:
    numbers = list(everyone)
    assert door.post("/personer/bulkoppslag", {"foedselsEllerDNummer": numbers[:1000]}).status_code == 200
    assert door.post("/personer/bulkoppslag", {"foedselsEllerDNummer": numbers[:1001]}).status_code == 400


def test_bulk_and_single_lookup_give_the_same_person(door: Door, cases: dict[str, str]) -> None:
    query = [("part", "navn"), ("part", "bostedsadresse"), ("part", "historikk")]
    for package in (WITH, WITHOUT):
        single = door.get(f"/personer/{cases['flyttet']}", query, package=package).json()
        body = {"foedselsEllerDNummer": [cases["flyttet"]]}
        rows = door.post("/personer/bulkoppslag", body, query, package=package).json()["oppslag"]
        assert rows[0]["folkeregisterperson"] == single


def test_a_strange_number_in_bulk_is_answered_as_it_was(door: Door) -> None:
    rows = door.post("/personer/bulkoppslag", {"foedselsEllerDNummer": ['a"\\æ']}).json()["oppslag"]
    assert rows[0]["foedselsEllerDNummer"] == 'a"\\æ'


def test_the_latest_event_has_a_number(door: Door) -> None:
    for package in (WITH, WITHOUT):
        assert door.get("/hendelser/siste/sekvensnummer", package=package).json() > 0
