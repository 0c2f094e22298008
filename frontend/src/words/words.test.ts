import { describe, expect, it } from 'vitest';
import { startView } from '../state/address';
import {
  ages,
  counted,
  day,
  distance,
  figure,
  figureOr,
  joined,
  minutesFigure,
  ordinal,
  sentence,
  size,
} from './format';
import { offStreetNotes, originNote } from './reach';
import { countNote, fullness, kindLine, welcome } from './schools';
import { pageTitle, shownTitle } from './titles';

const NOBODY = { school: null, area: null, origin: null, measure: null };

describe('figures', () => {
  it('are grouped by thousands and rounded once', () => {
    expect(figure(12345.678, 1)).toBe('12,345.7');
    expect(figure(1279)).toBe('1,279');
  });

  it('say why they are missing', () => {
    expect(figureOr(null, 'suppressed')).toBe('hidden to protect people');
    expect(figureOr(null, 'not_applicable')).toBe('does not apply');
    expect(figureOr(null, 'unavailable')).toBe('not available');
    expect(figureOr(0, 'measured')).toBe('0');
  });

  it('agree with their nouns', () => {
    expect(counted(1, 'school')).toBe('1 school');
    expect(counted(0, 'school')).toBe('0 schools');
    expect(counted(2, 'county', 'counties')).toBe('2 counties');
  });

  it.each([
    [0.3, 'under 1'],
    [5.6, '6'],
    [59.9, '60'],
  ])('%s minutes is printed %s', (minutes, words) => {
    expect(minutesFigure(minutes)).toBe(words);
  });

  it.each([
    [347, '350 m'],
    [990, '990 m'],
    [997, '1.0 km'],
    [1240, '1.2 km'],
  ])('%s metres is printed %s', (metres, words) => {
    expect(distance(metres)).toBe(words);
  });

  it('have endings when they are places in an order', () => {
    expect([1, 2, 3, 4, 11, 21, 112].map(ordinal)).toEqual([
      '1st',
      '2nd',
      '3rd',
      '4th',
      '11th',
      '21st',
      '112th',
    ]);
  });

  it('of files are rounded to what matters', () => {
    expect(size(1_234_567)).toBe('1.2 MB');
    expect(size(120)).toBe('1 kB');
    expect(size(null)).toBe('size not known');
  });
});

describe('days and ages', () => {
  it('are written out', () => {
    expect(day('2025-05-24')).toBe('24 May 2025');
    expect(day('2026-11-22T17:32:18+00:00')).toBe('22 November 2026');
    expect(day('2025-10')).toBe('2025-10');
    expect(day(null)).toBe('date not stated');
    expect(ages(4, 11)).toBe('4 to 11');
    expect(ages(null, 11)).toBe('to 11');
    expect(ages(null, null)).toBe('not stated');
  });

  it('are joined as in a sentence', () => {
    expect(joined([10, 20, 30])).toBe('10, 20 and 30');
    expect(joined(['Rutland'])).toBe('Rutland');
  });
});

describe('sentences', () => {
  it('say how full a school is, also when a figure is missing', () => {
    expect(fullness(209, 210)).toBe('209 pupils for 210 places: 1 more place than pupils.');
    expect(fullness(200, 210)).toBe('200 pupils for 210 places: 10 more places than pupils.');
    expect(fullness(215, 210)).toBe('215 pupils, 5 more than the 210 places.');
    expect(fullness(210, 210)).toBe('210 pupils, exactly as many as there are places.');
    expect(fullness(null, 210)).toBe('210 places. The register gives no count of pupils.');
    expect(fullness(209, null)).toBe(
      '209 pupils. The register does not say how many places there are.',
    );
    expect(fullness(null, null)).toBe('The register gives neither pupils nor places.');
  });

  it('say when pupils were counted, also when nobody knows', () => {
    expect(countNote(209, '2025-01-16')).toBe('; pupils were counted on 16 January 2025');
    expect(countNote(209, null)).toBe('; count of pupils: date not stated');
    expect(countNote(null, null)).toBe('');
  });

  it('say where the bands may not show what the list has', () => {
    const near = { name: 'Hill School', off_street_m: 12 };
    const far = { name: 'Park School', off_street_m: 193 };
    expect(offStreetNotes([near], 100)).toEqual([]);
    expect(offStreetNotes([near, { ...near, off_street_m: 100 }], 100)).toEqual([]);
    expect(offStreetNotes([near, far], 100)).toEqual([
      'Park School stands 193 m from the nearest street, so the bands on the map may not show it.',
    ]);
  });

  it('say the same of the place a walk starts at', () => {
    expect(originNote('LE15 6HP', 100, 100)).toBeNull();
    expect(originNote('LE15 6HP', null, 100)).toBeNull();
    expect(originNote('the point you chose', 250, 100)).toBe(
      'The point you chose is 250 m from the nearest street, so the bands on the map may not show the way to it.',
    );
  });

  it('tell schools of a list apart, leaving out what is not known', () => {
    const school = { phase: 'primary', sector: 'state', age_low: 4, age_high: 11, pupils: 209 } as const;
    expect(kindLine(school)).toBe('Primary · state · ages 4 to 11 · 209 pupils');
    expect(kindLine({ ...school, age_low: null, age_high: null, pupils: null })).toBe('Primary · state');
  });

  it('are made of messages', () => {
    expect(sentence('there is no such school')).toBe('There is no such school.');
    expect(sentence('Did you mean LE15 6AZ?')).toBe('Did you mean LE15 6AZ?');
    expect(sentence('')).toBe('');
  });

  it('welcome the reader with counts', () => {
    const counts = { schools: 27, schools_outside: 93, postcodes: 1279, lsoa21: 26 };
    expect(welcome({ title: 'Rutland', counts, covered_pct: 100 })).toBe(
      'Rutland has 27 open schools, with 93 more just over its border. ' +
        'See how long it takes to get to them from any of 1,279 postcodes.',
    );
    const alone = { ...counts, schools_outside: 0 };
    expect(welcome({ title: 'Rutland', counts: alone, covered_pct: 100 })).toContain(
      'Rutland has 27 open schools. ',
    );
  });

  it('say at once where no walking time can be given', () => {
    const counts = { schools: 305, schools_outside: 0, postcodes: 20799, lsoa21: 488 };
    expect(welcome({ title: 'Leeds', counts, covered_pct: 59.4 })).toBe(
      'Leeds has 305 open schools. See how long it takes to get to them from 59% of its ' +
        '20,799 postcodes: beyond the dashed line on the map, its streets are not loaded.',
    );
    expect(welcome({ title: 'Leeds', counts, covered_pct: 0 })).toContain('cannot be given');
  });
});

describe('the title of the page', () => {
  const from = { kind: 'postcode' as const, postcode: 'LE15 6HP' };

  it('says what is shown, then the atlas', () => {
    const shown = shownTitle({ ...startView(), from }, NOBODY);
    expect(pageTitle({ title: 'Rutland' }, shown)).toBe(
      'Walking from LE15 6HP – Rutland schools atlas',
    );
    expect(pageTitle(null, null)).toBe('Schools atlas');
  });

  it('names a bare point as such', () => {
    const point = { kind: 'point' as const, lon: 0, lat: 51, called: null };
    expect(shownTitle({ ...startView(), from: point }, NOBODY)).toBe(
      'Walking from the point you chose',
    );
  });
});
