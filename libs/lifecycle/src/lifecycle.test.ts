import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Log, type LogFields, Metrics, silentLog } from '#telemetry';
import { type Activity } from './activity.js';
import { Lifecycle } from './lifecycle.js';

let events: string[];
let warnings: unknown[];
let lifecycle: Lifecycle;

beforeEach(() => {
  events = [];
  warnings = [];
  const log: Log = Object.assign(Object.create(silentLog) as Log, {
    warn: (event: string, fields?: LogFields) => void warnings.push([event, fields?.check]),
  });
  lifecycle = new Lifecycle(log, new Metrics('test', { processMetrics: false }));
});

/** @param finished when it has stopped */
const activity = (name: string, finished: Promise<void> = Promise.resolve()): Activity => ({
  name,
  start() {
    events.push(`${name} starts`);
  },
  async stop() {
    events.push(`${name} is to stop`);
    await finished;
    events.push(`${name} has stopped`);
  },
});

function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('the life of a service', () => {
  it('starts foundations in their order, and work when they stand', async () => {
    lifecycle.addWork(activity('consumer'));
    lifecycle.addFoundation(activity('broker'));
    lifecycle.addFoundation(activity('relay'));
    await lifecycle.start();
    expect(events).toEqual(['broker starts', 'relay starts', 'consumer starts']);
  });

  it('ends all work at once, waits for what is in hand, and takes the foundations away after that, the last one first', async () => {
    const [request, message] = [gate(), gate()];
    lifecycle.addFoundation(activity('broker'));
    lifecycle.addFoundation(activity('relay'));
    lifecycle.addWork(activity('requests', request.opened));
    lifecycle.addWork(activity('consumer', message.opened));
    const stopped = lifecycle.stop();
    await settle();
    expect(events).toEqual(['requests is to stop', 'consumer is to stop']);
    message.open();
    await settle();
    expect(events.slice(2)).toEqual(['consumer has stopped']);
    request.open();
    await stopped;
    expect(events.slice(3)).toEqual([
      'requests has stopped',
      'relay is to stop',
      'relay has stopped',
      'broker is to stop',
      'broker has stopped',
    ]);
  });

  it('stops the rest when one of them fails to', async () => {
    lifecycle.addFoundation(activity('broker'));
    lifecycle.addWork(activity('consumer', Promise.reject(new Error('no'))));
    await lifecycle.stop();
    expect(events.at(-1)).toBe('broker has stopped');
    expect(warnings).toEqual([['not stopped', 'consumer']]);
  });

  it('does not wait for ever for work that does not end', async () => {
    lifecycle.addFoundation(activity('broker'));
    lifecycle.addWork(activity('consumer', gate().opened));
    await lifecycle.stop();
    expect(events.at(-1)).toBe('broker has stopped');
    expect(warnings).toEqual([['not stopped in time', 'consumer']]);
  });

  it('ends once, however often it is asked to', async () => {
    lifecycle.addWork(activity('consumer'));
    await Promise.all([lifecycle.stop(), lifecycle.stop()]);
    expect(events).toEqual(['consumer is to stop', 'consumer has stopped']);
  });
});
