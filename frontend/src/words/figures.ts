/** Words of figures: titles with units, where they come from. Pure. */
import type { Figure, FigureTopic, FileOrigin } from '../api/figuretypes';
import type { Source } from '../api/types';

/** Units that stand at each value and need not be said again. */
const TOLD_BY_VALUES = ['%', 'm', 'km', 'miles', '£', 'offers'];

/** `Attainment 8 score (points)`; a unit that the title or the values say is left out. */
export function titleWithUnit(figure: Pick<Figure, 'title' | 'unit'>): string {
  const { title, unit } = figure;
  if (!unit || TOLD_BY_VALUES.includes(unit)) return title;
  return title.toLowerCase().includes(unit.toLowerCase()) ? title : `${title} (${unit})`;
}

/** Series and release of the latest values of a topic, each once: `School census, 2018/19`. */
export function originsOf(topic: FigureTopic, sources: readonly Source[]): string[] {
  const titles = new Map(sources.map((one) => [one.source_id, one.title]));
  const used: FileOrigin[] = topic.figures.flatMap((figure) => figure.points.slice(-1));
  const said = used.map((one) => {
    const title = titles.get(one.source_id ?? '') ?? one.source_id ?? 'source not stated';
    return one.release ? `${title}, ${one.release}` : title;
  });
  return [...new Set(said)];
}

/** National curriculum years in the order in which pupils pass them. */
const GROUPS = ['N1', 'N2', 'R', ...Array.from({ length: 14 }, (_, i) => `${i + 1}`)];

export const groupOrder = (group: string): number => GROUPS.indexOf(group);

/** `Reception`, `Year 3`, `Nursery, second year`. */
export function groupWords(group: string): string {
  if (group === 'R') return 'Reception';
  if (group === 'N1') return 'Nursery, first year';
  if (group === 'N2') return 'Nursery, second year';
  return group === 'all' ? 'All years' : `Year ${group}`;
}
