"""The page ``docs/own-files.md``, written from the declarations that the readers use.

Whoever adds or changes a template writes it anew::

    .venv/bin/python -m ingest.own.page
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from config.settings import PROJECT_DIR
from ingest.own.declare import Template
from ingest.own.templates import TEMPLATES
from ingest.own.write import EXPLAINED, explained, named_in_region_file

PAGE: Final = PROJECT_DIR / "docs" / "own-files.md"
COMMAND: Final = ".venv/bin/python -m ingest.own.page"

HEAD: Final = f"""# Files of an authority's own

Written from the declarations that the readers use, by `{COMMAND}`.

What an authority knows and no publisher has, it gives as files. They stay on its own machine.
Each is named in the region file by the id below, with its path from where the atlas is started
(or from the mirror folder); several files of one kind are read one after the other, and of two
that have the same row the first one named wins:

    [own_files]
    rolls = ["rolls_2025.csv", "rolls_2024.xlsx"]
    housing = ["housing.csv"]

`atlas template` lists the kinds; `atlas template rolls rolls.xlsx` writes an empty file with a
sheet that explains every column (`rolls.csv` writes a CSV and a text beside it; `--wide` a column
for every year group). Any other table with a place in it can be added too: see [tables of any
kind](any-table.md).

- **Tables** are CSV (commas, semicolons or tabs; UTF-8 or as an old spreadsheet saves it) or
  workbooks (XLSX, XLS, ODS: the sheet with the header is found). Titles may stand above the
  header; columns may come in any order, and capitals, spaces, hyphens and underscores in headings
  do not matter. Columns that are not listed here are not read, and the issue log says so.
- **Outlines** are GeoJSON, GeoPackage or a zipped Shapefile, in any reference system they name.
  `atlas template planning_areas` writes an empty GeoPackage with the right columns, to draw in.
- **A cell that cannot be right stops the build**, which names its row and column, as a
  spreadsheet counts, up to ten of them; the build in use goes on serving. Nothing is guessed.
- **A blank, a 0 and a mark differ.** Where a number is blank, the table says what that means. The
  marks of official statistics may stand for a number: `c` hidden, `z` does not apply, `x` not
  known.
- **A list of persons is refused** before it is copied: a table with a heading such as a surname, a
  date of birth or a pupil number. Only `own_counts` takes a file of pupils, and keeps no copy.
- **Schools** that are neither in the region nor in its border are left out, and the issue log
  says so.
"""


def page(templates: Sequence[Template]) -> str:
    """Write the page: a list of all kinds of file, then each, column by column."""
    lines = ["| id | file |", "|---|---|"]
    lines += [f"| [`{each.id}`](#{each.id}) | {each.title} |" for each in templates]
    return "\n".join([HEAD, *lines, "", *(_section(each) for each in templates)])


def _section(template: Template) -> str:
    lines = [f"## {template.id}", "", f"{template.title}. {template.says}", ""]
    lines += [f"| {' | '.join(EXPLAINED)} |", f"|{'---|' * len(EXPLAINED)}"]
    lines += [f"| {' | '.join(_cells(explained(each)))} |" for each in template.columns]
    headings = [
        f"`{column.name}` may also be headed {', '.join(f'`{other}`' for other in column.also)}"
        for column in template.columns
        if column.also
    ]
    spelt = [
        f"`{column.name}` takes {', '.join(f'`{word}`' for word in column.choices)}"
        for column in template.columns
        if column.choices
    ]
    notes = [*template.notes, *headings, *spelt, named_in_region_file(template)]
    lines += ["", *(f"- {note.rstrip('.')}." for note in notes), ""]
    return "\n".join(lines)


def _cells(texts: Sequence[str]) -> list[str]:
    first, *others = (text.replace("|", "\\|") for text in texts)
    return [f"`{first}`", *others]


def write(path: Path = PAGE) -> None:
    """Write the page."""
    path.write_text(page(TEMPLATES), encoding="utf-8")


if __name__ == "__main__":
    write()
