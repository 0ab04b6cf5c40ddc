import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TlsConfig } from '#config';
import { Upstream } from '#upstream';
import { type Running, run } from '../http-server/service.fixture.js';
import { ThingsModule } from '../http-server/things.fixture.js';
import { type Certificate, certificate } from './certificates.fixture.js';

const ours = certificate('our authority');
const strangers = certificate('their authority');
const tlsOf = ({ cert, key }: Certificate, ca = ours): TlsConfig => ({ cert, key, ca: ca.cert });

let service: Running;
beforeAll(async () => {
  service = await run(ThingsModule, { tls: tlsOf(certificate('tickets', ours)) });
});
afterAll(() => service.app.close());

async function statusBy(tls: TlsConfig | undefined, url = service.url): Promise<number> {
  const upstream = new Upstream({ name: 'tickets', urls: [new URL(url)], tls });
  try {
    return (await upstream.request({ method: 'GET', path: '/v1/open', headers: {} })).status;
  } finally {
    await upstream.close();
  }
}
const unavailable = { status: 503, code: 'unavailable' };

describe('mutual TLS between services', () => {
  it('lets a service with a certificate of our authority call', async () => {
    expect(service.url).toMatch(/^https:/);
    expect(await statusBy(tlsOf(certificate('gateway', ours)))).toBe(200);
  });

  it('lets nobody in who has none, or one of another authority', async () => {
    const { cert, key } = certificate('gateway', strangers);
    await expect(statusBy({ cert, key, ca: ours.cert })).rejects.toMatchObject(unavailable);
    await expect(statusBy({ ca: ours.cert } as TlsConfig)).rejects.toMatchObject(unavailable);
    await expect(statusBy(undefined)).rejects.toMatchObject(unavailable);
    await expect(
      statusBy(tlsOf(certificate('gateway', ours)), service.url.replace('https:', 'http:')),
    ).rejects.toMatchObject(unavailable);
  });

  it('calls nobody whose certificate is of another authority', async () => {
    const impostor = await run(ThingsModule, {
      tls: { ...tlsOf(certificate('tickets', strangers)), ca: ours.cert },
    });
    await expect(statusBy(tlsOf(certificate('gateway', ours)), impostor.url)).rejects.toMatchObject(
      unavailable,
    );
    await impostor.app.close();
  });
});
