import { describe } from '@jest/globals';
import { ConfirmedPublisher, DeadLetters } from '#messaging';
import { emptyQueues, queue, type Script, TestConsumer } from '../component/messaging/harness.js';
import { connected, TestBroker } from '../support/broker.js';
import { waitFor } from '../support/wait-for.js';
import { messagingConformance } from './messaging.js';
import { type ConsumerUnderTest, exchange, type MessagingUnderTest } from './messaging-bench.js';

const underTest = (script: Script, close: () => Promise<void>): ConsumerUnderTest => ({
  handled: script.handled,
  get answer() {
    return script.answer;
  },
  set answer(answer) {
    script.answer = answer;
  },
  close,
});

describe('messaging over RabbitMQ', () => {
  messagingConformance(async (): Promise<MessagingUnderTest> => {
    const broker = await TestBroker.open();
    const connection = await connected(broker.url);
    const publisher = new ConfirmedPublisher(connection, { exchange, mandatory: true });
    const consume: MessagingUnderTest['consume'] = async (options) => {
      const consumer = await TestConsumer.start(broker.url, options);
      await waitFor(() => broker.consumers(queue));
      return underTest(consumer.script, () => consumer.close());
    };
    return {
      publish: (message) => publisher.publish(message),
      consume,
      deadLetters: async () => {
        const found = [];
        for await (const letter of new DeadLetters(connection, queue).read()) found.push(letter);
        return found;
      },
      clear: () => emptyQueues(broker),
      close: async () => {
        await emptyQueues(broker);
        await publisher.close();
        await connection.close();
        await broker.close();
      },
    };
  });
});
