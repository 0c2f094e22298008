/** A question put to the server whose newer wording cancels the older. */
import { untrack } from 'svelte';
import { Unanswered } from '../api/client';
import type { Problem } from '../api/types';

/** What is asked: while only `wording` changes, the old answer stays in sight. */
export interface Question<T> {
  subject: string;
  wording: string;
  ask: (signal: AbortSignal) => Promise<T>;
}

export interface Answer<T> {
  readonly status: 'none' | 'asking' | 'ready' | 'failed';
  readonly data: T | null;
  readonly problem: Problem | null;
  again(): void;
}

const MOST_KEPT = 60;

/** Keep an answer to whatever `question` returns; `null` asks nothing. Call while a component starts. */
export function answered<T>(question: () => Question<T> | null, mostKept = MOST_KEPT): Answer<T> {
  let status = $state<Answer<T>['status']>('none');
  let data = $state.raw<T | null>(null);
  let problem = $state.raw<Problem | null>(null);
  let tries = $state(0);
  let subject = '';
  const kept = new Map<string, T>();
  const key = $derived.by(() => {
    const asked = question();
    return asked && `${asked.subject} ${asked.wording}`;
  });

  function settle(next: Answer<T>['status'], found: T | null, trouble: Problem | null): void {
    [status, data, problem] = [next, found, trouble];
  }

  function keep(name: string, found: T): void {
    kept.set(name, found);
    if (kept.size > mostKept) kept.delete(kept.keys().next().value!);
  }

  async function put(name: string, asked: Question<T>, signal: AbortSignal): Promise<void> {
    try {
      const found = await asked.ask(signal);
      if (signal.aborted) return;
      keep(name, found);
      settle('ready', found, null);
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof Unanswered)) throw error;
      settle('failed', null, error.problem);
    }
  }

  $effect(() => {
    const name = key;
    void tries;
    return untrack(() => {
      const asked = name === null ? null : question();
      if (name === null || !asked) return settle('none', null, null);
      const already = kept.get(name);
      const stays = asked.subject === subject ? data : null;
      subject = asked.subject;
      if (already !== undefined) return settle('ready', already, null);
      settle('asking', stays, null);
      const stop = new AbortController();
      void put(name, asked, stop.signal);
      return () => stop.abort();
    });
  });

  return {
    get status() {
      return status;
    },
    get data() {
      return data;
    },
    get problem() {
      return problem;
    },
    again: () => void (tries += 1),
  };
}
