import { exchanges } from '#contracts';
import { BroadcastListener, BrokerConnection } from '#messaging';
import { type Activity } from '#lifecycle';
import { type Log } from '#telemetry';
import { StreamHub } from './stream-hub.js';

/** Passes events from the broker to the open streams. */
export class LiveNews implements Activity {
  readonly name = 'live news';
  readonly hub: StreamHub;
  private readonly connection: BrokerConnection;
  private readonly listener: BroadcastListener;

  constructor(url: string, log: Log) {
    this.connection = new BrokerConnection({ url, name: 'gateway', log });
    this.hub = new StreamHub(() => this.listener.listening);
    this.listener = new BroadcastListener({
      connection: this.connection,
      name: 'gateway.streams',
      bindings: [exchanges.ticketNews, exchanges.credential].map((exchange) => ({ exchange, keys: ['#'] })),
      onMessage: (body) => {
        this.hub.tell(body);
      },
      onListening: () => {
        this.hub.resync();
      },
    });
  }

  start(): void {
    this.connection.start();
  }

  /** Why no events are received; undefined while they are. */
  readonly warning = (): string | undefined => {
    if (this.listener.listening) return undefined;
    return this.connection.state === 'down' ? 'down' : 'not listening yet';
  };

  async stop(): Promise<void> {
    this.hub.close();
    await this.listener.close();
    await this.connection.close();
  }
}
