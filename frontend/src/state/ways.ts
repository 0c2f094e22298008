/** The ways to a school by every way of travelling. */
import { route, transitRoute, Unanswered } from '../api/client';
import type { Mode, Route } from '../api/types';
import { busLine, wayLine } from '../words/ways';
import type { Origin } from './address';

export interface Way {
  mode: Mode;
  /** `null` where there is no way. */
  minutes: number | null;
  /** What is met on it, in one line. */
  told: string;
  /** What is drawn; there is none by public transport. */
  line: Route | null;
}

/** Ask for every way at once; one that is not there does not take the others with it. */
export function waysTo(
  urn: number,
  from: Origin,
  modes: readonly Mode[],
  signal: AbortSignal,
): Promise<Way[]> {
  return Promise.all(
    modes.map((mode) =>
      asked(urn, from, mode, signal).catch((error: unknown) => {
        if (!(error instanceof Unanswered && error.problem.status === 422)) throw error;
        return { mode, minutes: null, told: 'no way was found', line: null };
      }),
    ),
  );
}

async function asked(urn: number, from: Origin, mode: Mode, signal: AbortSignal): Promise<Way> {
  if (mode === 'transit') {
    const found = await transitRoute(from, urn, signal);
    return { mode, minutes: found.minutes, told: busLine(found), line: null };
  }
  const line = await route(from, mode, urn, signal);
  return { mode, minutes: line.properties.minutes, told: wayLine(line.properties), line };
}
