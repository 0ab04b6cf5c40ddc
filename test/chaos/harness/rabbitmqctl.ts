import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Recipe } from '../../../tools/stack/processes/managed-process.js';

const run = promisify(execFile);

/** Speaks to one node as its operator would. @returns what it printed */
export type Control = (...args: readonly string[]) => Promise<string>;

/**
 * @param server the installed `rabbitmq-server`, beside which its `rabbitmqctl` is;
 * @param recipe of the node
 */
export function controlOf(server: string, { env }: Recipe): Control {
  const node = env['RABBITMQ_NODENAME'] ?? '';
  return async (...args) =>
    (
      await run(join(dirname(server), 'rabbitmqctl'), ['-n', node, ...args], {
        env,
        encoding: 'utf8',
      })
    ).stdout;
}

/** @param name of the container */
export const controlInContainer =
  (docker: string, name: string): Control =>
  async (...args) =>
    (await run(docker, ['exec', name, 'rabbitmqctl', ...args], { encoding: 'utf8' })).stdout;

/**
 * Has the node put on disk what was declared until now. It waits up to three seconds with
 * that, and a quorum queue whose node is killed meanwhile may never have a leader again
 * (findings/rabbitmq-killed-while-declaring.sh).
 */
export async function keepDeclared(control: Control): Promise<void> {
  await control('eval', '[ok = dets:sync(Table) || Table <- dets:all()].');
}
