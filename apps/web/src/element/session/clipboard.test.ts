import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ClearingClipboard } from './clipboard.js';

let content: string;
let inFront: boolean;
let readable: boolean;
let cleared: number;
let clipboard: ClearingClipboard;
beforeEach(() => {
  jest.useFakeTimers();
  [content, inFront, readable, cleared] = ['', true, true, 0];
  const act = <T>(result: () => T) =>
    inFront ? Promise.resolve(result()) : Promise.reject(new Error('NotAllowedError'));
  clipboard = new ClearingClipboard({
    clipboard: {
      readText: () => act(() => content),
      writeText: (text) => act(() => void (content = text)),
    },
    mayRead: () => Promise.resolve(readable),
  });
});
const copy = (text: string) => clipboard.copy(text, 45, () => (cleared += 1));
afterEach(() => {
  jest.useRealTimers();
});

describe('ClearingClipboard', () => {
  it('clears what it copied when the time is over, and not before', async () => {
    await copy('secret');
    await jest.advanceTimersByTimeAsync(44_000);
    expect(content).toBe('secret');
    await jest.advanceTimersByTimeAsync(1_000);
    expect([content, cleared]).toEqual(['', 1]);
  });

  it('leaves what was copied from elsewhere meanwhile', async () => {
    await copy('secret');
    content = 'a shopping list';
    await jest.advanceTimersByTimeAsync(60_000);
    expect([content, cleared]).toEqual(['a shopping list', 0]);
  });

  it('clears without a look where it may not look', async () => {
    readable = false;
    await copy('secret');
    await jest.advanceTimersByTimeAsync(45_000);
    expect(content).toBe('');
  });

  it('counts from the last copy', async () => {
    await copy('name');
    await jest.advanceTimersByTimeAsync(40_000);
    await copy('password');
    await jest.advanceTimersByTimeAsync(40_000);
    expect(content).toBe('password');
  });

  it('makes good what it could not do while the window was not in front', async () => {
    await copy('secret');
    await clipboard.retry();
    expect(content).toBe('secret');
    inFront = false;
    await jest.advanceTimersByTimeAsync(45_000);
    inFront = true;
    await clipboard.retry();
    expect([content, cleared]).toEqual(['', 1]);
  });

  it('clears before its time when it is told to', async () => {
    await copy('secret');
    await clipboard.clear();
    expect([content, cleared]).toEqual(['', 1]);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(cleared).toBe(1);
  });

  it('says when the browser refuses a copy', async () => {
    inFront = false;
    await expect(copy('secret')).rejects.toThrow();
  });
});
