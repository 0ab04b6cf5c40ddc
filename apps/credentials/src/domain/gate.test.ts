import { describe, expect, it } from '@jest/globals';
import { isNews, mergeAnswer, mergeEvent } from './gate.js';

const state = (phase: number, version: number) => ({ phase, version });

describe('the gate of a ticket', () => {
  it.each([
    [state(0, 2), state(0, 2), 'unchanged'],
    [state(0, 2), state(0, 3), 'moved'],
    [state(0, 2), state(1, 3), 'crossed'],
    [state(0, 2), state(2, 4), 'crossed'],
    [state(-1, 0), state(1, 3), 'moved'],
    [state(1, 3), state(0, 4), 'regressed'],
    [state(0, 3), state(0, 2), 'regressed'],
    [state(0, 3), state(1, 2), 'regressed'],
  ])('at %j takes the answer %j as %s', (gate, answer, merge) => {
    expect(mergeAnswer(gate, answer)).toBe(merge);
  });

  it.each([
    [state(0, 2), state(1, 3), 'end'],
    [state(0, 5), state(1, 3), 'end'],
    [state(-1, 0), state(1, 3), 'ask'],
    [state(0, 2), state(3, 9), 'ask'],
    [state(1, 3), state(2, 4), 'ask'],
    [state(0, 2), state(0, 3), 'ask'],
    [state(0, 2), state(0, 2), 'known'],
    [state(2, 4), state(1, 9), 'known'],
  ])('at %j takes the event %j as %s', (gate, event, merge) => {
    expect(mergeEvent(gate, event)).toBe(merge);
  });

  it('takes a change for news unless it knows it, or its end with no version', () => {
    expect(isNews(state(0, 2), state(0, 3))).toBe(true);
    expect(isNews(state(0, 2), state(1, 3))).toBe(true);
    expect(isNews(state(0, 2), state(0, 2))).toBe(false);
    expect(isNews(state(1, 2), state(1, 3))).toBe(false);
  });
});
