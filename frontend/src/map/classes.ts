/** Classes of a shaded map: which colour a value has, and what the legend says of it. */
import type { MeasureValues, Polarity, Status } from '../api/types';
import { figure } from '../words/format';
import { STATUS_WORDS } from '../words/terms';

/** More is simply more: one hue, light to dark. */
const NEUTRAL = ['#eef0ea', '#cbd8dc', '#9dbccb', '#6796b3', '#356f92'];
/** Agreed to be better one way: from brown over paper to blue; never red. */
const JUDGING = ['#a6682f', '#dcb37c', '#efece4', '#94bcc6', '#2f7688'];

/** Unit of measures that put areas into tenths of England, 1 the most deprived. */
export const TENTH = 'tenth';

/** Colours of the five classes from low values to high; of tenths the first is the darkest. */
export function ramp(polarity: Polarity | null, unit = ''): string[] {
  if (unit === TENTH) return [...NEUTRAL].reverse();
  if (polarity === null || polarity === 'neutral') return NEUTRAL;
  return polarity === 'more_is_better' ? JUDGING : [...JUDGING].reverse();
}

/** The class of a value: breaks are the ends and the inner bounds, ascending; a bound belongs up. */
export function classOf(value: number, breaks: readonly number[]): number {
  const inner = breaks.slice(1, -1);
  return inner.filter((bound) => value >= bound).length;
}

export interface LegendRow {
  colour: string;
  words: string;
  count: number;
}

/** One row per class, low to high, with how many of the region's own areas are in it. */
export function legendRows(
  values: MeasureValues,
  polarity: Polarity | null,
  decimals: number,
  unit = '',
): LegendRow[] {
  const breaks = values.classes?.breaks ?? [];
  const colours = ramp(polarity, unit);
  const counts = new Map<number, number>();
  values.values.forEach((value, i) => {
    if (value === null || values.is_outside[i]) return;
    const at = classOf(value, breaks);
    counts.set(at, (counts.get(at) ?? 0) + 1);
  });
  return breaks.slice(0, -1).map((low, i) => ({
    colour: spread(colours, breaks.length - 1, i),
    words:
      unit === TENTH
        ? tenthWords(low, breaks[i + 1]!, i === breaks.length - 2)
        : boundsWords(low, breaks[i + 1]!, i === breaks.length - 2, decimals),
    count: counts.get(i) ?? 0,
  }));
}

/** Colour of class `i` of `count`, taken evenly from five. */
export function spread(colours: readonly string[], count: number, i: number): string {
  if (count <= 1) return colours[Math.floor(colours.length / 2)]!;
  return colours[Math.round((i * (colours.length - 1)) / (count - 1))]!;
}

function boundsWords(low: number, high: number, isLast: boolean, decimals: number): string {
  const [from, to] = [figure(low, decimals), figure(high, decimals)];
  if (low === high) return from;
  return isLast ? `${from} to ${to}` : `${from} to under ${to}`;
}

function tenthWords(low: number, high: number, isLast: boolean): string {
  return `${figure(low)} and ${figure(isLast ? high : high - 1)}`;
}

/** Codes whose value was worked out, not counted. */
export function estimatedOf(values: MeasureValues): string[] {
  return values.codes.filter(
    (_, i) => values.status[i] === 'estimated' || values.status[i] === 'forecast',
  );
}

/** Codes whose value is missing, and the reasons with how many of the region's areas each has. */
export function missingOf(values: MeasureValues): { codes: string[]; reasons: [string, number][] } {
  const codes = values.codes.filter((_, i) => values.values[i] === null);
  const reasons = new Map<string, number>();
  values.values.forEach((value, i) => {
    if (value !== null || values.is_outside[i]) return;
    const words = STATUS_WORDS[values.status[i] as Status] || 'not available';
    reasons.set(words, (reasons.get(words) ?? 0) + 1);
  });
  return { codes, reasons: [...reasons] };
}
