/**
 * Time grids: the minutes to every place in reach, one byte a cell (`docs/time-grid.md`). Whoever
 * has the grid draws any band up to its limit without asking again.
 */
import type { Position } from 'geojson';
import type { Bounds, GridHeader } from '../api/types';

const MAGIC = 'ATG1';
const LENGTH_AT = 4;
const HEADER_AT = 8;

export interface TimeGrid {
  header: GridHeader;
  /** Row by row, the southernmost first, each from the west: whole minutes, rounded up. */
  minutes: Uint8Array;
  /** For each minute and direction, the cell farthest out that is reached in that minute; -1 where none is. */
  farthest: Int32Array;
}

/** Steps east and north towards which the edge of a band is looked for. */
const DIRECTIONS: readonly [number, number][] = [
  [0, 1],
  [1, 0],
  [0, -1],
  [-1, 0],
  [0.7, 0.7],
  [-0.7, -0.7],
];
const [NORTH, EAST, SOUTH, WEST] = [0, 1, 2, 3];

/** Read a time grid file. */
export function readTimeGrid(file: ArrayBuffer): TimeGrid {
  const text = new TextDecoder();
  if (file.byteLength < HEADER_AT || text.decode(file.slice(0, LENGTH_AT)) !== MAGIC)
    throw new Error('This is no time grid.');
  const start = HEADER_AT + new DataView(file).getUint32(LENGTH_AT, true);
  const header = JSON.parse(text.decode(file.slice(HEADER_AT, start))) as GridHeader;
  const minutes = new Uint8Array(file, start);
  if (minutes.length !== header.columns * header.rows)
    throw new Error(`${minutes.length} cells for ${header.rows} rows of ${header.columns}.`);
  return { header, minutes, farthest: farthestOf(header, minutes) };
}

function farthestOf({ columns, rows, not_reached }: GridHeader, minutes: Uint8Array): Int32Array {
  const found = new Int32Array(256 * DIRECTIONS.length).fill(-1);
  const far = new Float64Array(found.length).fill(-Infinity);
  let cell = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, cell++) {
      const minute = minutes[cell]!;
      if (minute === not_reached) continue;
      for (let i = 0; i < DIRECTIONS.length; i++) {
        const along = column * DIRECTIONS[i]![0] + row * DIRECTIONS[i]![1];
        const at = minute * DIRECTIONS.length + i;
        if (along > far[at]!) [far[at], found[at]] = [along, cell];
      }
    }
  }
  return found;
}

/** The cells farthest out within so many minutes, one a direction; none where nothing is reached. */
function farthestWithin(grid: TimeGrid, limit: number): number[] {
  const { columns } = grid.header;
  const along = (cell: number, [east, north]: readonly [number, number]): number =>
    (cell % columns) * east + Math.floor(cell / columns) * north;
  return DIRECTIONS.map((direction, i) => {
    let best = -1;
    for (let minute = 0; minute <= limit; minute++) {
      const cell = grid.farthest[minute * DIRECTIONS.length + i]!;
      if (cell >= 0 && (best < 0 || along(cell, direction) > along(best, direction))) best = cell;
    }
    return best;
  }).filter((cell) => cell >= 0);
}

/** Longitude and latitude of a place of the grid, counted in cells from its south-west corner. */
export function positionAt({ lattice, columns, rows }: GridHeader, east: number, north: number): [number, number] {
  const [down, across] = [lattice.length - 1, lattice[0]!.length - 1];
  const [x, y] = [(east / columns) * across, (1 - north / rows) * down];
  const [column, row] = [Math.min(across - 1, Math.floor(x)), Math.min(down - 1, Math.floor(y))];
  const [right, low] = [x - column, y - row];
  const mix = (i: 0 | 1): number => {
    const at = (r: number, c: number): number => lattice[r]![c]![i]!;
    const top = at(row, column) * (1 - right) + at(row, column + 1) * right;
    const bottom = at(row + 1, column) * (1 - right) + at(row + 1, column + 1) * right;
    return top * (1 - low) + bottom * low;
  };
  return [mix(0), mix(1)];
}

/** West, south, east, north of what is reached within so many minutes; `null` where nothing is. */
export function boundsWithin(grid: TimeGrid, limit: number): Bounds | null {
  const cells = farthestWithin(grid, limit);
  if (cells.length === 0) return null;
  const { columns } = grid.header;
  const [left, right] = [cells[WEST!]! % columns, (cells[EAST!]! % columns) + 1];
  const row = (direction: number): number => Math.floor(cells[direction]! / columns);
  const [bottom, top] = [row(SOUTH!), row(NORTH!) + 1];
  const corners = [left, right].flatMap((east) =>
    [bottom, top].map((north) => positionAt(grid.header, east, north)),
  );
  const [lons, lats] = [corners.map(([lon]) => lon), corners.map(([, lat]) => lat)];
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

export interface MinuteLabel {
  minutes: number;
  at: Position;
}

/** Places at the edge of each band, farthest out in several directions, to write its minutes at. */
export function minuteLabels(grid: TimeGrid, bands: readonly number[]): MinuteLabel[] {
  const { columns } = grid.header;
  return bands.flatMap((minutes) =>
    farthestWithin(grid, minutes).map((cell) => ({
      minutes,
      at: positionAt(grid.header, (cell % columns) + 0.5, Math.floor(cell / columns) + 0.5),
    })),
  );
}

/** The byte of the cell that a place lies in; `null` outside the grid. For tests and readers of it. */
export function minutesAt(grid: TimeGrid, column: number, row: number): number | null {
  const { columns, rows, not_reached } = grid.header;
  if (column < 0 || row < 0 || column >= columns || row >= rows) return null;
  const minutes = grid.minutes[row * columns + column]!;
  return minutes === not_reached ? null : minutes;
}

/** Northing of a latitude, 0 to 1 from the north, on the map's square world. */
export function mercator(lat: number): number {
  return 0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);
}

export interface Mesh {
  /** The middle that positions are counted from: the world's own are too large for a graphics card. */
  centre: [number, number];
  /** For each corner: east and south of the middle in worlds, then the place in cells. */
  corners: Float32Array;
  /** Three corners a triangle. */
  triangles: Uint16Array;
}

/** Lay the grid over the map: flat triangles between the places whose degrees are known. */
export function meshOf({ lattice, columns, rows }: GridHeader): Mesh {
  const [down, across] = [lattice.length, lattice[0]!.length];
  const world = lattice.flat().map(([lon, lat]) => [(lon! + 180) / 360, mercator(lat!)] as const);
  const [first, last] = [world[0]!, world.at(-1)!];
  const centre: [number, number] = [(first[0] + last[0]) / 2, (first[1] + last[1]) / 2];
  const corners = new Float32Array(
    world.flatMap(([x, y], i) => [
      x - centre[0],
      y - centre[1],
      ((i % across) / (across - 1)) * columns,
      (1 - Math.floor(i / across) / (down - 1)) * rows,
    ]),
  );
  const triangles: number[] = [];
  for (let row = 0; row < down - 1; row++)
    for (let column = 0; column < across - 1; column++) {
      const at = row * across + column;
      triangles.push(at, at + 1, at + across, at + 1, at + across + 1, at + across);
    }
  return { centre, corners, triangles: new Uint16Array(triangles) };
}
