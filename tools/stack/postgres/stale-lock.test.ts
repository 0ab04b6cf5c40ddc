import { describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeStaleLock } from './stale-lock.js';

function lockHeldBy(pid: number): { data: string; file: string } {
  const data = mkdtempSync(join(tmpdir(), 'data-'));
  const file = join(data, 'postmaster.pid');
  writeFileSync(file, `${pid}\n${data}\n`);
  return { data, file };
}

describe('the lock file of PostgreSQL', () => {
  it('goes when its process is gone, or is another one with the same number', () => {
    for (const pid of [2 ** 22 - 1, process.pid]) {
      const { data, file } = lockHeldBy(pid);
      removeStaleLock(data);
      expect(existsSync(file)).toBe(false);
    }
  });

  it('stays while a server runs on its folder', () => {
    const { data, file } = lockHeldBy(0);
    const server = spawn('sh', ['-c', 'sleep 30; true', 'postgres', '-D', data], {
      stdio: 'ignore',
    });
    writeFileSync(file, `${server.pid ?? 0}\n${data}\n`);
    removeStaleLock(data);
    server.kill();
    expect(existsSync(file)).toBe(true);
  });
});
