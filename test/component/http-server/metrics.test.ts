import { type AddressInfo, createServer } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { readEnvironment } from '#config';
import { readServerConfig, stop } from '#http-server';
import { type Running, run } from './service.fixture.js';
import { ThingsModule } from './things.fixture.js';

let service: Running | undefined;
afterEach(async () => {
  if (service) await stop(service);
  service = undefined;
});

const place = (environment: Record<string, string>) =>
  readEnvironment(environment, (read) => readServerConfig(read, { port: 1 })).metrics;
const started = async (environment: Record<string, string>) =>
  (service = await run(ThingsModule, { metricsAt: place(environment) }));
const status = async (url: string) => (await fetch(url)).status;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('/metrics', () => {
  it('is beside everything else unless it is said otherwise', async () => {
    const { url } = await started({});
    expect(await status(`${url}/metrics`)).toBe(200);
  });

  it('is answered nowhere with METRICS=off', async () => {
    const { url } = await started({ METRICS: 'off', METRICS_PORT: '1' });
    expect([await status(`${url}/metrics`), await status(`${url}/livez`)]).toEqual([404, 200]);
  });

  it('is on a port of its own with METRICS_PORT, with nothing else, until the service has stopped', async () => {
    const port = await freePort();
    const { url } = await started({ METRICS_PORT: String(port) });
    await fetch(`${url}/v1/things`);
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`);
    expect(await answer.text()).toContain('http_server_request_duration_seconds_count');
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect([
      await status(`${url}/metrics`),
      await status(`http://127.0.0.1:${port}/v1/things`),
    ]).toEqual([404, 404]);
    if (service) await stop(service);
    service = undefined;
    await expect(fetch(`http://127.0.0.1:${port}/metrics`)).rejects.toThrow('fetch failed');
  });

  it('is bound to HOST, and its variables are checked', () => {
    expect(place({ HOST: '127.0.0.2', METRICS_PORT: '9464' })).toEqual({
      host: '127.0.0.2',
      port: 9464,
    });
    expect(() => place({ METRICS_PORT: '70000' })).toThrow('METRICS_PORT');
    expect(() => place({ METRICS: 'no' })).toThrow('METRICS');
  });
});
