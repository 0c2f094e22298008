import { describe, expect, it } from 'vitest';
import type { Measure, MeasureValues } from '../api/types';
import { csv } from './csv';
import { sorted, turned } from './sort';
import { areaRows, areasTable } from './tables';

describe('a table', () => {
  it('sorts numbers as numbers and words as words, missing ones last both ways', () => {
    const cell = (row: { n: number | null }) => row.n;
    const rows = [{ n: 10 }, { n: null }, { n: 9 }];
    expect(sorted(rows, cell, false).map(cell)).toEqual([9, 10, null]);
    expect(sorted(rows, cell, true).map(cell)).toEqual([10, 9, null]);
    expect(sorted(['b', 'A', 'a 10', 'a 9'], (word) => word, false)).toEqual(['A', 'a 9', 'a 10', 'b']);
  });

  it('turns round when the same heading is pressed again', () => {
    const up = turned(null, 'name');
    expect(up).toEqual({ column: 'name', isDown: false });
    expect(turned(up, 'name').isDown).toBe(true);
    expect(turned(turned(up, 'name'), 'pupils')).toEqual({ column: 'pupils', isDown: false });
  });

  it('prints why an area has no value', () => {
    const values: MeasureValues = {
      measure: 'children',
      kind: 'lsoa21',
      codes: ['E01000001', 'E01000002'],
      values: [12, null],
      status: ['measured', 'suppressed'],
      is_outside: [false, false],
      classes: null,
    };
    const rows = areaRows(values, []);
    const measure = { measure: 'children', title: 'Children', decimals: 0 } as Measure;
    const value = areasTable(rows, measure).columns.find((column) => column.name === 'children');
    expect(rows.map((row) => value?.text?.(row))).toEqual(['12', 'hidden to protect people']);
  });
});

describe('a file of a table', () => {
  it('quotes what must be quoted and leaves missing cells empty', () => {
    expect(csv(['name', 'pupils'], [['St John, "Lower"', 3], ['b', null]])).toBe(
      'name,pupils\r\n"St John, ""Lower""",3\r\nb,\r\n',
    );
  });

  it('cannot make a spreadsheet run a formula', () => {
    expect(csv(['name'], [['=1+1']])).toBe("name\r\n'=1+1\r\n");
    expect(csv(['degrees'], [[-1]])).toBe('degrees\r\n-1\r\n');
  });
});
