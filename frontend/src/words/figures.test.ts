import { expect, test } from 'vitest';
import type { FigureTopic } from '../api/figuretypes';
import type { Source } from '../api/types';
import { groupOrder, groupWords, originsOf, titleWithUnit } from './figures';

test('a unit is said once: in the title, in the values, or after the title', () => {
  expect(titleWithUnit({ title: 'Attainment 8 score', unit: 'points' })).toBe('Attainment 8 score (points)');
  expect(titleWithUnit({ title: 'Pupils', unit: 'pupils' })).toBe('Pupils');
  expect(titleWithUnit({ title: 'Sessions missed', unit: '%' })).toBe('Sessions missed');
});

test('the series of a topic are named once each, with their release', () => {
  const point = { source_id: 'census', release: '2018/19' };
  const topic = { figures: [{ points: [point] }, { points: [point] }] } as FigureTopic;
  const source = { source_id: 'census', title: 'School census' } as Source;
  expect(originsOf(topic, [source])).toEqual(['School census, 2018/19']);
});

test('year groups come in the order in which pupils pass them', () => {
  const groups = ['10', 'R', '2', 'N1'].sort((a, b) => groupOrder(a) - groupOrder(b));
  expect(groups.map(groupWords)).toEqual(['Nursery, first year', 'Reception', 'Year 2', 'Year 10']);
});
