import { type ConfirmChannel, type ConsumeMessage } from 'amqplib';
import { reasonOf } from './errors.js';

export interface AcknowledgementsOptions {
  readonly channel: ConfirmChannel;
  /** Whether what was delivered can still be acknowledged. */
  readonly isOpen: () => boolean;
  readonly onFailure: (reason: string) => void;
}

/**
 * Acknowledges what one channel has delivered. What is settled in one turn of the event
 * loop goes together: in one frame as far as nothing unsettled was delivered before it,
 * and each in its own beyond that. So no message is acknowledged with others.
 */
export class Acknowledgements {
  /** In the order of their delivery. */
  private readonly unsettled = new Set<ConsumeMessage>();
  private settled: ConsumeMessage[] = [];

  constructor(private readonly options: AcknowledgementsOptions) {}

  /** To be called for each message, in their order. */
  add(message: ConsumeMessage): void {
    this.unsettled.add(message);
  }

  /**
   * To be called when all of its events are settled. On a channel that is gone, or going,
   * it changes nothing, and the message comes again.
   */
  settle(message: ConsumeMessage): void {
    this.unsettled.delete(message);
    if (this.settled.push(message) === 1)
      setImmediate(() => {
        this.flush();
      });
  }

  /** Acknowledges now what is settled. */
  flush(): void {
    const { isOpen, onFailure } = this.options;
    const settled = this.settled.sort((one, other) => tagOf(one) - tagOf(other));
    this.settled = [];
    if (!isOpen()) return;
    try {
      this.acknowledge(settled);
    } catch (error) {
      onFailure(reasonOf(error));
    }
  }

  private acknowledge(settled: readonly ConsumeMessage[]): void {
    const { channel } = this.options;
    const [oldest] = this.unsettled;
    const isBeyond = (message: ConsumeMessage): boolean =>
      oldest !== undefined && tagOf(message) > tagOf(oldest);
    const last = settled.findLast((message) => !isBeyond(message));
    if (last !== undefined) channel.ack(last, true);
    for (const message of settled) if (isBeyond(message)) channel.ack(message);
  }
}

/** Grows with each delivery of a channel. */
const tagOf = ({ fields }: ConsumeMessage): number => fields.deliveryTag;
