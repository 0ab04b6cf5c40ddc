import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type RevealedCredential } from '../../api/client.js';
import { toProblem } from '../../api/problem.js';
import { Reveal } from './reveal.js';

const credential = (id: string): RevealedCredential => ({
  id,
  number: 1,
  username: 'u',
  password: 'p',
  link: null,
  additionalInformation: null,
  noteVersion: 1,
  submittedAt: '',
  expiresAt: '',
});

let reveal: Reveal;
let shown: (string[] | undefined)[];
beforeEach(() => {
  jest.useFakeTimers();
  reveal = new Reveal();
  shown = [];
  reveal.observe(() => shown.push(reveal.items?.map(({ id }) => id)));
  reveal.show([credential('a'), credential('b')], 300);
});
afterEach(() => {
  jest.useRealTimers();
});

describe('a reveal', () => {
  it('a reveal is hidden when its time is over', () => {
    jest.advanceTimersByTime(299_999);
    expect(reveal.items).toHaveLength(2);
    jest.advanceTimersByTime(1);
    expect([reveal.items, reveal.wipeReason]).toEqual([undefined, 'time']);
  });

  it('a second reveal starts the time anew', () => {
    jest.advanceTimersByTime(200_000);
    reveal.show([credential('a')], 300);
    jest.advanceTimersByTime(200_000);
    expect([reveal.items?.length, reveal.remaining]).toEqual([1, 100_000]);
  });

  it('a destroyed credential disappears from the reveal, and the others stay', () => {
    reveal.remove(['a']);
    expect(shown).toEqual([['a', 'b'], ['b']]);
  });

  it('drafts of notes outlive a hidden reveal, and not the access', () => {
    reveal.setDraft('a', { text: 'typed', version: 1 });
    reveal.wipe('time');
    expect(reveal.drafts.get('a')).toEqual({ text: 'typed', version: 1 });
    reveal.wipe('ended');
    expect(reveal.drafts.size).toBe(0);
  });

  it('text typed while notes are being saved stays, as a draft based on the saved ones', () => {
    reveal.setDraft('a', { text: 'sent', version: 1 });
    reveal.noteSaved({ ...credential('a'), noteVersion: 2 }, 'sent');
    expect(reveal.drafts.size).toBe(0);
    reveal.setDraft('a', { text: 'sent, and more', version: 2 });
    reveal.noteSaved({ ...credential('a'), noteVersion: 3 }, 'sent');
    expect(reveal.drafts.get('a')).toEqual({ text: 'sent, and more', version: 3 });
    reveal.setDraft('a', undefined);
    reveal.noteSaved({ ...credential('a'), noteVersion: 4 }, 'sent');
    expect([reveal.drafts.size, reveal.items?.[0]?.noteVersion]).toEqual([0, 4]);
  });

  it('a destroyed credential takes its draft along, and an empty reveal has no time that is up', () => {
    reveal.setDraft('a', { text: 'typed', version: 1 });
    reveal.remove(['a', 'b']);
    expect(reveal.drafts.size).toBe(0);
    jest.advanceTimersByTime(300_000);
    expect(reveal.wipeReason).toBeUndefined();
  });

  it('a credential destroyed before its reveal arrives is never shown, and each wipe is counted', () => {
    const { wipes } = reveal;
    reveal.wipe('lost');
    reveal.remove(['a']);
    expect(reveal.wipes).toBe(wipes + 1);
    reveal.show([credential('a'), credential('b')], 300);
    expect(reveal.items?.map(({ id }) => id)).toEqual(['b']);
  });

  it('the reason of a failed reveal goes with the access', () => {
    reveal.fail(toProblem(undefined));
    reveal.wipe('hidden');
    expect(reveal.problem?.code).toBe('unreachable');
    reveal.wipe('lost');
    expect(reveal.problem).toBeUndefined();
  });

  it('the first wipe gives the reason, and a later one does not change it', () => {
    reveal.wipe('ended');
    reveal.wipe('hidden');
    expect(reveal.wipeReason).toBe('ended');
  });
});
