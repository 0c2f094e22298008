import { describe, expect, it } from 'vitest';
import { moved } from './listkeys';
import { heightPx, restAt, stepped } from './sheet';

describe('a list under the keyboard', () => {
  it('moves one row at a time and stops at its ends', () => {
    expect(moved('ArrowDown', 0, 3)).toBe(1);
    expect(moved('ArrowDown', 2, 3)).toBe(2);
    expect(moved('ArrowUp', 0, 3)).toBe(0);
    expect(moved('End', 0, 3)).toBe(2);
    expect(moved('Home', 2, 3)).toBe(0);
  });

  it('leaves other keys alone, and all of them when it is empty', () => {
    expect(moved('Enter', 1, 3)).toBeNull();
    expect(moved('ArrowDown', 0, 0)).toBeNull();
  });
});

describe('the sheet on a phone', () => {
  it('rests at the nearest of three heights', () => {
    expect(restAt(100, 700)).toBe('peek');
    expect(restAt(400, 700)).toBe('half');
    expect(restAt(690, 700)).toBe('full');
  });

  it('steps up and down between them', () => {
    expect(stepped('peek', 1)).toBe('half');
    expect(stepped('half', 1)).toBe('full');
    expect(stepped('full', 1)).toBe('full');
    expect(stepped('peek', -1)).toBe('peek');
  });

  it('always shows its grip and a line', () => {
    expect(heightPx('peek', 400)).toBeGreaterThanOrEqual(100);
  });
});
