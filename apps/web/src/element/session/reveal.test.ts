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
  it('is gone when its time is over', () => {
    jest.advanceTimersByTime(299_999);
    expect(reveal.items).toHaveLength(2);
    jest.advanceTimersByTime(1);
    expect([reveal.items, reveal.gone]).toEqual([undefined, 'time']);
  });

  it('counts its time anew when it is shown again', () => {
    jest.advanceTimersByTime(200_000);
    reveal.show([credential('a')], 300);
    jest.advanceTimersByTime(200_000);
    expect([reveal.items?.length, reveal.remaining]).toEqual([1, 100_000]);
  });

  it('loses what was destroyed, and keeps the rest', () => {
    reveal.remove(['a']);
    expect(shown).toEqual([['a', 'b'], ['b']]);
  });

  it('keeps notes that are being written when it is hidden, and forgets them with the access', () => {
    reveal.draft('a', { text: 'typed', version: 1 });
    reveal.wipe('time');
    expect(reveal.drafts.get('a')).toEqual({ text: 'typed', version: 1 });
    reveal.wipe('ended');
    expect(reveal.drafts.size).toBe(0);
  });

  it('keeps what was typed while notes were being stored, as a change of what was stored', () => {
    reveal.draft('a', { text: 'sent', version: 1 });
    reveal.saved({ ...credential('a'), noteVersion: 2 }, 'sent');
    expect(reveal.drafts.size).toBe(0);
    reveal.draft('a', { text: 'sent, and more', version: 2 });
    reveal.saved({ ...credential('a'), noteVersion: 3 }, 'sent');
    expect(reveal.drafts.get('a')).toEqual({ text: 'sent, and more', version: 3 });
    reveal.draft('a', undefined);
    reveal.saved({ ...credential('a'), noteVersion: 4 }, 'sent');
    expect([reveal.drafts.size, reveal.items?.[0]?.noteVersion]).toEqual([0, 4]);
  });

  it('forgets the notes being written of what was destroyed, and tells of no time when nothing is left', () => {
    reveal.draft('a', { text: 'typed', version: 1 });
    reveal.remove(['a', 'b']);
    expect(reveal.drafts.size).toBe(0);
    jest.advanceTimersByTime(300_000);
    expect(reveal.gone).toBeUndefined();
  });

  it('never shows what was destroyed before it arrived, and tells a wipe from none', () => {
    const { wipes } = reveal;
    reveal.wipe('lost');
    reveal.remove(['a']);
    expect(reveal.wipes).toBe(wipes + 1);
    reveal.show([credential('a'), credential('b')], 300);
    expect(reveal.items?.map(({ id }) => id)).toEqual(['b']);
  });

  it('forgets why it failed with the access to what it was about', () => {
    reveal.fail(toProblem(undefined));
    reveal.wipe('hidden');
    expect(reveal.problem?.code).toBe('unreachable');
    reveal.wipe('lost');
    expect(reveal.problem).toBeUndefined();
  });

  it('tells the reason of the first wipe only', () => {
    reveal.wipe('ended');
    reveal.wipe('hidden');
    expect(reveal.gone).toBe('ended');
  });
});
