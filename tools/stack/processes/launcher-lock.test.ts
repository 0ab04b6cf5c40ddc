import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readHolder, takeLock } from './launcher-lock.js';
import { identify } from './process-id.js';

const newFile = (): string => join(mkdtempSync(join(tmpdir(), 'lock-')), 'launcher.lock');

describe('the lock of a launcher', () => {
  it('lets one in, and the next one when the first has left', () => {
    const file = newFile();
    const release = takeLock(file);
    expect(() => takeLock(file)).toThrow(`It is running here already (process ${process.pid})`);
    release();
    takeLock(file)();
  });

  it('of a launcher that was killed is taken over, even when another process has its number', () => {
    const file = newFile();
    const { pid, started } = identify(process.ppid);
    writeFileSync(file, JSON.stringify({ pid, started: `${started ?? ''}9` }));
    takeLock(file);
    expect(readHolder(file)).toEqual(identify(process.pid));
  });

  it('that is no lock at all is taken over', () => {
    const file = newFile();
    writeFileSync(file, 'half a l');
    takeLock(file);
    expect(readHolder(file)?.pid).toBe(process.pid);
  });
});
