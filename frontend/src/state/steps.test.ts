import { describe, expect, it } from 'vitest';
import { startView } from './address';
import { back, bandsUpTo, bandsWithin, subjectKey, subjectOf, toOrigin, toSchool, toStart, toSuggestion } from './steps';

const from = { kind: 'postcode' as const, postcode: 'LE15 6HP' };

describe('the panel', () => {
  it('shows a school over the list it was chosen from, and goes back to it', () => {
    const list = { ...startView(), ...toOrigin(from) };
    const school = { ...list, ...toSchool(120001) };
    expect(subjectOf(school)).toBe('school');
    expect(subjectOf({ ...school, ...back(school) })).toBe('reach');
    expect(subjectOf({ ...list, ...back(list) })).toBe('start');
    expect(back(startView())).toBeNull();
  });

  it('is another for another origin but not for other minutes', () => {
    const view = { ...startView(), from };
    expect(subjectKey({ ...view, minutes: [5] })).toBe(subjectKey(view));
    expect(subjectKey({ ...view, from: { kind: 'school', urn: 1 } })).not.toBe(subjectKey(view));
  });

  it('keeps layer, filters and map when the reader goes to the start', () => {
    const view = { ...startView(), from, layer: 'idaci', school: 120001, table: 'reach' as const };
    expect(toStart(view)).toMatchObject({ from: null, school: null, table: null, layer: 'idaci' });
  });

  it('closes the table of a list together with the list', () => {
    expect(back({ ...startView(), from, table: 'reach' })).toMatchObject({ table: null });
    expect(back({ ...startView(), from, table: 'schools' })).toMatchObject({ table: 'schools' });
  });
});

describe('a suggestion', () => {
  const found = { label: 'Oakham', detail: 'Town', lon: -0.73, lat: 52.67, id: '1' };

  it('opens a school and an area, and walks from a postcode and a place', () => {
    expect(toSuggestion({ ...found, kind: 'school', id: '120001' }).school).toBe(120001);
    expect(toSuggestion({ ...found, kind: 'area', id: 'E05000001' }).area).toBe('E05000001');
    expect(toSuggestion({ ...found, kind: 'postcode', id: 'LE15 6HP' }).from).toEqual(from);
    expect(toSuggestion({ ...found, kind: 'place' }).from).toEqual({
      kind: 'point',
      lon: -0.73,
      lat: 52.67,
      called: 'Oakham',
    });
  });

  it('changes nothing when a place has no position', () => {
    expect(toSuggestion({ ...found, kind: 'place', lon: null })).toEqual({});
  });
});

describe('bands', () => {
  it('end at the minutes asked for, rise evenly, and are at most five', () => {
    for (let minutes = 5; minutes <= 60; minutes += 1) {
      const bands = bandsUpTo(minutes);
      expect(bands.at(-1)).toBe(minutes);
      expect(bands.length).toBeLessThanOrEqual(5);
      expect([...bands].sort((a, b) => a - b)).toEqual(bands);
    }
  });

  it('are not so thin at the end that nobody sees them', () => {
    expect(bandsUpTo(16)).toEqual([5, 10, 16]);
    expect(bandsUpTo(18)).toEqual([5, 10, 15, 18]);
  });

  it('go no farther than the way of travelling does', () => {
    expect(bandsWithin([10, 20, 30], 45)).toEqual([10, 20, 30]);
    expect(bandsWithin([15, 30, 45, 60], 45)).toEqual([15, 30, 45]);
    expect(bandsWithin([60], 45)).toEqual([45]);
  });

  it('are the usual ones at thirty minutes', () => {
    expect(bandsUpTo(30)).toEqual([10, 20, 30]);
  });
});
