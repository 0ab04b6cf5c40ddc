import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataKey } from './data-key.js';
import { DirectoryKeyRing } from './directory-key-ring.js';
import { type KeyRingFault, KeyRingError } from './key-ring.js';
import { OpenError } from './open-error.js';
import { unwrapDataKey, wrapDataKey } from './wrap.js';

let directory = '';
beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), 'ring-')));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const open = (): DirectoryKeyRing => DirectoryKeyRing.open(directory);
const fileOf = (kekId: string): string => join(directory, `${kekId}.kek`);
const stranger = '01900000-0000-7000-8000-000000000000';

function codeOf(action: () => unknown): KeyRingFault {
  try {
    action();
  } catch (error) {
    if (error instanceof KeyRingError) return error.code;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('a ring in a directory', () => {
  it('keeps a key as one file of mode 0600, named by a UUIDv7, and leaves no draft', () => {
    const kekId = open().create();
    expect(kekId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(readdirSync(directory)).toEqual([`${kekId}.kek`]);
    expect(statSync(fileOf(kekId)).mode & 0o777).toBe(0o600);
  });

  it('gives the same key after it was opened anew', () => {
    const ring = open();
    const kekId = ring.create();
    const wrapped = wrapDataKey(ring.key(kekId), DataKey.generate(), ['c']);
    expect(() => unwrapDataKey(open().key(kekId), wrapped, ['c'])).not.toThrow();
  });

  it('makes a new key each time, and lists them oldest first', () => {
    const ring = open();
    const [first, second] = [ring.create(), ring.create()];
    const wrapped = wrapDataKey(ring.key(first), DataKey.generate(), ['c']);
    expect(() => unwrapDataKey(ring.key(second), wrapped, ['c'])).toThrow(OpenError);
    expect(ring.list()).toEqual([first, second]);
    expect(open().list()).toEqual([first, second]);
  });

  it('finds a key that another process made after this one opened', () => {
    const [ours, theirs] = [open(), open()];
    const kekId = theirs.create();
    expect(ours.key(kekId).id).toBe(kekId);
  });

  it('answers from memory while the directory has the key', () => {
    const ring = open();
    const kekId = ring.create();
    expect(ring.key(kekId)).toBe(ring.key(kekId));
  });

  it('destroys a key for good, and does not mind being asked again', () => {
    const ring = open();
    const kekId = ring.create();
    ring.destroy(kekId);
    ring.destroy(kekId);
    expect(readdirSync(directory)).toEqual([]);
    expect(codeOf(() => ring.key(kekId))).toBe('missing-key');
    expect(codeOf(() => open().key(kekId))).toBe('missing-key');
  });

  it('forgets at its next look what another process destroyed', () => {
    const [ours, theirs] = [open(), open()];
    const kekId = theirs.create();
    ours.key(kekId);
    theirs.destroy(kekId);
    expect(ours.list()).toEqual([]);
    expect(codeOf(() => ours.key(kekId))).toBe('missing-key');
  });

  it('never makes a path of what is no key id', () => {
    const outside = open().create();
    mkdirSync(join(directory, 'inner'), { mode: 0o700 });
    const ring = DirectoryKeyRing.open(join(directory, 'inner'));
    for (const kekId of [`../${outside}`, '', '.', `${stranger}\0`, outside.replace('-7', '-G')]) {
      expect(codeOf(() => ring.key(kekId))).toBe('missing-key');
      expect(
        codeOf(() => {
          ring.destroy(kekId);
        }),
      ).toBe('missing-key');
    }
    expect(statSync(fileOf(outside)).size).toBe(49);
  });

  it('leaves other names alone, the draft of an interrupted creation too', () => {
    for (const name of [`${stranger}.kek.draft`, 'README', 'lost+found']) writeFileSync(join(directory, name), 'x', { mode: 0o644 });
    expect(open().list()).toEqual([]);
  });
});
