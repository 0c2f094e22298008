/** The tables of the drawer: what the map shows, as columns and rows. */
import type { Area, Measure, MeasureValues, Mode, ReachedSchool, Status, UncoveredSchool } from '../api/types';
import type { SymbolRow } from '../map/symbols';
import { figure } from '../words/format';
import { MODE_WORDS } from '../words/modes';
import { STATUS_WORDS, PHASE_WORDS, SCHOOL_STATUS_WORDS, SECTOR_WORDS } from '../words/terms';
import type { Cell } from './sort';

export interface Column<Row> {
  name: string;
  title: string;
  /** What is sorted by and written to the file. */
  cell: (row: Row) => Cell;
  /** What is printed, where it is not the cell itself. */
  text?: (row: Row) => string;
  isNumber?: boolean;
  /** Why the cell is there or missing; a column of its own in the file. */
  status?: (row: Row) => Status;
}

/** Columns as the file has them: beside a figure that can be missing, its status. */
export function fileColumns<Row>(columns: readonly Column<Row>[]): Pick<Column<Row>, 'name' | 'cell'>[] {
  return columns.flatMap(({ name, cell, status }) =>
    status ? [{ name, cell }, { name: `${name}_status`, cell: status }] : [{ name, cell }],
  );
}

export interface Table<Row> {
  title: string;
  columns: Column<Row>[];
  rows: Row[];
  key: (row: Row) => string;
  /** The school or area a row stands for. */
  urn?: (row: Row) => number;
  code?: (row: Row) => string;
  fileName: string;
  /** Columns of the file that the screen does without: codes to join by. */
  only?: Pick<Column<Row>, 'name' | 'cell'>[];
}

const number = (value: number | null, decimals = 0): string => figure(value, decimals);

export function schoolsTable(rows: SymbolRow[]): Table<SymbolRow> {
  return {
    title: 'Schools in view',
    fileName: 'schools.csv',
    rows,
    key: (row) => String(row.urn),
    urn: (row) => row.urn,
    columns: [
      { name: 'name', title: 'School', cell: (row) => row.name },
      { name: 'phase', title: 'Phase', cell: (row) => PHASE_WORDS[row.phase] },
      { name: 'sector', title: 'Sector', cell: (row) => SECTOR_WORDS[row.sector] },
      {
        name: 'pupils',
        title: 'Pupils',
        cell: (row) => row.pupils,
        text: (row) => (row.pupils === null ? 'not available' : number(row.pupils)),
        isNumber: true,
      },
      {
        name: 'capacity_pupils',
        title: 'Places',
        cell: (row) => row.capacity_pupils,
        text: (row) => (row.capacity_pupils === null ? 'not available' : number(row.capacity_pupils)),
        isNumber: true,
      },
      { name: 'type', title: 'Type', cell: (row) => row.type },
      { name: 'status', title: 'Status', cell: (row) => SCHOOL_STATUS_WORDS[row.status] },
    ],
  };
}

export type ReachRow = ReachedSchool | UncoveredSchool;

const minutesOf = (row: ReachRow): number | null => ('minutes' in row ? row.minutes : null);
const metresOf = (row: ReachRow): number | null => ('metres' in row ? row.metres : null);
const straightOf = (row: ReachRow): number | null =>
  'straight_line_m' in row ? row.straight_line_m : null;
const orStatus = (value: number | null, status: Status): string =>
  value === null ? STATUS_WORDS[status] : number(value);

const STRAIGHT: Column<ReachRow> = {
  name: 'straight_line_m',
  title: 'Metres, straight line',
  cell: straightOf,
  text: (row) => number(straightOf(row)),
  isNumber: true,
};

/** The place that journeys of a table start at, or go to. */
export interface Place {
  label: string;
  isGoal: boolean;
}

export function reachTable(rows: ReachRow[], { label, isGoal }: Place, mode: Mode): Table<ReachRow> {
  const word = isGoal ? 'to' : 'from';
  return {
    title: `Schools by minutes ${MODE_WORDS[mode].by} ${word} ${label}`,
    fileName: `${mode}-${word}-${label.replace(/[^\w.-]+/g, '-')}.csv`,
    only: [
      { name: 'urn', cell: (row) => row.urn },
      { name: word, cell: () => label },
      { name: 'mode', cell: () => mode },
    ],
    rows,
    key: (row) => String(row.urn),
    urn: (row) => row.urn,
    columns: [
      { name: 'name', title: 'School', cell: (row) => row.name },
      {
        name: 'minutes',
        title: 'Minutes',
        cell: minutesOf,
        text: (row) => (minutesOf(row) === null ? 'beyond our streets' : number(minutesOf(row), 1)),
        isNumber: true,
      },
      {
        name: 'metres',
        title: MODE_WORDS[mode].metres,
        cell: metresOf,
        text: (row) => number(metresOf(row)),
        isNumber: true,
      },
      ...(rows.some((row) => straightOf(row) !== null) ? [STRAIGHT] : []),
      { name: 'phase', title: 'Phase', cell: (row) => PHASE_WORDS[row.phase] },
      { name: 'sector', title: 'Sector', cell: (row) => SECTOR_WORDS[row.sector] },
      {
        name: 'pupils',
        title: 'Pupils',
        cell: (row) => row.pupils,
        text: (row) => orStatus(row.pupils, row.pupils_status),
        status: (row) => row.pupils_status,
        isNumber: true,
      },
      {
        name: 'capacity_pupils',
        title: 'Places',
        cell: (row) => row.capacity_pupils,
        text: (row) => orStatus(row.capacity_pupils, row.capacity_pupils_status),
        status: (row) => row.capacity_pupils_status,
        isNumber: true,
      },
      { name: 'type', title: 'Type', cell: (row) => row.type },
    ],
  };
}

export interface AreaRow {
  code: string;
  name: string;
  value: number | null;
  status: Status;
}

export function areaRows(values: MeasureValues, areas: readonly Area[]): AreaRow[] {
  const names = new Map(areas.map((area) => [area.area_code, area.name]));
  return values.codes.map((code, i) => ({
    code,
    name: names.get(code) ?? code,
    value: values.values[i] ?? null,
    status: values.status[i] ?? 'unavailable',
  }));
}

export function areasTable(rows: AreaRow[], measure: Measure): Table<AreaRow> {
  return {
    title: `${measure.title}, ${measure.period}`,
    fileName: `${measure.measure}.csv`,
    rows,
    key: (row) => row.code,
    code: (row) => row.code,
    columns: [
      { name: 'name', title: 'Neighbourhood', cell: (row) => row.name },
      { name: 'area_code', title: 'Code', cell: (row) => row.code },
      {
        name: measure.measure,
        title: `${measure.title} (${measure.unit})`,
        cell: (row) => row.value,
        text: (row) =>
          row.value === null ? STATUS_WORDS[row.status] : number(row.value, measure.decimals ?? 0),
        isNumber: true,
      },
      { name: 'status', title: 'Status', cell: (row) => row.status.replaceAll('_', ' ') },
    ],
  };
}
