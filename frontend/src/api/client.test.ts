import { afterEach, describe, expect, it, vi } from 'vitest';
import { bandsFile, query, reach, school, timeGrid, Unanswered } from './client';

const answers = (body: unknown, status = 200) =>
  vi.fn((_address: string, _options?: RequestInit) =>
    Promise.resolve(new Response(JSON.stringify(body), { status })),
  );

afterEach(() => vi.unstubAllGlobals());

describe('questions', () => {
  it('leave out what is empty and write lists with commas', () => {
    expect(query({ a: 1, b: '', c: null, d: [], e: ['x', 'y'] })).toBe('?a=1&e=x%2Cy');
    expect(query({})).toBe('');
  });

  it('are put to the address of their origin', async () => {
    const fetched = answers({});
    vi.stubGlobal('fetch', fetched);
    const wanted = { minutes: 20, phase: ['primary'], sector: [] };
    await reach({ kind: 'postcode', postcode: 'LE15 6HP' }, 'walk', wanted);
    await timeGrid({ kind: 'school', urn: 120001 }, 'cycle', 60).catch(() => 'no grid at all');
    await reach({ kind: 'point', lon: -0.7, lat: 52.6, called: null }, 'walk', wanted);
    expect(fetched.mock.calls.map(([address]) => address)).toEqual([
      '/api/v1/postcodes/LE15%206HP/reachable-schools?mode=walk&minutes=20&phase=primary',
      '/api/v1/schools/120001/isochrone-grid?mode=cycle&minutes=60',
      '/api/v1/reachable-schools?lon=-0.7&lat=52.6&mode=walk&minutes=20&phase=primary',
    ]);
  });

  it('have addresses of their own for outlines to keep', () => {
    expect(bandsFile({ kind: 'school', urn: 120001 }, 'drive', [10, 20])).toBe(
      '/api/v1/schools/120001/isochrones?mode=drive&minutes=10%2C20',
    );
  });

  it('that fail bring the problem and its hint', async () => {
    vi.stubGlobal('fetch', answers({ type: 'unknown-school', detail: 'No.', hint: 'Yes.' }, 404));
    const error = await school(1).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Unanswered);
    expect((error as Unanswered).problem).toMatchObject({ status: 404, detail: 'No.', hint: 'Yes.' });
  });

  it('say so when the atlas cannot be reached', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    const error = (await school(1).catch((caught: unknown) => caught)) as Unanswered;
    expect(error.problem.type).toBe('offline');
  });

  it('that were cancelled are no problem of the atlas', async () => {
    const stop = new AbortController();
    stop.abort();
    vi.stubGlobal('fetch', () => Promise.reject(new DOMException('stopped', 'AbortError')));
    await expect(school(1, stop.signal)).rejects.toThrow(DOMException);
  });
});
