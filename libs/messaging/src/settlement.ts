import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ConfirmChannel } from 'amqplib';
import { Backoff } from '#waiting';
import { type BrokerConnection } from './broker-connection.js';
import { copiedHeaders, copiedProperties } from './copied-headers.js';
import { type ChannelKeeper } from './channel-keeper.js';
import { ConfirmedPublisher } from './confirmed-publisher.js';
import { type Handled } from './dispatch.js';
import { reasonOf, UnroutableError } from './errors.js';
import { type MessagingLog, type MessagingLogFields } from './messaging-log.js';
import { headerNames, type Received } from './received.js';
import { deadQueue, retryQueue, routesExchange } from './topology.js';

/**
 * Headers travel in one frame with everything else; a reason is a sentence, not a stack.
 */
const maxReason = 500;
const firstWaitMs = 100;
const maxWaitMs = 5_000;

export interface SettlementOptions {
  readonly connection: BrokerConnection;
  /** Of the channel that delivers. */
  readonly keeper: ChannelKeeper;
  readonly queue: string;
  /** In seconds, growing; one attempt more than there are delays. */
  readonly retryDelays: readonly number[];
  readonly log: MessagingLog;
}

/**
 * Carries out outcomes at the broker. A message is acknowledged only after the copies of
 * its events were confirmed at their next queue, and only on the channel that delivered
 * it: a crash in between may duplicate them, but never loses one.
 */
export class Settlement {
  private readonly publisher: ConfirmedPublisher;

  constructor(private readonly options: SettlementOptions) {
    const { connection, queue } = options;
    this.publisher = new ConfirmedPublisher(connection, {
      exchange: routesExchange(queue),
      kind: 'direct',
      mandatory: true,
    });
  }

  /**
   * Moves an event to where its outcome sends it. Retries while the channel of the
   * message is open instead of returning it: the broker counts returns, and its
   * limit is twenty. Never rejects.
   * @returns whether it did, and the channel is not gone
   */
  async settle(channel: ConfirmChannel, event: Received, outcome: Handled): Promise<boolean> {
    const { keeper, queue, log } = this.options;
    const backoff = new Backoff(firstWaitMs, maxWaitMs);
    while (keeper.isOpen(channel)) {
      try {
        await this.settleOnce(event, outcome);
        return true;
      } catch (error) {
        // A queue is missing: a new channel declares it again, and the
        // message is delivered once more.
        if (error instanceof UnroutableError) keeper.rebuild(channel, error.message);
        else log.warn('message not settled', { queue, text: reasonOf(error) });
      }
      await sleep(backoff.next());
    }
    return false;
  }

  close(): Promise<void> {
    return this.publisher.close();
  }

  private async settleOnce(event: Received, outcome: Handled): Promise<void> {
    if (outcome.kind === 'retry') await this.retry(event, outcome.reason);
    if (outcome.kind === 'reject') await this.deadLetter(event, outcome.reason);
    if (outcome.kind === 'unavailable') await this.requeueUncounted(event);
    if (outcome.kind === 'split')
      await this.move(event, this.options.queue, { [headerNames.attempt]: event.attempt });
  }

  private async retry(received: Received, reason: string): Promise<void> {
    const delay = this.options.retryDelays[received.attempt - 1];
    if (delay === undefined) return this.deadLetter(received, reason);
    await this.move(received, retryQueue(this.options.queue, delay), {
      [headerNames.attempt]: received.attempt + 1,
      [headerNames.firstFailedAt]: received.firstFailedAt ?? new Date().toISOString(),
      [headerNames.reason]: reason.slice(0, maxReason),
    });
    this.options.log.warn('message retried', {
      ...this.about(received),
      text: reason,
      delayMs: delay * 1_000,
    });
  }

  private async deadLetter(received: Received, reason: string): Promise<void> {
    const now = new Date().toISOString();
    await this.move(received, deadQueue(this.options.queue), {
      [headerNames.attempts]: received.attempt,
      [headerNames.firstFailedAt]: received.firstFailedAt ?? now,
      [headerNames.lastFailedAt]: now,
      [headerNames.reason]: reason.slice(0, maxReason),
    });
    this.options.connection.metrics.deadLettered(this.options.queue);
    this.options.log.error('message dead-lettered', { ...this.about(received), text: reason });
  }

  /**
   * The attempt is not counted, by us or by the broker: a nack would, and one of twenty
   * such pauses would end in the dead letters. The shortest retry queue brings it back as
   * a new message, to whichever replica consumes by then.
   */
  private async requeueUncounted(received: Received): Promise<void> {
    const [shortest = 0] = this.options.retryDelays;
    await this.move(received, retryQueue(this.options.queue, shortest), {
      [headerNames.attempt]: received.attempt,
      ...(received.firstFailedAt === undefined
        ? {}
        : { [headerNames.firstFailedAt]: received.firstFailedAt }),
    });
  }

  private move(
    received: Received,
    queue: string,
    remembered: Record<string, string | number>,
  ): Promise<void> {
    return this.publisher.publish({
      routingKey: queue,
      messageId: received.messageId ?? randomUUID(),
      body: received.body,
      headers: copiedHeaders(received, remembered),
      properties: copiedProperties(received),
    });
  }

  private about({ messageId, type, attempt }: Received): MessagingLogFields {
    return {
      queue: this.options.queue,
      eventType: type,
      attempt,
      ...(messageId !== undefined && { eventId: messageId }),
    };
  }
}
