import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type LaunchedStack } from '../against/launched.js';
import { type Side } from '../against/side.js';
import { repeatDuring } from '../measure/repeat-during.js';
import { median, percentile } from '../measure/statistics.js';
import { withoutLimits } from '../without-limits.js';

const run = promisify(execFile);
/** Before the rotation, one by one: their median is what the others are held to. */
const calmReveals = 500;

/**
 * `npm run keys -- rotate`, and reveals one by one beside it.
 * @returns lines for the report
 */
export async function measureRotation({ stack, client }: Side): Promise<readonly string[]> {
  const ticketId = await client.open();
  await client.submit(ticketId);
  const reveal = async (): Promise<number> => {
    const start = performance.now();
    await client.reveal(ticketId);
    return performance.now() - start;
  };
  const alone: number[] = [];
  while (alone.length < calmReveals) alone.push(await reveal());
  const rotation = rotate(stack);
  const beside = await repeatDuring(rotation, reveal);
  const { seconds, said } = await rotation;
  return [
    `Rotation: ${seconds.toFixed(1)} s (≤ 60 s): ${said}.`,
    `A reveal alone: median ${milliseconds(median(alone))}; beside the rotation ` +
      `${milliseconds(median(beside))}, 99th percentile ` +
      `${milliseconds(percentile(beside, 0.99))}, slowest ${milliseconds(Math.max(...beside))}.`,
  ];
}

async function rotate({ tree }: LaunchedStack): Promise<{ seconds: number; said: string }> {
  const start = performance.now();
  const args = ['tools/bootstrap.mjs', 'run', 'keys', 'rotate'];
  const { stdout } = await run(process.execPath, args, { cwd: tree, env: withoutLimits });
  const seconds = (performance.now() - start) / 1000;
  return { seconds, said: stdout.trim().replaceAll('\n', '; ') };
}

const milliseconds = (value: number): string => `${value.toFixed(1)} ms`;
