import { get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until a service is ready.
 * @throws what `check`, called between two attempts, throws
 */
export async function waitForReady(port: number, check: () => void): Promise<void> {
  while ((await askReadiness(port)) !== 200) {
    check();
    await sleep(50);
  }
}

/** @returns the status of the answer; undefined when there was none */
function askReadiness(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const request = get(
      { host: '127.0.0.1', port, path: '/readyz', timeout: 2000, agent: false },
      (response) => {
        response.resume();
        resolve(response.statusCode);
      },
    );
    request.once('timeout', () => request.destroy());
    request.once('error', () => {
      resolve(undefined);
    });
  });
}
