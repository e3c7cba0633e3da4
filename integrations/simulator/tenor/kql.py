"""Reading a query in Kibana's query language (KQL), with the ranges in square brackets that Tenor adds to it.

    query    any of: all of: not, a query in parentheses, or a check
    check    field: value   field >= bound   field: [low to high]   field: (value or value)
             tenorRelasjoner.freg: {query}   value alone, which any field may have
    value    "a phrase", words of which one is enough, or words with wildcards; * alone is any value at all

and, or, not and to may be written in capitals. And binds closer than or, not closer than both.
"""

from collections.abc import Callable
from typing import Final

from integrations.simulator.tenor.queries import (
    RELATIONS,
    AllOf,
    AnyOf,
    Check,
    Literal,
    Not,
    Query,
    Range,
    Related,
    Unreadable,
    Word,
)
from integrations.simulator.tenor.tokens import Token, tokens_of

_DEEPEST: Final = 30
_COMPARISONS: Final = frozenset({"<", "<=", ">", ">="})
_ANYTHING: Final = "*"


def read_query(text: str) -> Query:
    """Parses a query; an empty one means everybody. Raises Unreadable."""
    reader = _Reader(text)
    if reader.is_done:
        return AllOf()
    query = reader.any_of("")
    if not reader.is_done:
        raise Unreadable(reader.next.place, "Ventet AND, OR eller slutten på søket.")
    return query


class _Reader:
    """Reads the tokens once. next: the first that is not read yet."""

    def __init__(self, text: str) -> None:
        self._tokens = tokens_of(text)
        self._depth = 0
        self._is_about_relative = False
        self.next = next(self._tokens)

    @property
    def is_done(self) -> bool:
        return self.next.kind == "end"

    def any_of(self, field: str) -> Query:
        """One or more parts joined by "or". field: the field whose values stand here; "" where checks stand."""
        parts = [self._all_of(field)]
        while self._take("keyword", "or"):
            parts.append(self._all_of(field))
        return AnyOf(tuple(parts)) if len(parts) > 1 else parts[0]

    def _all_of(self, field: str) -> Query:
        parts = [self._one(field)]
        while self._take("keyword", "and"):
            parts.append(self._one(field))
        return AllOf(tuple(parts)) if len(parts) > 1 else parts[0]

    def _one(self, field: str) -> Query:
        if self._take("keyword", "not"):
            return Not(self._deeper(self._one, field))
        if self._take("sign", "("):
            return self._until(")", field)
        place, literal = self.next.place, self._literal()
        if field:
            return Check(field, literal, place)
        return self._check(literal, place)

    def _check(self, literal: Literal, place: int) -> Query:
        """A check that begins with a literal: of the field it names, or of every field."""
        sign = self.next.text if self.next.kind == "sign" else ""
        if sign != ":" and sign not in _COMPARISONS:
            return Check("", literal, place)
        if len(literal.words) != 1:
            raise Unreadable(self.next.place, "Ventet AND, OR eller slutten på søket; et feltnavn er ett ord.")
        self._advance()
        name = literal.text
        return self._value_of(name, place) if sign == ":" else Check(name, self._bounded(sign), place)

    def _value_of(self, field: str, place: int) -> Query:
        """What follows a field and its colon."""
        if self._take("sign", "("):
            return self._until(")", field)
        if self._take("sign", "["):
            return Check(field, self._interval(), place)
        if self.next.kind == "sign" and self.next.text == "{":
            return self._related(field, place)
        literal = self._literal()
        if field == RELATIONS and literal.is_anything and not self._is_about_relative:
            return Related(AllOf())
        return Check(field, literal, place)

    def _related(self, field: str, place: int) -> Query:
        """A query about a relative. Tenor stores a relative without relatives, so it cannot be nested."""
        if field != RELATIONS or self._is_about_relative:
            raise Unreadable(place, f"Bare {RELATIONS} har felter i seg.")
        self._advance()
        self._is_about_relative = True
        query = self._until("}", "")
        self._is_about_relative = False
        return Related(query)

    def _until(self, closing: str, field: str) -> Query:
        query = self._deeper(self.any_of, field)
        if not self._take("sign", closing):
            raise Unreadable(self.next.place, f"Ventet AND, OR eller {closing}")
        return query

    def _deeper(self, read: Callable[[str], Query], field: str) -> Query:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Unreadable(self.next.place, "For mange parenteser i hverandre.")
        query = read(field)
        self._depth -= 1
        return query

    def _interval(self) -> Range:
        low = self._bound()
        if not self._take("keyword", "to"):
            raise Unreadable(self.next.place, "Ventet TO.")
        high = self._bound()
        if not self._take("sign", "]"):
            raise Unreadable(self.next.place, "Ventet ]")
        return Range(low, high)

    def _bounded(self, sign: str) -> Range:
        bound = self._bound()
        inclusive = sign.endswith("=")
        return Range(high=bound, with_high=inclusive) if "<" in sign else Range(low=bound, with_low=inclusive)

    def _bound(self) -> str | None:
        """One word or phrase as a bound; a wildcard is none."""
        token = self.next
        if token.kind not in {"word", "phrase"}:
            raise Unreadable(token.place, "Ventet en verdi.")
        self._advance()
        return None if token.kind == "word" and token.text == _ANYTHING else token.text

    def _literal(self) -> Literal:
        """A phrase, or all words that follow each other."""
        token = self.next
        if token.kind not in {"word", "phrase"}:
            raise Unreadable(token.place, "Ventet et felt eller en verdi.")
        self._advance()
        if token.kind == "phrase":
            return Literal(token.words, quoted=True)
        return Literal((*token.words, *self._more_words()))

    def _more_words(self) -> list[Word]:
        words: list[Word] = []
        while self.next.kind == "word":
            words += self._advance().words
        return words

    def _take(self, kind: str, text: str) -> bool:
        """Whether this is the next token. If so, it is read."""
        if self.next.kind != kind or self.next.text != text:
            return False
        self._advance()
        return True

    def _advance(self) -> Token:
        token, self.next = self.next, next(self._tokens, self.next)
        return token
