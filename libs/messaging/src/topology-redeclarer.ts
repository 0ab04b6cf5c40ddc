import { closeSoon } from './answers.js';
import { reasonOf } from './errors.js';
import { type RecoveringConnection } from './recovering-connection.js';
import { type MessagingLog } from './messaging-log.js';
import { declareTopology, type Topology } from './topology.js';

export interface TopologyUpkeepOptions extends Topology {
  readonly link: RecoveringConnection;
  readonly everyMs: number;
  readonly log: MessagingLog;
}

/**
 * Periodically declares again what a consumer needs: the broker does not report that an
 * exchange was deleted or a queue unbound, and the consumer would wait for ever. On a
 * channel of its own, since a refused declaration closes the channel.
 */
export class TopologyRedeclarer {
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly options: TopologyUpkeepOptions) {
    this.timer = setInterval(() => void this.declare(), options.everyMs).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async declare(): Promise<void> {
    const { link, log, queue } = this.options;
    if (!link.up) return;
    try {
      const channel = await link.openChannel();
      // The error also rejects what was asked for; without a listener
      // it would end the process.
      channel.on('error', () => undefined);
      await declareTopology(channel, this.options);
      await closeSoon(channel);
    } catch (error) {
      log.warn('queues not declared', { queue, text: reasonOf(error) });
    }
  }
}
