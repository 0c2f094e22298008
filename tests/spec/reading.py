"""What the hand-worked tests of this folder say, read from their source and that of the methods."""

from __future__ import annotations

import ast
import inspect
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import dedent

from tests.spec.cleaning import cleaned

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
OURS = ("planning", "ingest", "travel", "api")
NOT_BY_HAND = ("given(", "parametrize(", "default_rng(", "pytest.raises(")
"""What tests hold that work no case by hand: they prove many, draw at random, or refuse."""


SPELT = (
    *(("june", "June"), ("september", "September"), ("english", "English"), ("london", "London")),
    *(("authoritys", "authority's"), ("schools own", "schools' own"), ("cut off", "cut-off")),
    *(("all through", "all-through"), ("over full", "over-full"), ("three two one", "3:2:1")),
)
"""What the name of a test cannot spell."""

TIMES = re.compile(r"(?<=[\d)]) x (?=[\d(])")
"""A sign of multiplication, as it can be typed."""


@dataclass(frozen=True, slots=True)
class Used:
    """A function of a method that a test calls.

    Attributes:
        module: that defines it.
        name: of it.
        says: its docstring up to its arguments.
    """

    module: str
    name: str
    says: str


@dataclass(frozen=True, slots=True)
class Worked:
    """One test.

    Attributes:
        file: stem of the file it stands in.
        sentence: its name, as a sentence.
        says: its docstring.
        remark: the comment that its body begins with.
        code: the rest of its body, as a reader wants to see it.
        given: what it uses of its file: names, and how they are defined.
        uses: the functions it calls, the first one first.
        is_example: it works one case by hand, rather than refusing or proving many.
    """

    file: str
    sentence: str
    says: str
    remark: str
    code: str
    given: tuple[tuple[str, str], ...]
    uses: tuple[Used, ...]
    is_example: bool

    @property
    def about(self) -> str:
        """Return the module it is about: the one it calls most functions of."""
        called = Counter(each.module for each in self.uses)
        return called.most_common(1)[0][0] if called else ""


def worked_tests(folder: Path = FOLDER) -> list[Worked]:
    """Read every test of the folder, file by file in order of name."""
    return [each for path in sorted(folder.glob("test_*.py")) for each in _of_file(path)]


def _of_file(path: Path) -> Iterator[Worked]:
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    imported = _imports(tree)
    own = _own_names(tree, source)
    for test in tree.body:
        if isinstance(test, ast.FunctionDef) and test.name.startswith("test_"):
            yield _worked(path.stem, test, source, imported, own)


def _worked(
    file: str,
    test: ast.FunctionDef,
    source: str,
    imported: dict[str, str],
    own: dict[str, tuple[str, list[str]]],
) -> Worked:
    says = ast.get_docstring(test) or ""
    called = _names(test)
    given = _reached([name for name in called if name in own], own)
    called += [name for each in given for name in own[each][1]]
    body = test.body[1:] if says else test.body
    start = (test.body[0].end_lineno or 0) if says else _signature_ends(test, source)
    text = cleaned(source, body, after=start)
    remark, code = _parted(text)
    return Worked(
        file=file,
        sentence=_sentence(test.name),
        says=says,
        remark=remark,
        code=code,
        given=tuple((name, own[name][0]) for name in own if name in given),
        uses=tuple(_used(imported[name], name) for name in _called(called, imported)),
        is_example=not any(each in ast.unparse(test) for each in NOT_BY_HAND),
    )


def _sentence(name: str) -> str:
    """Write the name of a test as a sentence.

    >>> _sentence("test_births_of_twelve_months_to_june_become_those_of_a_school_year")
    'Births of twelve months to June become those of a school year.'
    """
    words = name.removeprefix("test_").replace("_", " ")
    for typed, spelt in SPELT:
        words = re.sub(rf"\b{typed}\b", spelt, words)
    return f"{words[0].upper()}{words[1:]}."


def _names(node: ast.AST) -> list[str]:
    """List the names that a piece of code reads, in the order they stand there."""
    found = [each for each in ast.walk(node) if isinstance(each, ast.Name)]
    return [each.id for each in sorted(found, key=lambda each: (each.lineno, each.col_offset))]


def _own_names(tree: ast.Module, source: str) -> dict[str, tuple[str, list[str]]]:
    """Return what a file defines beside its tests: its text, and the names it reads."""
    found = {}
    for node, after in zip(tree.body, [*tree.body[1:], ast.Pass()], strict=True):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                pass
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                if name.startswith("test_"):
                    continue
            case _:
                continue
        text = cleaned(source, [node], after=node.lineno - 1)
        match after:
            case ast.Expr(value=ast.Constant(value=str(said))):
                text = "\n".join([*(f"# {line}" for line in said.splitlines()), text])
        found[name] = (text, _names(node))
    return found


def _reached(names: list[str], own: dict[str, tuple[str, list[str]]]) -> list[str]:
    """Add the names that the definitions of these read in turn."""
    found: list[str] = []
    waiting = list(names)
    while waiting:
        name = waiting.pop(0)
        if name not in found:
            found.append(name)
            waiting += [each for each in own[name][1] if each in own]
    return found


def _signature_ends(test: ast.FunctionDef, source: str) -> int:
    """Return the line that a signature ends on; a comment may follow before the body begins."""
    lines = source.splitlines()
    last = test.lineno
    while not lines[last - 1].rstrip().endswith(":"):
        last += 1
    return last


def _parted(text: str) -> tuple[str, str]:
    """Part the comment that a body begins with from the code."""
    lines = text.splitlines()
    count = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    remark = " ".join(line.lstrip("# ") for line in lines[:count])
    return TIMES.sub(" × ", remark), "\n".join(lines[count:])


def _imports(tree: ast.Module) -> dict[str, str]:
    return {
        name.asname or name.name: node.module or ""
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }


def _called(names: list[str], imported: dict[str, str]) -> list[str]:
    """Choose the names of the atlas: its functions, or the classes where none is called."""
    ours = [
        name
        for name in dict.fromkeys(names)
        if imported.get(name, "").partition(".")[0] in OURS and not name.isupper()
    ]
    return [name for name in ours if name[0].islower()] or ours


def _used(module: str, name: str) -> Used:
    """Find the docstring of a function, also where a package passes its name on."""
    tree = _module(module)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name:
            return Used(module, name, _without_arguments(ast.get_docstring(node) or ""))
    passed_on = _imports(tree).get(name)
    return _used(passed_on, name) if passed_on else Used(module, name, "")


@cache
def _module(name: str) -> ast.Module:
    path = ROOT.joinpath(*name.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return ast.parse(path.read_text(encoding="utf-8"))


def module_says(name: str) -> str:
    """Return the docstring of a module."""
    return ast.get_docstring(_module(name)) or ""


def _without_arguments(docstring: str) -> str:
    """Keep a docstring up to its arguments, results, errors or examples."""
    text = re.split(r"\n\s*(?:Args|Returns|Raises|Yields|Attributes):\n|\n>>> ", docstring)[0]
    return inspect.cleandoc(dedent(text))
