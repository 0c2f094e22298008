/** The heights of the reading panel on a phone, and where a drag lets it rest. */
export type SheetHeight = 'peek' | 'half' | 'full';

export const HEIGHTS: readonly SheetHeight[] = ['peek', 'half', 'full'];

/** Shares of the room below the search box. */
const SHARE: Record<SheetHeight, number> = { peek: 0.18, half: 0.52, full: 1 };
const LEAST_PEEK_PX = 104;

export function heightPx(height: SheetHeight, roomPx: number): number {
  const px = Math.round(SHARE[height] * roomPx);
  return height === 'peek' ? Math.max(px, LEAST_PEEK_PX) : px;
}

/** The height nearest to where a drag ended. */
export function restAt(px: number, roomPx: number): SheetHeight {
  const away = (height: SheetHeight): number => Math.abs(heightPx(height, roomPx) - px);
  return HEIGHTS.reduce((best, height) => (away(height) < away(best) ? height : best));
}

/** One step taller or lower; the same at either end. */
export function stepped(height: SheetHeight, by: 1 | -1): SheetHeight {
  const at = HEIGHTS.indexOf(height) + by;
  return HEIGHTS[Math.min(HEIGHTS.length - 1, Math.max(0, at))]!;
}
