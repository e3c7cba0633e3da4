"""Verification against the real tables, altered by a superuser of the database."""

import json
from random import Random
from uuid import UUID

import psycopg
import pytest
from django.core.management import call_command
from pytest_django import Settings

from roles.audit import append
from roles.audit.chain import Anchors, Reason, first_fault, genesis
from roles.audit.checkpoints import sign_due
from roles.audit.snapshots import snapshot
from roles.audit.verification import broken_chains, verify, verify_organisation
from tests.roles.audit.acts import lookup
from tests.roles.audit.signingkeys import new_keys
from tests.roles.audit.tampering import Tamperer

pytestmark = pytest.mark.django_db
Superuser = psycopg.Connection[tuple[object, ...]]


@pytest.fixture
def keys(settings: Settings) -> None:
    """Makes this process the clock, with its public key in the settings."""
    settings.FIKSREG_CHECKPOINT_KEY, public = new_keys()
    settings.FIKSREG_CHECKPOINT_PUBLIC_KEYS = [public]


@pytest.fixture
def tamperer(superuser: Superuser, busy: UUID) -> Tamperer:
    return Tamperer(superuser, str(busy), Random(1))


def test_a_log_that_nobody_touched_is_whole(busy: UUID) -> None:
    assert verify().ok
    assert verify_organisation(busy).ok


def test_an_empty_log_is_whole(db: None) -> None:
    assert verify().ok


@pytest.mark.parametrize("kind", ["edit", "insert", "delete", "reorder", "cut_tail", "rewrite"])
@pytest.mark.parametrize("seed", range(8))
def test_every_alteration_of_a_chain_is_found_at_its_first_entry(
    keys: None, superuser: Superuser, busy: UUID, kind: str, seed: int
) -> None:
    sign_due()
    expected = getattr(Tamperer(superuser, str(busy), Random(seed)), kind)()
    verdict = verify_organisation(busy)
    assert (verdict.ok, verdict.organisation) == (False, str(busy))
    assert verdict.seq == (1 if verdict.reason is Reason.REWRITTEN else expected)


def test_the_neighbours_chain_stays_whole(tamperer: Tamperer, neighbour: UUID) -> None:
    tamperer.edit()
    assert verify_organisation(neighbour).ok
    assert str(neighbour) not in [verdict.organisation for verdict in broken_chains()]


def test_without_checkpoints_a_chain_written_anew_passes_and_that_is_why_there_are_checkpoints(
    tamperer: Tamperer, busy: UUID
) -> None:
    tamperer.rewrite()
    assert verify_organisation(busy).ok


def test_entries_appended_meanwhile_do_not_disturb_a_verification_that_runs(busy: UUID) -> None:
    with snapshot() as log:
        head = log.head(str(busy))
        append(lookup(busy), on="audit")
        anchors = Anchors(log.head(str(busy)))
        assert anchors.head == head
        assert first_fault(genesis(str(busy)), log.rows(str(busy)), log.persons(str(busy)), anchors) is None


def test_the_command_says_so_in_json_and_exits_with_1_when_a_chain_is_broken(
    tamperer: Tamperer, busy: UUID, capsys: pytest.CaptureFixture[str]
) -> None:
    seq = tamperer.delete()
    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit", "--json")
    assert ended.value.code == 1
    said = json.loads(capsys.readouterr().out)
    assert said.pop("reason") in ("entry-missing", "link-broken")
    (broken,) = said.pop("broken")
    assert (broken["organisation"], broken["seq"]) == (str(busy), seq)
    assert said == {"ok": False, "organisation": str(busy), "seq": seq}


def test_the_command_names_the_broken_chain_in_words(
    keys: None, settings: Settings, tamperer: Tamperer, busy: UUID, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("verify_audit")
    assert "is whole" in capsys.readouterr().out
    settings.FIKSREG_CHECKPOINT_PUBLIC_KEYS = []
    call_command("verify_audit")
    assert "not verified" in capsys.readouterr().out
    tamperer.edit()
    with pytest.raises(SystemExit):
        call_command("verify_audit")
    assert str(busy) in capsys.readouterr().out


def test_the_command_ends_well_for_a_whole_log(busy: UUID, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_audit", "--json")
    said = json.loads(capsys.readouterr().out)
    assert said == {"ok": True, "organisation": None, "seq": None, "reason": None, "broken": []}
