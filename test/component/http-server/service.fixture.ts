import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DynamicModule, type Type } from '@nestjs/common';
import { type Role } from '#contracts';
import { createService, type HttpService, listen, type ServiceOptions } from '#http-server';
import { type DevConfig, DevTokenIssuer, JwtVerifier } from '#identity';
import { Metrics, Readiness, silentLog } from '#telemetry';

export const identity: DevConfig = {
  mode: 'dev',
  issuer: 'urn:test',
  audience: 'test',
  rolesClaim: 'roles',
  clockTolerance: 1,
  rolesMap: {},
  keyFile: join(mkdtempSync(join(tmpdir(), 'http-server-')), 'dev.pem'),
};

export const tokenFor = (sub: string, ...roles: Role[]): Promise<string> =>
  new DevTokenIssuer(identity).issue(sub, roles);

export interface Running extends HttpService {
  readonly url: string;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
}

/** A service with the given controllers on a free port, wired as the real ones are. */
export async function run(
  module: DynamicModule | Type,
  options: Partial<ServiceOptions> = {},
): Promise<Running> {
  const metrics = new Metrics('test', { processMetrics: false });
  const readiness = new Readiness();
  const service = await createService(module, {
    log: silentLog,
    metrics,
    readiness,
    verifier: new JwtVerifier(identity),
    ...options,
  });
  return {
    ...service,
    metrics,
    readiness,
    url: await listen(service, { host: '127.0.0.1', port: 0 }),
  };
}

export const foreignKey = () => generateKeyPairSync('ed25519').privateKey;
