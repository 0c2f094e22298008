import { describe, expect, it } from 'vitest';
import { CLOSED_BOX, next, taken, type Box, type Happening } from './combobox';

const after = (...happened: Happening[]): Box => happened.reduce(next, CLOSED_BOX);
const typed: Happening = { type: 'typed', text: 'oak' };
const three: Happening = { type: 'suggested', count: 3 };
const key = (name: string): Happening => ({ type: 'key', key: name });

describe('the search box', () => {
  it('opens when something is typed and closes when it is emptied', () => {
    expect(after(typed).isOpen).toBe(true);
    expect(after(typed, { type: 'typed', text: ' ' }).isOpen).toBe(false);
  });

  it('goes round its suggestions, past the text itself', () => {
    const down = key('ArrowDown');
    expect(after(typed, three, down).active).toBe(0);
    expect(after(typed, three, down, down, down).active).toBe(2);
    expect(after(typed, three, down, down, down, down).active).toBe(-1);
    expect(after(typed, three, key('ArrowUp')).active).toBe(2);
  });

  it('opens again with an arrow, then moves', () => {
    const closed = after(typed, three, key('Escape'));
    expect(closed).toMatchObject({ isOpen: false, text: 'oak' });
    expect(next(closed, key('ArrowDown'))).toMatchObject({ isOpen: true, active: -1 });
  });

  it('empties itself on a second Escape', () => {
    expect(after(typed, three, key('Escape'), key('Escape'))).toEqual(CLOSED_BOX);
  });

  it('takes the first suggestion when none is active, and none when there is none', () => {
    expect(taken(after(typed, three))).toBe(0);
    expect(taken(after(typed, three, key('ArrowUp')))).toBe(2);
    expect(taken(after(typed))).toBe(-1);
  });

  it('drops an active suggestion that a newer answer no longer has', () => {
    const up = after(typed, three, key('ArrowUp'));
    expect(next(up, { type: 'suggested', count: 1 }).active).toBe(0);
  });

  it('closes when something is chosen or the reader leaves', () => {
    expect(after(typed, three, { type: 'chose', text: 'Oakham' })).toMatchObject({
      isOpen: false,
      text: 'Oakham',
    });
    expect(after(typed, three, { type: 'left' }).isOpen).toBe(false);
  });

  it('leaves other keys to the text', () => {
    const box = after(typed, three);
    expect(next(box, key('Home'))).toEqual(box);
  });
});
