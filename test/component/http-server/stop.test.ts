import { once } from 'node:events';
import { connect } from 'node:net';
import { Controller, Get, Module, type OnApplicationShutdown } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { Agent, request } from 'undici';
import { Public, stop } from '#http-server';
import { run } from './service.fixture.js';

/** More than the sockets of both sides hold. */
const largeBytes = 32 * 1024 * 1024;
const events: string[] = [];
let finish: () => void = () => undefined;

@Controller('v1')
class SlowController {
  @Get('slow')
  @Public()
  async slow() {
    events.push('begun');
    await new Promise<void>((resolve) => (finish = resolve));
    events.push('done');
    return { done: true };
  }

  @Get('large')
  @Public()
  large() {
    return { text: 'x'.repeat(largeBytes) };
  }
}

@Module({ controllers: [SlowController] })
class SlowModule implements OnApplicationShutdown {
  onApplicationShutdown(): void {
    events.push('shut down');
  }
}

const until = async (condition: () => boolean) => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('stopping', () => {
  it('takes nothing new, finishes what is in flight, says that the connection ends, and then shuts down', async () => {
    const service = await run(SlowModule);
    const dispatcher = new Agent({ keepAliveTimeout: 60_000 });
    const idle = await request(`${service.url}/livez`, {
      dispatcher: new Agent({ keepAliveTimeout: 60_000 }),
    });
    await idle.body.dump();
    const slow = request(`${service.url}/v1/slow`, { dispatcher });
    await until(() => events.includes('begun'));
    const stopped = stop(service);
    const late = await request(`${service.url}/livez`, { dispatcher: new Agent() }).catch(
      (error: unknown) => error,
    );
    expect(late).toMatchObject({ code: 'ECONNREFUSED' });
    expect(events).toEqual(['begun']);
    finish();
    const answer = await slow;
    expect([answer.statusCode, await answer.body.json()]).toEqual([200, { done: true }]);
    expect(answer.headers.connection).toBe('close');
    await stopped;
    expect(events).toEqual(['begun', 'done', 'shut down']);
  });

  it('sends a large answer whole to a client that reads slowly', async () => {
    const service = await run(SlowModule);
    const { hostname, port } = new URL(service.url);
    const socket = connect(Number(port), hostname);
    socket.write('GET /v1/large HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(socket, 'readable');
    const stopped = stop(service);
    await new Promise((resolve) => setTimeout(resolve, 300));
    let received = 0;
    for await (const chunk of socket) received += (chunk as Buffer).length;
    expect(received).toBeGreaterThan(largeBytes);
    await stopped;
  });

  it('does not wait for a connection on which nothing happens', async () => {
    const service = await run(SlowModule);
    const idle = await request(`${service.url}/livez`, {
      dispatcher: new Agent({ keepAliveTimeout: 60_000 }),
    });
    await idle.body.dump();
    const begun = performance.now();
    await stop(service);
    expect(performance.now() - begun).toBeLessThan(5000);
  });
});
