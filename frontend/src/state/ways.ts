/** The ways to a school by every way of travelling. */
import { route, Unanswered } from '../api/client';
import type { Mode, Route, RouteFacts } from '../api/types';
import type { Origin } from './address';

export interface Way {
  mode: Mode;
  /** `null` where there is no way. */
  route: RouteFacts | null;
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
    modes.map(async (mode) => {
      const line = await route(from, mode, urn, signal).catch((error: unknown) => {
        if (error instanceof Unanswered && error.problem.status === 422) return null;
        throw error;
      });
      return { mode, route: line?.properties ?? null, line };
    }),
  );
}
