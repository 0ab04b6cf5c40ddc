import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { done, type Outcome, reject, retry, unavailable, UnroutableError } from '#messaging';
import { waitFor } from '../support/wait-for.js';
import { severalInOneMessage } from './messaging-batch.js';
import {
  message,
  MessagingBench,
  type MessagingUnderTest,
  nothing,
  type,
} from './messaging-bench.js';

/**
 * What messaging promises, whatever it is made of. To be called
 * in a `describe` of its own.
 */
export function messagingConformance(open: () => Promise<MessagingUnderTest>): void {
  let tested: MessagingUnderTest;
  let bench: MessagingBench;

  beforeAll(async () => {
    tested = await open();
  });
  beforeEach(async () => {
    await tested.clear();
    bench = new MessagingBench(tested);
    await bench.start();
  });
  afterEach(() => bench.stop());
  afterAll(() => tested.close());

  describe('a message', () => {
    it('that is confirmed waits for whoever comes, and is handed over as it is', async () => {
      await bench.stop();
      await bench.publish({
        ...message('m-1', '{"text":"ä \\u2028"}'),
        headers: { traceparent: 'trace' },
      });
      await bench.start();
      const [first] = await bench.handled(1);
      expect(first!.payload).toEqual({ text: 'ä \u2028' });
      expect(first!.context).toMatchObject({
        messageId: 'm-1',
        type,
        attempt: 1,
        redelivered: false,
        headers: { traceparent: 'trace' },
      });
    });

    it('that no queue takes is a failure, and only that one', async () => {
      const results = await Promise.allSettled([
        bench.publish(message('a')),
        bench.publish({ ...message('b'), routingKey: 'nobody.cares' }),
      ]);
      expect(results).toMatchObject([
        { status: 'fulfilled' },
        { reason: new UnroutableError('no queue takes nobody.cares') },
      ]);
    });

    it('for the exchange of another publisher is refused', async () => {
      await expect(bench.publish({ ...message('a'), exchange: 'another' })).rejects.toThrow(
        'this publisher is for',
      );
    });
  });

  describe('an outcome', () => {
    const good: readonly (Outcome | undefined)[] = [done(), undefined];
    it.each(good)('of %j, and a type that nobody handles: it is gone', async (outcome) => {
      bench.consumer.answer = () => outcome;
      await bench.publish({ ...message('other'), routingKey: 'thing.else' });
      await bench.publish(message('m-1'));
      await bench.handled(1);
      expect(await bench.leftovers()).toEqual(nothing);
    });

    it('of retry: it comes again after a delay, counted, and others pass it meanwhile', async () => {
      bench.consumer.answer = ({ context }) =>
        context.messageId === 'slow' && context.attempt === 1 ? retry('not yet') : done();
      await bench.publish(message('slow'));
      await bench.handled(1);
      await bench.publish(message('fast'));
      await bench.handled(3);
      expect(bench.ids).toEqual(['slow', 'fast', 'slow']);
      expect(bench.attempts).toEqual([1, 1, 2]);
      expect(await bench.leftovers()).toEqual(nothing);
    });

    it('of retry, again and again: it is kept with its last reason and the number of its attempts', async () => {
      bench.consumer.answer = ({ context }) => retry(`no luck ${context.attempt}`);
      await bench.publish(message('m-1', '{"n":7}'));
      const [letter, ...more] = await bench.deadLetters();
      expect(more).toEqual([]);
      expect(bench.attempts).toEqual([1, 2, 3]);
      expect(letter).toMatchObject({ id: 'm-1', type, reason: 'no luck 3', attempts: 3 });
      expect(letter!.body.toString()).toBe('{"n":7}');
      expect(Date.parse(letter!.lastFailedAt!)).toBeGreaterThanOrEqual(
        Date.parse(letter!.firstFailedAt!),
      );
    });

    it.each([
      ['of reject', '{}', () => reject('refused'), 'refused'],
      ['of what is no JSON', '{"n":', done, 'not JSON in UTF-8'],
    ])(
      '%s: it is kept with its reason at once, and blocks nothing behind it',
      async (_, body, answer, reason) => {
        bench.consumer.answer = ({ context }) => (context.messageId === 'bad' ? answer() : done());
        await bench.publish(message('bad', body));
        await bench.publish(message('good'));
        await waitFor(() => bench.ids.includes('good'));
        expect(await bench.deadLetters()).toMatchObject([{ id: 'bad', reason, attempts: 1 }]);
      },
    );

    it('of a handler that throws is retry, and its reason quotes nobody', async () => {
      bench.consumer.answer = () => Promise.reject(new Error('s3cret'));
      await bench.publish(message('m-1'));
      expect((await bench.deadLetters())[0]).toMatchObject({
        reason: 'the handler threw',
        attempts: 3,
      });
    });

    it('of unavailable: nothing is taken until all is well, and nothing is counted', async () => {
      bench.healthy = false;
      bench.consumer.answer = () => (bench.healthy ? done() : unavailable('no database'));
      await bench.publish(message('m-1'));
      await bench.handled(1);
      await bench.publish(message('m-2'));
      bench.healthy = true;
      await waitFor(
        () => bench.ids.includes('m-2') && bench.ids.filter((id) => id === 'm-1').length === 2,
      );
      expect(new Set(bench.attempts)).toEqual(new Set([1]));
      expect(await bench.leftovers()).toEqual(nothing);
    });
  });

  severalInOneMessage(() => bench);

  describe('a consumer that is closed', () => {
    it('finishes what it has in hand and takes nothing more; the rest is for the next one', async () => {
      let finish: () => void = () => undefined;
      bench.consumer.answer = () =>
        new Promise(
          (resolve) =>
            (finish = () => {
              resolve(done());
            }),
        );
      await bench.publish(message('in-hand'));
      await bench.handled(1);
      const closing = bench.stop();
      await bench.publish(message('next'));
      finish();
      await closing;
      expect(bench.ids).toEqual(['in-hand']);
      await bench.start();
      await bench.handled(1);
      expect(bench.ids).toEqual(['next']);
    });

    it('leaves what it did not finish in time, whatever came before and after and was finished', async () => {
      const isSlow = (id: string | undefined) => id === 'slow-1' || id === 'slow-2';
      await bench.stop();
      await bench.start({ drainMs: 0 });
      bench.consumer.answer = ({ context }) =>
        isSlow(context.messageId) ? new Promise(() => undefined) : done();
      for (const id of ['a', 'slow-1', 'b', 'slow-2', 'c']) await bench.publish(message(id));
      await bench.handled(5);
      expect((await bench.leftovers()).waiting).toEqual(['slow-1', 'slow-2']);
    });

    it('loses nothing that it did not finish in time: the next one is told that it may have been handled', async () => {
      await bench.stop();
      await bench.start({ drainMs: 0 });
      bench.consumer.answer = () => new Promise(() => undefined);
      await bench.publish(message('m-1'));
      await bench.handled(1);
      await bench.stop();
      await bench.start();
      const [again] = await bench.handled(1);
      expect(again!.context).toMatchObject({ messageId: 'm-1', attempt: 1, redelivered: true });
    });
  });
}
