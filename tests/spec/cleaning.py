"""Code of a test as a reader wants to see it: figures and what they must be, without apparatus."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from textwrap import dedent

ABOUT = "pytest.approx"
WRAPPERS = (ABOUT, "np.array", "np.asarray", "list")

Edit = tuple[int, int, bytes]
"""Where a piece of text begins and ends, in bytes, and what stands there instead."""


def cleaned(source: str, statements: Sequence[ast.stmt], *, after: int) -> str:
    """Return some statements of a file, with the comments between them.

    ``assert a == pytest.approx(b)`` becomes ``a ≈ b``, other assertions lose their keyword, and
    arrays are written as the lists that they are made of or turned into.

    Args:
        source: of the file.
        statements: that follow each other.
        after: the last line before them and their comments, counted from 1.
    """
    if not statements:
        return ""
    lines = source.encode().splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    text = source.encode()
    begin, end = starts[after], starts[statements[-1].end_lineno or 0]
    for first, last, instead in sorted(_edits(statements, text, starts), reverse=True):
        text = text[:first] + instead + text[last:]
        end += len(instead) - (last - first)
    return dedent(text[begin:end].decode()).strip("\n")


def _edits(statements: Sequence[ast.stmt], text: bytes, starts: Sequence[int]) -> Iterator[Edit]:
    for statement in statements:
        for node in ast.walk(statement):
            if isinstance(node, ast.Assert):
                yield from _without_assert(node, text, starts)
            elif isinstance(node, ast.Call) and node.args and ast.unparse(node.func) in WRAPPERS:
                yield from _without_call(node, starts)
            elif isinstance(node, ast.Call) and _is_list_made(node):
                yield _end(node.func.value, starts), _end(node, starts), b""


def _is_list_made(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr == "tolist"


def _without_assert(node: ast.Assert, text: bytes, starts: Sequence[int]) -> Iterator[Edit]:
    begin = _at(node, starts)
    last = _end(node.test, starts)
    # Brackets around a long condition stay; the message after it is for programmers.
    yield begin, begin + len(b"assert "), b""
    if node.msg is not None:
        yield last, _end(node.msg, starts), b""
    if isinstance(node.test, ast.Compare) and ABOUT in ast.unparse(node.test):
        left = _end(node.test.left, starts)
        right = _at(node.test.comparators[0], starts)
        between = text[left:right]
        yield left, right, between.replace(b"==", "≈".encode())


def _without_call(call: ast.Call, starts: Sequence[int]) -> Iterator[Edit]:
    yield _at(call, starts), _at(call.args[0], starts), b""
    yield _end(call.args[0], starts), _end(call, starts), b""


def _at(node: ast.expr | ast.stmt, starts: Sequence[int]) -> int:
    return starts[node.lineno - 1] + node.col_offset


def _end(node: ast.expr | ast.stmt, starts: Sequence[int]) -> int:
    return starts[(node.end_lineno or 1) - 1] + (node.end_col_offset or 0)
