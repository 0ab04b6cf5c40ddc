import { closeSoon } from './answers.js';
import { type RecoveringConnection } from './recovering-connection.js';

/** Another client holds the lock. */
export class BrokerLockedError extends Error {
  override readonly name = 'BrokerLockedError';
}

/**
 * A lock among all clients of the broker: an exclusive queue, whose name no
 * other connection can use, and which the broker deletes when its owner's
 * connection ends in whatever way.
 * @returns a function that releases it
 * @throws BrokerLockedError
 */
export async function takeBrokerLock(
  link: RecoveringConnection,
  name: string,
): Promise<() => Promise<void>> {
  const channel = await link.openChannel();
  channel.on('error', () => undefined);
  try {
    await channel.assertQueue(name, { exclusive: true, durable: false });
  } catch (error) {
    if (isLocked(error))
      throw new BrokerLockedError(`${name} is held by somebody else at this moment`);
    throw error;
  }
  return async () => {
    // Where the broker does not answer, the connection is given up, and the lock with it.
    await channel.deleteQueue(name).catch(() => undefined);
    await closeSoon(channel);
  };
}

const isLocked = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 405;
