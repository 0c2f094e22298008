/**
 * What a search box does, as a pure function of what it was and what happened (ARIA 1.2 combobox
 * with a list). The element only shows it.
 */
export interface Box {
  text: string;
  isOpen: boolean;
  /** Which suggestion the keyboard is on; -1 is none: the text itself. */
  active: number;
  count: number;
}

export type Happening =
  | { type: 'typed'; text: string }
  | { type: 'suggested'; count: number }
  | { type: 'key'; key: string }
  | { type: 'left' }
  | { type: 'chose'; text: string };

export const CLOSED_BOX: Box = { text: '', isOpen: false, active: -1, count: 0 };

export function next(box: Box, happened: Happening): Box {
  switch (happened.type) {
    case 'typed':
      return { ...box, text: happened.text, isOpen: happened.text.trim() !== '', active: -1 };
    case 'suggested':
      return { ...box, count: happened.count, active: Math.min(box.active, happened.count - 1) };
    case 'left':
      return { ...box, isOpen: false, active: -1 };
    case 'chose':
      return { text: happened.text, isOpen: false, active: -1, count: 0 };
    case 'key':
      return afterKey(box, happened.key);
  }
}

function afterKey(box: Box, key: string): Box {
  if (key === 'Escape') {
    return box.isOpen ? { ...box, isOpen: false, active: -1 } : CLOSED_BOX;
  }
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return box;
  if (!box.isOpen) return { ...box, isOpen: box.text.trim() !== '' };
  return { ...box, active: step(box.active, box.count, key === 'ArrowDown' ? 1 : -1) };
}

/** Go round the suggestions, with the text itself between last and first. */
function step(active: number, count: number, by: 1 | -1): number {
  const places = count + 1;
  return ((active + 1 + by + places) % places) - 1;
}

/** Which suggestion Enter takes: the active one, else the first there is; -1 if none. */
export function taken(box: Box): number {
  if (box.count === 0) return -1;
  return Math.max(box.active, 0);
}
