import { LRUCache } from 'lru-cache';
import { type ChangeHandler, type HandledChanges } from '#changes';
import { exchanges, type Standing } from '#contracts';
import { BroadcastListener, BrokerConnection } from '#messaging';
import { type Activity } from '#lifecycle';
import { type Log } from '#telemetry';
import { type TicketNews, toNews } from './stream-event.js';
import { StreamHub } from './stream-hub.js';

/**
 * For how many tickets the last published version is kept; a change of any other may be
 * published twice.
 */
const maxVersions = 10_000;

/** Publishes to the open streams the broker's events, and changes without an event. */
export class BrokerEventFeed implements Activity, ChangeHandler {
  readonly name = 'live news';
  readonly hub: StreamHub;
  private readonly connection: BrokerConnection;
  private readonly listener: BroadcastListener;
  /** The last version of each ticket that was published. */
  private readonly lastVersions = new LRUCache<string, number>({ max: maxVersions });

  constructor(url: string, log: Log) {
    this.connection = new BrokerConnection({ url, name: 'gateway', log });
    this.hub = new StreamHub(() => this.listener.listening);
    this.listener = new BroadcastListener({
      connection: this.connection,
      name: 'gateway.streams',
      bindings: [exchanges.ticketNews, exchanges.credential].map((exchange) => ({
        exchange,
        keys: ['#'],
      })),
      onMessage: (body) => {
        const news = toNews(body);
        if (news !== undefined) this.publish(news);
      },
      onListening: () => {
        this.hub.resync();
      },
    });
  }

  start(): void {
    this.connection.start();
  }

  handle(changes: readonly Standing[]): Promise<HandledChanges> {
    const newer = changes.filter(
      ({ ticketId, version }) => version > (this.lastVersions.get(ticketId) ?? 0),
    );
    for (const standing of newer)
      this.publish({ ticketId: standing.ticketId, event: { type: 'ticket', data: standing } });
    return Promise.resolve({ followed: newer.length, failed: [] });
  }

  checkAll(): Promise<void> {
    this.hub.resync();
    return Promise.resolve();
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

  private publish(news: TicketNews): void {
    const { ticketId, event } = news;
    const { version } = event.data as { readonly version?: unknown };
    if (event.type === 'ticket' && typeof version === 'number')
      this.lastVersions.set(ticketId, Math.max(version, this.lastVersions.get(ticketId) ?? 0));
    this.hub.publish(news);
  }
}
