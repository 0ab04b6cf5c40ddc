import { describe } from '@jest/globals';
import { append, SqlOutbox } from '#outbox';
import { InMemoryOutbox } from '#in-memory/outbox';
import { createHarness } from '../component/outbox/harness.js';
import { outboxConformance, type OutboxUnderTest } from './outbox.js';

describe('an outbox in PostgreSQL', () => {
  outboxConformance(async (): Promise<OutboxUnderTest> => {
    const harness = await createHarness();
    return {
      outbox: new SqlOutbox(harness.dataSource),
      transaction: (work) =>
        harness.dataSource.transaction((tx) =>
          work((exchange, events) => append(tx, exchange, events)),
        ),
      clear: () => harness.settle(),
      close: () => harness.close(),
    };
  });
});

describe('an outbox in memory', () => {
  outboxConformance(() => {
    let outbox = new InMemoryOutbox();
    return Promise.resolve({
      get outbox() {
        return outbox;
      },
      transaction: (work) => outbox.transaction(work),
      clear: () => {
        outbox = new InMemoryOutbox();
        return Promise.resolve();
      },
      close: () => Promise.resolve(),
    });
  });
});
