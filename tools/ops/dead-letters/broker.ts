import { CommandError } from '#command-line';
import { type Environment, readBrokerUrl, readEnvironment } from '#config';
import { BrokerConnection } from '#messaging';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds. */
const timeoutMs = 10_000;
const lookEvery = 20;

/**
 * A connection for as long as `act` takes.
 * @throws CommandError with the reason when the broker cannot be reached
 */
export async function withBroker<T>(
  environment: Environment,
  act: (connection: BrokerConnection) => Promise<T>,
): Promise<T> {
  const url = readEnvironment(environment, readBrokerUrl);
  let reason: string | undefined;
  const log = {
    info: () => undefined,
    warn: (_event: string, { text }: { text?: string } = {}) => void (reason = text),
    error: () => undefined,
  };
  const connection = new BrokerConnection({ url, name: 'dead-letters', log });
  connection.start();
  try {
    for (let waited = 0; connection.state === 'down'; waited += lookEvery) {
      if (reason !== undefined || waited > timeoutMs)
        throw new CommandError(`the broker cannot be reached: ${reason ?? 'no answer'}`);
      await sleep(lookEvery);
    }
    return await act(connection);
  } finally {
    await connection.close();
  }
}
