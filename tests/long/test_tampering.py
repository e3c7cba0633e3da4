"""Somebody with full power over the database alters the log, in six ways, over and over: every time is found."""

import os
from collections.abc import Iterator
from pathlib import Path
from random import Random
from time import perf_counter
from uuid import UUID

import psycopg
import pytest
from django.db import connections
from pytest_django import Settings

from roles.audit import append, checkpoints
from roles.audit.chain import Reason
from roles.audit.checkpoints import sign_due
from roles.audit.verification import verify_organisation
from tests.reporting import report
from tests.roles.audit.acts import batch, lookup, numbers
from tests.roles.audit.signingkeys import new_keys
from tests.roles.audit.tampering import Tamperer
from tests.services import Services

pytestmark = [pytest.mark.django_db, pytest.mark.campaign]
Superuser = psycopg.Connection[tuple[object, ...]]
SCALE = float(os.environ.get("SCALE", "1"))
TRIALS = max(int(200 * SCALE), 1)
ROWS = max(int(100_000 * SCALE), 1000)
AT_A_TIME = 500
MORE = """
    SELECT count(audit_append(chain, body, '{}', '{}', '{}', '{}'))
    FROM audit_entry, generate_series(1, %s) WHERE chain = %s AND seq = 1
"""
ROWS_PER_SECOND = 1_000_000 / 60


@pytest.fixture
def superuser(running: Services, db: None) -> Iterator[Superuser]:
    with running.postgres.connect("postgres", "fiksreg") as connection:
        connection.execute("SET session_replication_role = replica")
        yield connection


@pytest.fixture
def clock(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This process is the clock, and every entry is due for a checkpoint."""
    settings.FIKSREG_CHECKPOINT_KEY, public = new_keys()
    settings.FIKSREG_CHECKPOINT_PUBLIC_KEYS = [public]
    monkeypatch.setattr(checkpoints, "EVERY_SECONDS", 0)


def grown_chain(random: Random) -> tuple[UUID, int]:
    """An organisation with some twenty entries, a checkpoint on the way and one at the end; and the first one's seq."""
    organisation = UUID(int=random.getrandbits(128), version=4)
    first = random.randint(1, 10)
    for seq in range(1, random.randint(first + 2, 25)):
        if random.random() < 0.3:
            batch(organisation, numbers(random.randint(1, 5)))
        else:
            append(lookup(organisation), on="audit")
        if seq == first:
            sign_due()
    sign_due()
    return organisation, first


@pytest.mark.parametrize("kind", ["edit", "insert", "delete", "reorder", "cut_tail", "rewrite"])
def test_every_alteration_is_found_and_the_first_altered_entry_named(
    clock: None, superuser: Superuser, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    found = named = false_alarms = 0
    for trial in range(TRIALS):
        random = Random(f"{kind}/{trial}")
        organisation, first = grown_chain(random)
        false_alarms += not verify_organisation(organisation).ok
        tamperer = Tamperer(superuser, str(organisation), random)
        altered = getattr(tamperer, kind)()
        verdict = verify_organisation(organisation)
        found += not verdict.ok
        # A chain that is whole again can be trusted up to the last checkpoint that still agrees, and no further.
        doubtful = first + 1 if altered > first else 1
        named += verdict.seq == (doubtful if verdict.reason is Reason.REWRITTEN else altered)
        tamperer.remove_everything()
    with capsys.disabled():
        for metric, value in (
            ("found", found),
            ("first entry named", named),
            ("no false alarm", TRIALS - false_alarms),
        ):
            report(
                "campaign",
                "tampering",
                f"{kind}: {metric}",
                value=value / TRIALS,
                unit="share",
                bar=1.0,
                n=TRIALS,
                ok=value == TRIALS,
            )
    assert (found, named, false_alarms) == (TRIALS, TRIALS, 0)


def test_a_long_chain_is_verified_at_a_million_entries_a_minute(
    superuser: Superuser, capsys: pytest.CaptureFixture[str]
) -> None:
    organisation = UUID(int=1, version=4)
    append(lookup(organisation), on="audit")
    for _ in range(ROWS // AT_A_TIME):
        with connections["audit"].cursor() as cursor:
            cursor.execute(MORE, [AT_A_TIME, str(organisation)])
    started = perf_counter()
    verdict = verify_organisation(organisation)
    speed = ROWS / (perf_counter() - started)
    with capsys.disabled():
        report(
            "campaign",
            "tampering",
            "entries verified",
            value=speed,
            unit="entries/s",
            bar=ROWS_PER_SECOND,
            n=ROWS,
            ok=verdict.ok and speed >= ROWS_PER_SECOND,
        )
    assert verdict.ok
