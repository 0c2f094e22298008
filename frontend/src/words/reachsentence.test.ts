import { describe, expect, it } from 'vitest';
import examples from './reachsentence.examples.json';
import { reachSentence, type ReachSaid } from './reachsentence';

describe('the sentence of reach', () => {
  it.each(examples)('says $says', ({ given, says }) => {
    expect(reachSentence(given as ReachSaid)).toBe(says);
  });
});
