/** Tables as comma-separated files, made on the page where the server has no twin of them. */
import type { Cell } from './sort';

function quoted(cell: Cell): string {
  const text = cell === null ? '' : String(cell);
  const safe = typeof cell === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows below their headings, as RFC 4180 has it. */
export function csv(headings: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [headings, ...rows].map((row) => row.map(quoted).join(',')).join('\r\n') + '\r\n';
}
