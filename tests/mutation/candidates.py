"""Every single change that could be made to a source file: mutmut's, and those that a careless hand makes.

Left alone is what no behaviour hangs on: docstrings, annotations, variables of types, texts that people read, lines of
the service log.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any, Final

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators

#: What is said to people, or to who reads the service log: tests of behaviour do not hold every word of it.
_SAID: Final = frozenset(
    {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "debug", "info", "warning", "exception"}
)
#: What declares a variable of a type: nothing happens by it.
_OF_TYPES: Final = frozenset({"TypeVar", "ParamSpec"})
_TEXT_ARGUMENTS: Final = frozenset({"help_text", "verbose_name", "verbose_name_plural", "description", "hint"})


@dataclass(frozen=True, slots=True)
class Change:
    """One change: the line it is on (from 1), what stood there, what stands there now, and the whole file with it."""

    line: int
    before: str
    after: str
    source: str


class Changes:
    """All that can be made to one file; a file is only written anew for those that are asked for."""

    def __init__(self, source: str) -> None:
        self._source = source
        wrapper = MetadataWrapper(cst.parse_module(source), unsafe_skip_copy=True)
        finder = _Finder()
        wrapper.visit(finder)
        self._module, self._found = wrapper.module, finder.found

    @property
    def lines(self) -> list[int]:
        """The lines that something can be changed on."""
        return sorted({line for line, _, _ in self._found})

    def drawn(self, random: Random) -> Change | None:
        """Any line as likely as another, and any change of it; None where that one would change nothing."""
        chosen = random.choice(self.lines)
        line, node, changed = random.choice([found for found in self._found if found[0] == chosen])
        module = self._module.deep_replace(node, changed)
        code = module.code if isinstance(module, cst.Module) else self._source
        if code == self._source:
            return None
        return Change(line, _code(self._module, node), _code(self._module, changed), code)


def _code(module: cst.Module, node: cst.CSTNode) -> str:
    return " ".join(module.code_for_node(node).split())[:160]


class _Finder(cst.CSTVisitor):
    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, cst.CSTNode, Any]] = []
        self._around: list[cst.CSTNode] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        """False below what is left alone."""
        if _is_left_alone(node):
            return False
        if not self._declares():
            self.found += [(self._line(node), node, changed) for changed in _changed(node)]
        if isinstance(node, cst.FunctionDef | cst.ClassDef):
            self._around.append(node)
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        if self._around and self._around[-1] is original_node:
            self._around.pop()

    def _declares(self) -> bool:
        """A class's own lines name fields and values: the database and the types hold those."""
        return bool(self._around) and isinstance(self._around[-1], cst.ClassDef)

    def _line(self, node: cst.CSTNode) -> int:
        position: Any = self.get_metadata(PositionProvider, node)
        return int(position.start.line)


def _is_left_alone(node: cst.CSTNode) -> bool:
    if isinstance(node, cst.Annotation | cst.Decorator | cst.Import | cst.ImportFrom | cst.Assert):
        return True
    if isinstance(node, cst.SimpleStatementLine) and len(node.body) == 1 and isinstance(node.body[0], cst.Expr):
        return isinstance(node.body[0].value, cst.SimpleString | cst.ConcatenatedString)
    if isinstance(node, cst.Assign):
        return isinstance(node.value, cst.Call) and _called(node.value) in _OF_TYPES
    if isinstance(node, cst.Arg):
        return node.keyword is not None and node.keyword.value in _TEXT_ARGUMENTS
    return isinstance(node, cst.Call) and _called(node) in _SAID


def _called(call: cst.Call) -> str:
    if isinstance(call.func, cst.Attribute):
        return call.func.attr.value
    return call.func.value if isinstance(call.func, cst.Name) else ""


def _changed(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    for kind, operator in mutation_operators:
        if isinstance(node, kind):
            yield from operator(node)
    if isinstance(node, cst.FunctionDef):
        yield from _without_a_decorator(node)
    if isinstance(node, cst.SimpleStatementLine):
        yield from _left_out(node)
    if isinstance(node, cst.If | cst.While | cst.IfExp):
        yield node.with_changes(test=_negated(node.test))
    if isinstance(node, cst.Call) and _called(node) == "select_for_update" and isinstance(node.func, cst.Attribute):
        yield node.with_changes(func=node.func.with_changes(attr=cst.Name("all")), args=[])


def _left_out(line: cst.SimpleStatementLine) -> Iterator[cst.SimpleStatementLine]:
    """A call made for what it does, and a refusal: forgotten."""
    only = line.body[0]
    if (isinstance(only, cst.Expr) and isinstance(only.value, cst.Call)) or isinstance(only, cst.Raise):
        yield line.with_changes(body=[cst.Pass()])


def _negated(test: cst.BaseExpression) -> cst.BaseExpression:
    inner = test.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])
    return cst.UnaryOperation(cst.Not(), inner, lpar=[cst.LeftParen()], rpar=[cst.RightParen()])


def _without_a_decorator(node: cst.FunctionDef) -> Iterator[cst.FunctionDef]:
    for place in range(len(node.decorators)):
        yield node.with_changes(decorators=[*node.decorators[:place], *node.decorators[place + 1 :]])
