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
  it('a copy is cleared when its time is over, and not before', async () => {
    await copy('secret');
    await jest.advanceTimersByTimeAsync(44_000);
    expect(content).toBe('secret');
    await jest.advanceTimersByTimeAsync(1_000);
    expect([content, cleared]).toEqual(['', 1]);
  });

  it('text that was copied elsewhere meanwhile is left alone', async () => {
    await copy('secret');
    content = 'a shopping list';
    await jest.advanceTimersByTimeAsync(60_000);
    expect([content, cleared]).toEqual(['a shopping list', 0]);
  });

  it('a clipboard that the page may not read is cleared without reading', async () => {
    readable = false;
    await copy('secret');
    await jest.advanceTimersByTimeAsync(45_000);
    expect(content).toBe('');
  });

  it('the time counts from the last copy', async () => {
    await copy('name');
    await jest.advanceTimersByTimeAsync(40_000);
    await copy('password');
    await jest.advanceTimersByTimeAsync(40_000);
    expect(content).toBe('password');
  });

  it('a copy that could not be cleared without focus is cleared once the window has it again', async () => {
    await copy('secret');
    await clipboard.retry();
    expect(content).toBe('secret');
    inFront = false;
    await jest.advanceTimersByTimeAsync(45_000);
    inFront = true;
    await clipboard.retry();
    expect([content, cleared]).toEqual(['', 1]);
  });

  it('a copy can be cleared before its time', async () => {
    await copy('secret');
    await clipboard.clear();
    expect([content, cleared]).toEqual(['', 1]);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(cleared).toBe(1);
  });

  it('a copy that the browser refuses is an error', async () => {
    inFront = false;
    await expect(copy('secret')).rejects.toThrow();
  });
});
