/** Where values stand on the scale that the rows of one figure share. Pure. */
import type { Figure } from '../api/figuretypes';

/** From zero as bars, or where the values lie as dots. */
export interface Scale {
  kind: 'bars' | 'dots';
  from: number;
  to: number;
}

/** Room left at either end of a scale of dots, as a share of its length. */
const ROOM = 0.08;

/**
 * Shares and counts stand on zero; values with an interval, or below zero, do not. A scale of dots
 * holds every interval; `null` where there is nothing to draw.
 */
export function scaleOf(figure: Figure): Scale | null {
  const rows = [...figure.points, ...figure.context];
  const ends = rows.flatMap((row) => [row.value, row.low, row.high]).filter((end) => end !== null);
  if (ends.length === 0) return null;
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const isInterval = figure.points.some((point) => point.low !== null && point.high !== null);
  if (least >= 0 && !isInterval) return most > 0 ? { kind: 'bars', from: 0, to: most } : null;
  const room = (most - least || Math.abs(most) || 1) * ROOM;
  return { kind: 'dots', from: least - room, to: most + room };
}

/** How far along its scale a value is, in per cent. */
export function along(scale: Scale, value: number): number {
  return (100 * (value - scale.from)) / (scale.to - scale.from);
}

/** Zero, where it lies inside a scale of dots: better and worse than expected meet there. */
export function zeroOf(scale: Scale): number | null {
  return scale.kind === 'dots' && scale.from < 0 && scale.to > 0 ? along(scale, 0) : null;
}
