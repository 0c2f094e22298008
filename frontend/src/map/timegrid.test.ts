import { describe, expect, it } from 'vitest';
import { channels, moved, strideFor } from './gridlayer';
import {
  boundsWithin,
  mercator,
  meshOf,
  minuteLabels,
  minutesAt,
  positionAt,
  readTimeGrid,
} from './timegrid';

const FAR = 255;
/** Four columns, three rows, the southernmost first. */
const CELLS = [
  [FAR, 3, 4, FAR],
  [2, 1, 2, 6],
  [FAR, 2, FAR, FAR],
];

/** A file as the server writes it: a degree is ten cells wide and ten high. */
function file(cells: readonly number[][] = CELLS): ArrayBuffer {
  const [rows, columns] = [cells.length, cells[0]?.length ?? 0];
  const lattice = [0, 0.5, 1].map((down) =>
    [0, 1].map((across) => [(across * columns) / 10, 50 + ((1 - down) * rows) / 10]),
  );
  const header = { columns, rows, cell_m: 20, limit_minutes: 9, not_reached: FAR, lattice, crs: 'EPSG:27700' };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + rows * columns);
  bytes.set(new TextEncoder().encode('ATG1'));
  new DataView(bytes.buffer).setUint32(4, text.length, true);
  bytes.set(text, 8);
  bytes.set(cells.flat(), 8 + text.length);
  return bytes.buffer;
}

const close = (found: readonly number[] | null, wanted: readonly number[]): void => {
  expect(found).toHaveLength(wanted.length);
  wanted.forEach((number, i) => expect(found![i]).toBeCloseTo(number, 9));
};

describe('a time grid', () => {
  it('is read row by row from the south west', () => {
    const grid = readTimeGrid(file());
    expect(grid.header.cell_m).toBe(20);
    expect(minutesAt(grid, 1, 1)).toBe(1);
    expect(minutesAt(grid, 3, 1)).toBe(6);
    expect(minutesAt(grid, 1, 2)).toBe(2);
    expect(minutesAt(grid, 0, 0)).toBeNull();
    expect(minutesAt(grid, 4, 0)).toBeNull();
  });

  it('is refused where it is none, or not whole', () => {
    expect(() => readTimeGrid(new ArrayBuffer(3))).toThrow('no time grid');
    expect(() => readTimeGrid(new TextEncoder().encode('<!doctype html>').buffer)).toThrow('no time grid');
    expect(() => readTimeGrid(file().slice(0, -1))).toThrow('11 cells for 3 rows of 4');
  });

  it('is framed by what is within the limit alone', () => {
    const grid = readTimeGrid(file());
    close(boundsWithin(grid, 1), [0.1, 50.1, 0.2, 50.2]);
    close(boundsWithin(grid, 2), [0, 50.1, 0.3, 50.3]);
    close(boundsWithin(grid, 5), [0, 50, 0.3, 50.3]);
    close(boundsWithin(grid, 6), [0, 50, 0.4, 50.3]);
    expect(boundsWithin(grid, 0)).toBeNull();
  });

  it('may be empty', () => {
    const grid = readTimeGrid(file([]));
    expect(boundsWithin(grid, 60)).toBeNull();
    expect(minuteLabels(grid, [10])).toEqual([]);
  });

  it('has minutes written at the farthest cells of each band', () => {
    const labels = minuteLabels(readTimeGrid(file()), [2, 6]);
    expect(new Set(labels.map((label) => label.minutes))).toEqual(new Set([2, 6]));
    const eastmost = Math.max(...labels.filter((one) => one.minutes === 6).map((one) => one.at[0]!));
    expect(eastmost).toBeCloseTo(0.35);
  });

  it('lies where its lattice says, also between its places', () => {
    const { header } = readTimeGrid(file());
    close(positionAt(header, 0, 0), [0, 50]);
    close(positionAt(header, 4, 3), [0.4, 50.3]);
    close(positionAt(header, 1, 0.75), [0.1, 50.075]);
  });
});

describe('a time grid on the map', () => {
  it('is a mesh whose corners carry their places in cells', () => {
    const { header } = readTimeGrid(file());
    const { centre, corners, triangles } = meshOf(header);
    expect(triangles).toHaveLength(2 * 2 * 3);
    expect(corners).toHaveLength(6 * 4);
    const [x, y, column, row] = corners;
    expect([column, row]).toEqual([0, 3]);
    expect(centre[0] + x!).toBeCloseTo(0.5, 6);
    expect(centre[1] + y!).toBeCloseTo(mercator(50.3), 6);
    expect([...corners.slice(-2)]).toEqual([4, 0]);
  });

  it('keeps its place when the origin of the matrix moves to its middle', () => {
    const matrix = [2, 0, 0, 0, 0, 3, 0, 0, 0, 0, 1, 0, 5, 7, 0, 1];
    const [x, y] = [0.25, 0.5];
    const out = moved(matrix, [x, y]);
    expect([out[12], out[13], out[15]]).toEqual([2 * x + 5, 3 * y + 7, 1]);
  });

  it('is looked at more coarsely from far away', () => {
    expect([0.1, 1, 1.5, 3, 9].map(strideFor)).toEqual([1, 1, 2, 4, 16]);
  });

  it('gives colours as shares of one', () => {
    expect(channels('#ff8000').map((share) => Math.round(share * 255))).toEqual([255, 128, 0]);
  });
});
