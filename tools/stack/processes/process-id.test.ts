import { expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { endOrphans, identify, isAlive } from './process-id.js';

it('nothing of a group runs any more when its orphans are ended', async () => {
  const leader = spawn('sh', ['-c', 'sleep 60 & echo $!; wait'], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = (await once(leader.stdout, 'data')) as [Buffer];
  const orphan = identify(Number(line.toString()));
  leader.kill('SIGKILL');
  await once(leader, 'exit');
  expect(isAlive(orphan)).toBe(true);
  await endOrphans(leader.pid ?? 0);
  expect(isAlive(orphan)).toBe(false);
});
