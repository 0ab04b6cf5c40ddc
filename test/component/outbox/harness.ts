import { randomUUID } from 'node:crypto';
import { type DataSource } from 'typeorm';
import {
  append,
  OutboxRelay,
  type OutboxMessage,
  type OutboxRelayOptions,
  outboxSchema,
  type Publish,
  SqlOutbox,
} from '#outbox';
import { connect } from '#postgres';
import { createTestDatabase, type TestDatabase, testVariable } from '../../support/database.js';

/** A database with nothing but an outbox, and the relays that a test starts on it. */
export interface Harness {
  readonly database: TestDatabase;
  readonly dataSource: DataSource;
  /** Commits `count` events. @returns their ids, oldest first */
  commit(count?: number): Promise<string[]>;
  /** Starts a relay that is stopped by `settle`. */
  relay(publish: Publish, options?: Partial<OutboxRelayOptions>): OutboxRelay;
  /** The rows of the table, oldest first. */
  unpublished(): Promise<OutboxRow[]>;
  /** Stops every relay and empties the table. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export interface OutboxRow {
  readonly id: string;
  readonly attempts: number;
  readonly last_error: string | null;
  readonly lease_token: string | null;
}

/** Of these tests alone: an exchange that a service consumes would have queues. */
export const exchange = 'test.outbox';

const quiet = { info: () => undefined, warn: () => undefined };

export async function createHarness(): Promise<Harness> {
  const database = await createTestDatabase(testVariable('TEST_TICKETS_MIGRATION_DATABASE_URL'));
  for (const ddl of outboxSchema.tables) await database.query(ddl);
  const dataSource = await connect({ url: database.ownerUrl });
  const relays: OutboxRelay[] = [];
  return {
    database,
    dataSource,
    commit: async (count = 1) => {
      const events = Array.from({ length: count }, () => anEvent());
      await dataSource.transaction((tx) => append(tx, exchange, events));
      return events.map(({ id }) => id);
    },
    relay: (publish, options) => {
      const relay = new OutboxRelay({
        outbox: new SqlOutbox(dataSource),
        publish,
        log: quiet,
        pollMs: 20,
        ...options,
      });
      relays.push(relay);
      relay.start();
      return relay;
    },
    unpublished: () =>
      database.query<OutboxRow & Record<string, unknown>>(
        'SELECT id, attempts, last_error, lease_token FROM outbox ORDER BY seq',
      ),
    settle: async () => {
      await Promise.all(relays.splice(0).map((relay) => relay.stop(1_000)));
      await database.query('TRUNCATE outbox');
    },
    close: async () => {
      await dataSource.destroy();
      await database.drop();
    },
  };
}

export const anEvent = () => ({
  id: randomUUID(),
  type: 'ticket.status.changed',
  data: { ticketId: 'T1', text: 'ä "quoted"' },
});

/** A broker that confirms everything, and remembers it. */
export class ConfirmingBroker {
  readonly confirmed: OutboxMessage[] = [];

  readonly publish: Publish = (message) => {
    this.confirmed.push(message);
    return Promise.resolve();
  };

  get ids(): string[] {
    return this.confirmed.map(({ messageId }) => messageId);
  }
}

/** A promise that the test settles. */
export function gate(): { readonly passed: Promise<void>; open(): void; fail(error: Error): void } {
  let open: () => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const passed = new Promise<void>((resolve, reject) => {
    open = resolve;
    fail = reject;
  });
  return { passed, open, fail };
}
