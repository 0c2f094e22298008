/** Order of a table's rows. */
export type Cell = string | number | null;

export interface Sorting {
  column: string;
  isDown: boolean;
}

const words = new Intl.Collator('en-GB', { numeric: true, sensitivity: 'base' });

function compare(a: Exclude<Cell, null>, b: Exclude<Cell, null>): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : words.compare(`${a}`, `${b}`);
}

/** Rows in order of one cell each; missing ones stay last whichever way the rest runs. */
export function sorted<T>(rows: readonly T[], cell: (row: T) => Cell, isDown: boolean): T[] {
  return [...rows].sort((rowA, rowB) => {
    const [a, b] = [cell(rowA), cell(rowB)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return isDown ? compare(b, a) : compare(a, b);
  });
}

/** A click on a heading: the same turns the order round, another starts upwards. */
export function turned(now: Sorting | null, column: string): Sorting {
  return { column, isDown: now?.column === column && !now.isDown };
}
