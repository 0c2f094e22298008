/** Ways of travelling in words: what a journey is called, and how the page offers it. */
import type { Mode } from '../api/types';

export interface ModeWords {
  /** Name where it stands alone: `Walking from LE15 6HP`. */
  going: string;
  /** What takes so many minutes, and how: `a 20-minute drive` … `on a school morning`. */
  noun: string;
  manner: string;
  /** After minutes: `8 minutes on foot`. */
  by: string;
  /** Before minutes: `Walk for up to`. */
  upTo: string;
  /** What the way there is called: `the walk is longer`. */
  way: string;
  /** Heading of a column of metres. */
  metres: string;
}

const WALK = { going: 'Walking', noun: 'walk', upTo: 'Walk for up to', way: 'walk', metres: 'Metres walked' };
const CYCLE = { going: 'Cycling', noun: 'cycle ride', upTo: 'Cycle for up to', way: 'ride', metres: 'Metres cycled' };
const DRIVE = { going: 'Driving', noun: 'drive', upTo: 'Drive for up to', way: 'drive', metres: 'Metres driven' };

export const MODE_WORDS: Record<Mode, ModeWords> = {
  walk: { ...WALK, manner: '', by: 'on foot' },
  wheels: { ...WALK, going: 'By pram or wheelchair', manner: ' with a pram or wheelchair', by: 'with a pram or wheelchair' },
  cycle: { ...CYCLE, manner: '', by: 'by cycle' },
  cycle_quiet: { ...CYCLE, manner: ' along quiet streets', by: 'by cycle along quiet streets' },
  drive: { ...DRIVE, manner: ' on clear roads', by: 'by car on clear roads' },
  school_run: { ...DRIVE, manner: ' on a school morning', by: 'by car on a school morning' },
  transit: {
    going: 'By bus',
    noun: 'bus journey',
    manner: '',
    by: 'by bus',
    upTo: 'Travel for up to',
    way: 'journey',
    metres: 'Metres',
  },
};

/** Modes in reading order. */
export const MODES = Object.keys(MODE_WORDS) as Mode[];

export type Sign = 'walk' | 'pram' | 'cycle' | 'car' | 'bus';

/** Modes that are one choice first, and then perhaps another. */
export interface ModeGroup {
  sign: Sign;
  words: string;
  /** What is chosen between its modes. */
  asks: string;
  modes: { mode: Mode; words: string }[];
}

const GROUPS: ModeGroup[] = [
  { sign: 'walk', words: 'On foot', asks: '', modes: [{ mode: 'walk', words: 'On foot' }] },
  {
    sign: 'pram',
    words: 'Pram, wheelchair',
    asks: '',
    modes: [{ mode: 'wheels', words: 'With a pram or wheelchair' }],
  },
  {
    sign: 'cycle',
    words: 'Cycle',
    asks: 'Which streets to cycle along',
    modes: [
      { mode: 'cycle', words: 'Direct' },
      { mode: 'cycle_quiet', words: 'Quiet streets' },
    ],
  },
  {
    sign: 'car',
    words: 'Car',
    asks: 'When to drive',
    modes: [
      { mode: 'drive', words: 'Clear roads' },
      { mode: 'school_run', words: 'School morning' },
    ],
  },
  { sign: 'bus', words: 'Bus', asks: '', modes: [{ mode: 'transit', words: 'Bus' }] },
];

/** The choices there are where only some modes are offered. */
export function groupsOf(offered: readonly Mode[]): ModeGroup[] {
  return GROUPS.map((group) => ({
    ...group,
    modes: group.modes.filter(({ mode }) => offered.includes(mode)),
  })).filter((group) => group.modes.length > 0);
}

/** The picture of a way of travelling. */
export function signOf(mode: Mode): Sign {
  return GROUPS.find((group) => group.modes.some((one) => one.mode === mode))!.sign;
}

/** A 20-minute walk, an 8-minute drive: with the article that is said before the number. */
export function tripWords(minutes: number, mode: Mode): string {
  const number = String(minutes);
  const isVowel = number.startsWith('8') || number === '11' || number === '18';
  return `${isVowel ? 'an' : 'a'} ${number}-minute ${MODE_WORDS[mode].noun}`;
}
