import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLogger } from '#telemetry';
import { waitFor } from '../../support/wait-for.js';
import { type Running, run, tokenFor } from './service.fixture.js';
import { ThingsModule } from './things.fixture.js';

let service: Running;
let authorization: string;
const lines: { event: string; route?: string; level: string; status?: number }[] = [];

beforeAll(async () => {
  const log = createLogger({
    service: 'test',
    level: 'debug',
    destination: { write: (line) => lines.push(JSON.parse(line)) },
  });
  service = await run(ThingsModule, { log });
  authorization = `Bearer ${await tokenFor('customer-1', 'customer')}`;
});
afterAll(() => service.app.close());

async function levelOf(path: string): Promise<string> {
  const before = lines.length;
  await fetch(service.url + path, { headers: { authorization } });
  const logged = await waitFor(() => lines.slice(before).find(({ event }) => event === 'request'));
  return logged.level;
}

describe('a request', () => {
  it('of a person is logged at level info', async () => {
    expect(await levelOf('/v1/things?name=a')).toBe('info');
  });

  it('that is polled and succeeds is logged at level debug', async () => {
    expect(await levelOf('/v1/polled?name=a')).toBe('debug');
  });

  it('that is polled and refused is logged at level info', async () => {
    expect(await levelOf('/v1/polled')).toBe('info');
  });
});
