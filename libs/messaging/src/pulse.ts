import { ChannelKeeper } from './channel-keeper.js';
import { type RecoveringConnection } from './recovering-connection.js';

const everyMs = 2_000;

/**
 * Asks the broker something every two seconds, so that one that fell silent is noticed
 * within seven; heartbeats take twenty.
 */
export class Pulse {
  private readonly keeper: ChannelKeeper;
  private readonly timer: NodeJS.Timeout;

  constructor(link: RecoveringConnection, name: string) {
    this.keeper = new ChannelKeeper({
      link,
      name: `pulse ${name}`,
      setup: () => Promise.resolve(),
    });
    this.timer = setInterval(() => void this.beat(link), everyMs).unref();
  }

  close(): Promise<void> {
    clearInterval(this.timer);
    return this.keeper.close();
  }

  private async beat(link: RecoveringConnection): Promise<void> {
    // A blocked connection is silent, and has nothing wrong with it.
    if (link.blocked) return;
    // Any question would do. Where it is not answered, the link gives the connection up.
    await this.keeper.current?.prefetch(1).catch(() => undefined);
  }
}
