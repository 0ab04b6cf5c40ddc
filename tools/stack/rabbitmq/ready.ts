import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** The first bytes of a client: AMQP 0-9-1. */
const greeting = Buffer.from('AMQP\0\0\x09\x01', 'latin1');

/**
 * Waits until a broker answers on this port of 127.0.0.1.
 * @throws what `check`, called between two attempts, throws
 */
export async function waitForBroker(port: number, check: () => void): Promise<void> {
  while (!(await answers(port))) {
    check();
    await sleep(100);
  }
}

/**
 * Whether a broker sends `Connection.Start`. That the port accepts connections is not
 * enough: it may be the proxy of a container that is still booting.
 */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 2000 });
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => socket.write(greeting));
    // A frame of type 1, a method.
    socket.once('data', (data) => {
      settle(data[0] === 1);
    });
    for (const event of ['error', 'timeout', 'close']) {
      socket.once(event, () => {
        settle(false);
      });
    }
  });
}
