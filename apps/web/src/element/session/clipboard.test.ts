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
  const act = <T>(result: () => T) => (inFront ? Promise.resolve(result()) : Promise.reject(new Error('NotAllowedError')));
  clipboard = new ClearingClipboard({
    clipboard: { readText: () => act(() => content), writeText: (text) => act(() => void (content = text)) },
    mayRead: () => Promise.resolve(readable),
    onCleared: () => (cleared += 1),
  });
});
afterEach(() => {
  jest.useRealTimers();
});

describe('ClearingClipboard', () => {
  it('clears what it copied when the time is over, and not before', async () => {
    await clipboard.copy('secret', 45);
    await jest.advanceTimersByTimeAsync(44_000);
    expect(content).toBe('secret');
    await jest.advanceTimersByTimeAsync(1_000);
    expect([content, cleared]).toEqual(['', 1]);
  });

  it('leaves what was copied from elsewhere meanwhile', async () => {
    await clipboard.copy('secret', 45);
    content = 'a shopping list';
    await jest.advanceTimersByTimeAsync(60_000);
    expect(content).toBe('a shopping list');
  });

  it('clears without a look where it may not look', async () => {
    readable = false;
    await clipboard.copy('secret', 45);
    await jest.advanceTimersByTimeAsync(45_000);
    expect(content).toBe('');
  });

  it('counts from the last copy', async () => {
    await clipboard.copy('name', 45);
    await jest.advanceTimersByTimeAsync(40_000);
    await clipboard.copy('password', 45);
    await jest.advanceTimersByTimeAsync(40_000);
    expect(content).toBe('password');
  });

  it('makes good what it could not do while the window was not in front', async () => {
    await clipboard.copy('secret', 45);
    await clipboard.retry();
    expect(content).toBe('secret');
    inFront = false;
    await jest.advanceTimersByTimeAsync(45_000);
    inFront = true;
    await clipboard.retry();
    expect([content, cleared]).toEqual(['', 1]);
  });

  it('says when the browser refuses a copy', async () => {
    inFront = false;
    await expect(clipboard.copy('secret', 45)).rejects.toThrow();
  });
});
