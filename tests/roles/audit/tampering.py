"""What a superuser of the database could do to a chain. Each function returns the entry that verification must name."""

from random import Random
from typing import LiteralString

import psycopg
from psycopg import sql

from roles.audit.chain import Row, genesis, link_hash

_FAR = 1_000_000_000
_COPY = """
    INSERT INTO audit_entry (chain, seq, recorded_us, body, subjects_digest, prev_hash, hash)
    SELECT chain, %(place)s, recorded_us + 1, body, subjects_digest, prev_hash, hash FROM audit_entry
    WHERE chain = %(chain)s AND seq = %(seq)s
"""
_HEAD = """
    UPDATE audit_head SET seq = %(seq)s, hash = coalesce(
        (SELECT hash FROM audit_entry WHERE chain = %(chain)s AND seq = %(seq)s), %(genesis)s)
    WHERE chain = %(chain)s
"""
_ROWS = """
    SELECT seq, recorded_us, convert_to(body, 'UTF8'), subjects_digest, prev_hash, hash FROM audit_entry
    WHERE chain = %(chain)s AND seq >= %(start)s ORDER BY seq
"""
_RELINK = """
    UPDATE audit_entry SET prev_hash = %(before)s, hash = %(fresh)s WHERE chain = %(chain)s AND seq = %(seq)s
"""


class Tamperer:
    """Alters one chain, `length` entries long, as the cluster's superuser with triggers off."""

    def __init__(self, connection: "psycopg.Connection[tuple[object, ...]]", chain: str, random: Random) -> None:
        self._connection = connection
        self._chain = chain
        self._random = random
        self.length = len(self._rows(1))

    def edit(self) -> int:
        """Alters the body, the time or a person of an entry, or deletes a person."""
        seq = self._any_entry()
        touched = self._random.choice([self._edit_body, self._edit_time, self._edit_person, self._drop_person])(seq)
        if not touched:  # this entry is about nobody
            self._edit_body(seq)
        return seq

    def insert(self) -> int:
        """Inserts a copy of another entry and renumbers every entry after it."""
        seq = self._random.randint(2, self.length)
        self._shift(seq, +1)
        self._run(_COPY, seq=self._random.randint(1, seq - 1), place=seq)
        self._set_head(self.length + 1)
        return seq

    def delete(self) -> int:
        """Deletes an entry before the last one, and leaves or closes the gap."""
        seq = self._random.randint(1, self.length - 1)
        self._delete(seq, seq)
        if self._random.random() < 0.5:
            self._shift(seq + 1, -1)
            self._set_head(self.length - 1)
        return seq

    def reorder(self) -> int:
        """Swaps two entries with their persons."""
        first, second = sorted(self._random.sample(range(1, self.length + 1), 2))
        for seq, place in ((first, _FAR), (second, first), (_FAR, second)):
            self._on_both(
                "UPDATE {table} SET seq = %(place)s WHERE chain = %(chain)s AND seq = %(seq)s", seq=seq, place=place
            )
        return first

    def cut_tail(self) -> int:
        """Deletes the last entries, and sets the head's row back or leaves it."""
        kept = self._random.randint(0, self.length - 1)
        self._delete(kept + 1, self.length)
        if self._random.random() < 0.5:
            self._set_head(kept)
        return kept + 1

    def rewrite(self) -> int:
        """Edits an entry and recomputes every hash from there to the head, so that the chain is sound in itself."""
        seq = self._any_entry()
        self._edit_body(seq)
        self._rechain(seq)
        return seq

    def forget_checkpoints(self) -> None:
        """Deletes the checkpoints in the database; the shipped file cannot be reached."""
        self._run("DELETE FROM audit_checkpoint WHERE chain = %(chain)s")

    def remove_everything(self) -> None:
        """Deletes the whole chain with its head."""
        self._delete(1, self.length)
        self._run("DELETE FROM audit_head WHERE chain = %(chain)s")
        self.forget_checkpoints()

    def _any_entry(self) -> int:
        return self._random.randint(1, self.length)

    def _edit_body(self, seq: int) -> bool:
        statement = "UPDATE audit_entry SET body = replace(body, '\"event\":', '\"event\" :')"
        return self._touch(statement, seq)

    def _edit_time(self, seq: int) -> bool:
        return self._touch("UPDATE audit_entry SET recorded_us = recorded_us - 1", seq)

    def _edit_person(self, seq: int) -> bool:
        column = self._random.choice(["asked_hash", "current_hash", "sealed"])
        return self._touch("UPDATE audit_subject SET {column} = sha256(coalesce({column}, ''))", seq, column=column)

    def _drop_person(self, seq: int) -> bool:
        return self._touch("DELETE FROM audit_subject", seq)

    def _touch(self, statement: LiteralString, seq: int, column: str = "") -> bool:
        return self._run(statement + " WHERE chain = %(chain)s AND seq = %(seq)s", column or "seq", seq=seq) > 0

    def _rechain(self, start: int) -> None:
        before = self._rows(start - 1)[0].hash if start > 1 else genesis(self._chain).hash
        for row in self._rows(start):
            fresh = link_hash(before, row)
            self._run(_RELINK, before=before, fresh=fresh, seq=row.seq)
            before = fresh
        self._set_head(self.length)

    def _shift(self, start: int, by: int) -> None:
        statement: LiteralString = "UPDATE {table} SET seq = seq + %(by)s WHERE chain = %(chain)s AND seq >= %(start)s"
        self._on_both(statement, start=start, by=_FAR)
        self._on_both(statement, start=_FAR, by=by - _FAR)

    def _delete(self, first: int, last: int) -> None:
        self._on_both(
            "DELETE FROM {table} WHERE chain = %(chain)s AND seq BETWEEN %(first)s AND %(last)s", first=first, last=last
        )

    def _set_head(self, seq: int) -> None:
        self._run(_HEAD, seq=seq, genesis=genesis(self._chain).hash)

    def _rows(self, start: int) -> list[Row]:
        rows = self._connection.execute(_ROWS, {"chain": self._chain, "start": start}).fetchall()
        return [Row._make(values) for values in rows]

    def _on_both(self, statement: LiteralString, **values: object) -> None:
        for table in ("audit_entry", "audit_subject"):
            self._connection.execute(
                sql.SQL(statement).format(table=sql.Identifier(table)), {"chain": self._chain, **values}
            )

    def _run(self, statement: LiteralString, column: str = "seq", **values: object) -> int:
        query = sql.SQL(statement).format(column=sql.Identifier(column))
        return self._connection.execute(query, {"chain": self._chain, **values}).rowcount
