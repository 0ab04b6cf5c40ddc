import { beforeEach, describe, expect, it } from '@jest/globals';
import { done, type Outcome, reject, retry, unavailable } from '#messaging';
import { message, type MessagingBench, nothing, type } from './messaging-bench.js';

/**
 * What messaging promises of several events in one message.
 * @param current the bench of the test that runs, from its start on
 */
export function severalInOneMessage(current: () => MessagingBench): void {
  describe('several events in one message', () => {
    let bench: MessagingBench;
    beforeEach(() => {
      bench = current();
    });

    const batch = (...events: unknown[]) => ({
      ...message('batch', JSON.stringify(events)),
      headers: { traceparent: 'trace', noise: 'x' },
      properties: { contentType: 'application/cloudevents-batch+json' },
    });
    const event = (id: string) => ({ id, text: `of ${id}` });

    it('are handled one after the other, each as if it had come alone', async () => {
      let inHand = 0;
      bench.consumer.answer = async () => {
        inHand += 1;
        await new Promise((resolve) => setTimeout(resolve, 5));
        expect(inHand).toBe(1);
        inHand -= 1;
        return done();
      };
      const ids = Array.from({ length: 12 }, (_, number) => `e-${number}`);
      await bench.publish(batch(...ids.map(event)));
      const handled = await bench.handled(ids.length);
      expect(bench.ids).toEqual(ids);
      expect(handled[3]!.payload).toEqual(event('e-3'));
      expect(handled[3]!.context).toMatchObject({
        type,
        attempt: 1,
        redelivered: false,
        headers: { traceparent: 'trace' },
      });
      expect(handled[3]!.context.headers).not.toHaveProperty('noise');
      expect(await bench.leftovers()).toEqual(nothing);
    });

    it('have an outcome each: a bad one is kept alone, and one that fails is tried again alone', async () => {
      const answers: Record<string, (attempt: number) => Outcome> = {
        bad: () => reject('refused'),
        slow: (attempt) => (attempt === 1 ? retry('not yet') : done()),
      };
      bench.consumer.answer = ({ context }) => answers[context.messageId ?? '']?.(context.attempt);
      await bench.publish(batch(event('first'), event('bad'), event('slow'), 0, event('last')));
      await bench.handled(6);
      expect(bench.ids).toEqual(['first', 'bad', 'slow', undefined, 'last', 'slow']);
      const letters = await bench.deadLetters();
      expect(letters).toMatchObject([
        {
          id: 'bad',
          type,
          reason: 'refused',
          attempts: 1,
          contentType: 'application/cloudevents+json',
        },
      ]);
      expect(JSON.parse(letters[0]!.body.toString())).toEqual(event('bad'));
      expect(await bench.leftovers()).toMatchObject({ waiting: [], dead: [{ id: 'bad' }] });
    });

    it('wait together while something is away, and none is lost', async () => {
      bench.healthy = false;
      bench.consumer.answer = ({ context }) =>
        bench.healthy || context.messageId === 'first' ? done() : unavailable('no database');
      await bench.publish(batch(event('first'), event('second'), event('third')));
      await bench.handled(2);
      expect(bench.ids).toEqual(['first', 'second']);
      bench.healthy = true;
      await bench.handled(4);
      expect([...bench.ids.slice(2)].sort()).toEqual(['second', 'third']);
      expect(new Set(bench.attempts)).toEqual(new Set([1]));
      expect(await bench.leftovers()).toEqual(nothing);
    });

    it('that cannot be split are kept as one message; an empty batch is acknowledged', async () => {
      await bench.publish(batch());
      await bench.publish({ ...batch(), body: Buffer.from('{}') });
      expect(await bench.deadLetters()).toMatchObject([
        { id: 'batch', reason: expect.stringMatching(/^a batch that is no list; /) },
      ]);
      expect(bench.ids).toEqual([]);
    });

    it('of which one may have taken the process down come back as messages of their own', async () => {
      await bench.stop();
      await bench.start({ drainMs: 0 });
      bench.consumer.answer = ({ context }) =>
        context.messageId === 'deadly' ? new Promise(() => undefined) : done();
      await bench.publish(batch(event('first'), event('deadly'), event('last')));
      await bench.handled(2);
      await bench.stop();
      await bench.start();
      const again = await bench.handled(3);
      expect(bench.ids.toSorted()).toEqual(['deadly', 'first', 'last']);
      expect(again.map(({ context }) => context.redelivered)).toEqual([false, false, false]);
      expect(await bench.leftovers()).toEqual(nothing);
    });
  });
}
