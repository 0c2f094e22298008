/** The colours of bands of minutes. */

/** Light to dark with time; lightness falls evenly, so it reads in grey too. */
const RAMP = ['#fff3c9', '#fbdf9a', '#f5c472', '#eaa458', '#d68149', '#b8603f', '#934537', '#6b2f30'];

/** A colour for each of `count` bands, the narrowest first. */
export function bandColours(count: number): string[] {
  if (count <= 1) return [RAMP[2]!];
  const last = Math.min(RAMP.length - 1, count + 1);
  return Array.from({ length: count }, (_, i) => RAMP[Math.round((i * last) / (count - 1))]!);
}
