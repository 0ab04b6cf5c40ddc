import { type EnvironmentReader, isLoopback, readSecureUrls } from '#config';
import { parseRolesMap, type RolesMap } from './granted-roles.js';
import { readServiceClient, type ServiceClient } from './service-client-config.js';

/**
 * Signature algorithms that are accepted: asymmetric ones only, so that a public key can
 * never serve as a shared secret.
 */
export const algorithms = [
  'EdDSA',
  'Ed25519',
  'ES256',
  'ES384',
  'ES512',
  'PS256',
  'PS384',
  'PS512',
  'RS256',
  'RS384',
  'RS512',
] as const;

const audienceClaims = ['aud', 'client_id'] as const;

interface Claims {
  readonly issuer: string;
  readonly audience: string;
  /** Where the roles stand in the token; dots may go into nested objects. */
  readonly rolesClaim: string;
  /**
   * Seconds that the clocks of issuer and services may differ by: at every
   * check of a time in a token.
   */
  readonly clockTolerance: number;
  readonly rolesMap: RolesMap;
}

export interface OidcConfig extends Claims {
  readonly mode: 'oidc';
  /**
   * Which claim says for whom a token is. With `client_id`, `audience` is a list of
   * our clients, comma-separated.
   */
  readonly audienceClaim: (typeof audienceClaims)[number];
  readonly keys: { readonly uri: URL } | { readonly file: string };
  /** Client credentials for calls without a user; absent in a service that makes none. */
  readonly client: ServiceClient | undefined;
}

export interface DevConfig extends Claims {
  readonly mode: 'dev';
  readonly keyFile: string;
}

export type IdentityConfig = OidcConfig | DevConfig;

/**
 * Of every time that is not our database's: those in tokens, and those by which
 * other homes order their events.
 */
const readClockTolerance = (read: EnvironmentReader): number =>
  read.integer('AUTH_CLOCK_TOLERANCE_SECONDS', { default: 30, max: 300 });

const devClaims = {
  issuer: 'urn:private-credentials:dev',
  audience: 'private-credentials',
  rolesClaim: 'roles',
  rolesMap: {},
};

/**
 * Whether a service makes calls without a user; with `optional`, only where it
 * is given client credentials.
 */
type NeedOfClient = 'required' | 'optional' | 'none';

export function readIdentityConfig(read: EnvironmentReader, client: NeedOfClient): IdentityConfig {
  return read.oneOf('AUTH_MODE', ['oidc', 'dev'], { default: 'oidc' }) === 'dev'
    ? readDev(read)
    : readOidc(read, client);
}

/** Development tokens are for one machine: a loopback address, and never production. */
function readDev(read: EnvironmentReader): DevConfig {
  if (read.optional('NODE_ENV') === 'production')
    read.fault('AUTH_MODE', 'must not be dev with NODE_ENV=production', undefined);
  if (!isLoopback(read.text('HOST', { default: '127.0.0.1' })))
    read.fault('AUTH_MODE', 'must not be dev unless HOST is a loopback address', undefined);
  return {
    mode: 'dev',
    ...devClaims,
    clockTolerance: readClockTolerance(read),
    keyFile: read.text('AUTH_DEV_KEY_FILE'),
  };
}

function readOidc(read: EnvironmentReader, client: NeedOfClient): OidcConfig {
  return {
    mode: 'oidc',
    issuer: read.text('AUTH_ISSUER'),
    audience: read.text('AUTH_AUDIENCE'),
    audienceClaim: read.oneOf('AUTH_AUDIENCE_CLAIM', audienceClaims, { default: 'aud' }),
    rolesClaim: read.text('AUTH_ROLES_CLAIM', { default: 'roles' }),
    clockTolerance: readClockTolerance(read),
    rolesMap: read.json('AUTH_ROLES_MAP', parseRolesMap, { default: {} }),
    keys: readKeys(read),
    client: isGiven(read, client) ? readServiceClient(read) : undefined,
  };
}

const isGiven = (read: EnvironmentReader, client: NeedOfClient): boolean =>
  client === 'required' || (client === 'optional' && read.optional('AUTH_TOKEN_URL') !== undefined);

function readKeys(read: EnvironmentReader): OidcConfig['keys'] {
  const file = read.optional('AUTH_JWKS_FILE');
  return file === undefined ? { uri: secureUrl(read, 'AUTH_JWKS_URI') } : { file };
}

/** Keys and secrets never travel in the clear between hosts. */
const secureUrl = (read: EnvironmentReader, variable: string): URL =>
  readSecureUrls(read, variable)[0] ?? new URL('https://unset.invalid');
