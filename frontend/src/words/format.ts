/** Numbers, distances, dates and times as the page prints them. Rounding happens here, once. */
import type { Status } from '../api/types';
import { STATUS_WORDS } from './terms';

const MISSING = '–';

/** 12345.678 with one decimal is `12,345.7`. */
export function figure(value: number | null, decimals = 0): string {
  if (value === null) return MISSING;
  return value.toLocaleString('en-GB', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
}

/** A value, or why there is none. */
export function figureOr(value: number | null, status: Status, decimals = 0): string {
  return value === null ? STATUS_WORDS[status] || MISSING : figure(value, decimals);
}

/** `1 school`, `2 schools`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${figure(count)} ${count === 1 ? one : many}`;
}

/** Whole minutes; under a half is `under 1`. */
export function minutesFigure(minutes: number): string {
  return minutes < 0.5 ? 'under 1' : figure(Math.round(minutes));
}

/** `350 m`, `1.2 km`. */
export function distance(metres: number): string {
  if (metres < 995) return `${figure(Math.round(metres / 10) * 10)} m`;
  return `${figure(metres / 1000, 1)} km`;
}

/** ISO 8601 date or time as `24 May 2025`; anything else as it came. */
export function day(iso: string | null): string {
  if (!iso) return 'date not stated';
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso);
  if (!match) return iso;
  const date = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])));
  return date.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
}

/** `1.3 MB`, `420 kB`. */
export function size(bytes: number | null): string {
  if (bytes === null) return 'size not known';
  if (bytes < 1_000_000) return `${figure(Math.max(1, Math.round(bytes / 1000)))} kB`;
  return `${figure(bytes / 1_000_000, 1)} MB`;
}

/** `4 to 11`, `from 4`, `to 11`. */
export function ages(low: number | null, high: number | null): string {
  if (low !== null && high !== null) return `${low} to ${high}`;
  if (low !== null) return `from ${low}`;
  if (high !== null) return `to ${high}`;
  return 'not stated';
}

/** A message as a sentence: a capital first, a full stop last. */
export function sentence(message: string): string {
  const text = message.trim();
  const ended = /[.!?]$/.test(text) || text === '' ? text : `${text}.`;
  return ended.charAt(0).toUpperCase() + ended.slice(1);
}

/** `10`, `10 and 20`, `10, 20 and 30`. */
export function joined(words: readonly (string | number)[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** `1st`, `2nd`, `11th`. */
export function ordinal(place: number): string {
  const ending = new Intl.PluralRules('en-GB', { type: 'ordinal' }).select(place);
  return `${figure(place)}${{ one: 'st', two: 'nd', few: 'rd', other: 'th', many: 'th', zero: 'th' }[ending]}`;
}

/** The text that occurs most often; the first of equals, `null` of none. */
export function commonest(texts: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  return [...counts].find(([, count]) => count === most)?.[0] ?? null;
}
