import { type Channel } from 'amqplib';
import { settlesWithin, within } from '#waiting';
import { BrokerUnavailableError } from './errors.js';

/** Milliseconds, twice. A broker that is well answers within one or two. */
const timeoutMs = 2_500;

/**
 * Waits for an answer of the broker, but not for long: it may be frozen, or cut off, or
 * say nothing for a minute about a queue that has no leader, and close the connection
 * then (findings/rabbitmq-leaderless-queue.sh). A later answer is ignored.
 *
 * It waits in two parts, since a process that was paused finds its timer expired before
 * it has read what arrived meanwhile.
 * @throws SilenceError after five seconds
 */
export async function answerOf<T>(question: Promise<T>): Promise<T> {
  const answer = question.then((value) => ({ value }));
  const inTime = (await within(timeoutMs, answer)) ?? (await within(timeoutMs, answer));
  if (inTime === undefined) throw new SilenceError();
  return inTime.value;
}

/**
 * The connection on which there was no answer will not do any more:
 * ask again over another one.
 */
export class SilenceError extends BrokerUnavailableError {
  constructor() {
    super('the broker does not answer');
  }
}

const closePatience = 1_000;

/**
 * Closes a channel or a connection, without waiting for a silent
 * peer, which never confirms it.
 */
export async function closeSoon(open: { close(): Promise<void> }): Promise<void> {
  await settlesWithin(closePatience, open.close());
}

/** Whatever of a channel waits for an answer of the broker, but for `close`. */
const questions = [
  'assertExchange',
  'assertQueue',
  'bindExchange',
  'bindQueue',
  'cancel',
  'checkExchange',
  'checkQueue',
  'consume',
  'deleteExchange',
  'deleteQueue',
  'get',
  'prefetch',
  'purgeQueue',
  'recover',
  'unbindExchange',
  'unbindQueue',
] as const satisfies readonly (keyof Channel)[];

/** @param ask waits for each answer of this channel from now on. @returns the channel */
export function questioned<C extends Channel>(
  channel: C,
  ask: <T>(question: Promise<T>) => Promise<T>,
): C {
  const limited = questions.map((name) => {
    const question = channel[name].bind(channel) as (...args: unknown[]) => Promise<unknown>;
    return [name, (...args: unknown[]) => ask(question(...args))] as const;
  });
  return Object.assign(channel, Object.fromEntries(limited));
}
