import { afterEach, describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identify, isAlive } from './process-id.js';
import { ProcessJournal, stopLeftovers } from './process-journal.js';

describe('what a killed launcher has left', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'journal-')), 'journal.json');
  const children: ChildProcess[] = [];
  const sleeper = (): number => {
    const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
    children.push(child);
    return child.pid ?? 0;
  };

  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  it('is stopped, and named', async () => {
    const id = identify(sleeper());
    new ProcessJournal(file).add({ ...id, name: 'postgres', stopSignal: 'SIGINT' });
    expect(await stopLeftovers(file)).toEqual(['postgres']);
    expect(isAlive(id)).toBe(false);
  });

  it('is never confused with a process that has the same number by now', async () => {
    const now = identify(sleeper());
    new ProcessJournal(file).add({ ...now, name: 'alive now', stopSignal: 'SIGKILL' });
    const journal = new ProcessJournal(file);
    journal.add({
      pid: now.pid,
      started: `${now.started ?? ''}9`,
      name: 'same number, other start',
      stopSignal: 'SIGKILL',
    });
    expect(await stopLeftovers(file)).toEqual([]);
    expect(isAlive(now)).toBe(true);
  });

  it('is ended with SIGKILL when it does not heed the signal', async () => {
    const child = spawn('sh', ['-c', 'trap "" TERM; echo ready; while :; do sleep 0.1; done'], {
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    children.push(child);
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const id = identify(child.pid ?? 0);
    new ProcessJournal(file).add({ ...id, name: 'stubborn', stopSignal: 'SIGTERM' });
    await stopLeftovers(file, 200);
    expect(isAlive(id)).toBe(false);
  });

  it('is nothing when there is no journal, or half of one', async () => {
    expect(await stopLeftovers(join(tmpdir(), 'no-such-journal.json'))).toEqual([]);
  });
});
