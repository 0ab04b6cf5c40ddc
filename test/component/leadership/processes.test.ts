import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { leadershipSchema } from '#leadership';
import { createTestDatabase, type TestDatabase, testVariable } from '../../support/database.js';
import { waitFor } from '../../support/wait-for.js';
import { leaseMs } from './harness.js';

let database: TestDatabase;
const processes: ChildProcess[] = [];
let turns: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase(testVariable('TEST_TICKETS_MIGRATION_DATABASE_URL'));
  for (const ddl of leadershipSchema.tables) await database.query(ddl);
});
afterEach(async () => {
  for (const child of processes.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  await database.query('TRUNCATE leadership, job_run');
  turns = [];
});
afterAll(() => database.drop());

function replica(name: string): ChildProcess {
  const fixture = join(import.meta.dirname, 'leader.fixture.mjs');
  const child = spawn(process.execPath, [fixture, database.ownerUrl, name, String(leaseMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  processes.push(child);
  createInterface({ input: child.stdout }).on('line', (line) => turns.push(line));
  return child;
}

describe('a leading process', () => {
  it.each(['SIGKILL', 'SIGSTOP', 'SIGTERM'] as const)(
    'that gets %s is replaced, and leads no more when it is back',
    async (signal) => {
      const first = replica('first');
      await waitFor(() => turns.at(-1) === 'first');
      replica('second');
      first.kill(signal);
      await waitFor(() => turns.at(-1) === 'second');
      const [lease] = await database.query(
        'SELECT until > clock_timestamp() AS held FROM leadership',
      );
      expect(lease).toEqual({ held: true });
      first.kill('SIGCONT');
      const before = turns.length;
      await waitFor(() => turns.length > before + 20);
      // The turn that it was stopped in may still print its line.
      expect(turns.slice(before + 2).every((name) => name === 'second')).toBe(true);
    },
  );
});
