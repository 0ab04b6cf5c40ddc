import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface RunningServer {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts a program in a process of its own. It is sent what it needs to know, and says
 * its URL when it listens; it ends when we disconnect.
 */
export async function startServer(program: URL, message: object): Promise<RunningServer> {
  // Out of reach of the terminal's Ctrl-C, which is for the one that stops it.
  const options = { env: { PATH: process.env['PATH'] }, detached: true };
  const child = fork(fileURLToPath(program), options);
  const exited = once(child, 'exit');
  child.send(message);
  const answer = await Promise.race([once(child, 'message'), exited.then(() => undefined)]);
  if (answer === undefined) throw new Error(`${program.pathname} did not start`);
  return {
    url: String(answer[0]),
    stop: async () => {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}
