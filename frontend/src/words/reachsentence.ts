/**
 * How many schools are in reach, and which is nearest: the sentence of the API
 * (`api/narrative/reach.py`), for whatever limit the slider stands at. Both are held to the same
 * examples, `reachsentence.examples.json`.
 */
import type { Mode, Phase, Sector } from '../api/types';
import { counted, joined } from './format';
import { MODE_WORDS, tripWords } from './modes';
import { SCHOOL_NOUNS, schoolNouns } from './nouns';

export interface InReach {
  name: string;
  seconds: number;
  phase: Phase;
  sector: Sector;
}

export interface ReachSaid {
  origin: string;
  /** The journeys go to the place, not away from it. */
  isGoal: boolean;
  mode: Mode;
  minutes: number;
  phases: readonly Phase[];
  sectors: readonly Sector[];
  /** Nearest first. */
  reached: readonly InReach[];
  /** Schools as near as the crow flies that no time can be given for. */
  notCovered: number;
}

/** State schools counted one by one; the rest are others. */
const COUNTED: readonly Phase[] = ['primary', 'middle', 'secondary', 'all_through'];
/** State schools whose nearest is named. */
const NAMED: readonly Phase[] = ['primary', 'secondary'];

export function reachSentence(said: ReachSaid): string {
  const { reached, notCovered } = said;
  const [one, several] = schoolNouns(said.phases, said.sectors);
  const known = notCovered && !reached.length ? 'known to be ' : '';
  const counts = reached.length ? counted(reached.length, one, several) : `no ${one}`;
  const within = `${reached.length > 1 ? 'are' : 'is'} ${known}within ${tripWords(said.minutes, said.mode)}`;
  const { manner } = MODE_WORDS[said.mode];
  const first = said.isGoal
    ? `${capital(counts)} ${within} of ${said.origin}${manner}`
    : `From ${said.origin}, ${counts} ${within}${manner}`;
  return `${first}${nearestOf(reached)} ${beyond(notCovered, [one, several], reached.length > 0)}`.trim();
}

function nearestOf(reached: readonly InReach[]): string {
  const [only, ...others] = reached;
  if (!only) return '.';
  if (!others.length) return `: ${only.name}, ${minutesWords(only.seconds)} away.`;
  return `${mix(reached)}. ${nearest(reached)}`;
}

const isMixed = (reached: readonly InReach[]): boolean =>
  new Set(reached.map((school) => `${school.phase} ${school.sector}`)).size > 1;

const ofKind = (reached: readonly InReach[], phase: Phase): InReach[] =>
  reached.filter((school) => school.phase === phase && school.sector === 'state');

function mix(reached: readonly InReach[]): string {
  if (!isMixed(reached)) return '';
  const counts = COUNTED.map((phase) => [phase, ofKind(reached, phase).length] as const);
  const told = counts
    .filter(([, count]) => count)
    .map(([phase, count]) => counted(count, `state ${SCHOOL_NOUNS[phase][0]}`, `state ${SCHOOL_NOUNS[phase][1]}`));
  if (!told.length) return '';
  const others = reached.length - counts.reduce((sum, [, count]) => sum + count, 0);
  if (others) told.push(counted(others, 'other', 'others'));
  return `: ${joined(told)}`;
}

function nearest(reached: readonly InReach[]): string {
  const told = (isMixed(reached) ? NAMED : []).flatMap((phase) => {
    const [first] = ofKind(reached, phase);
    return first
      ? [`nearest state ${SCHOOL_NOUNS[phase][0]}, ${first.name}, is ${minutesWords(first.seconds)} away`]
      : [];
  });
  if (!told.length) told.push(`nearest, ${reached[0]!.name}, is ${minutesWords(reached[0]!.seconds)} away`);
  return `The ${told.join('; the ')}.`;
}

function beyond(count: number, nouns: readonly [string, string], isMore: boolean): string {
  if (!count) return '';
  const more = isMore ? 'more ' : '';
  const those = count === 1 ? 'it lies' : 'they lie';
  return `${counted(count, more + nouns[0], more + nouns[1])} may be: ${those} beyond the streets loaded, so no time can be given.`;
}

function minutesWords(seconds: number): string {
  if (seconds < 60) return 'under a minute';
  const minutes = Math.round(seconds / 60);
  return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
