import { services } from './environments.js';
import { type Fault } from './faulty-environments.js';

const ofCredentials = { services: ['credentials'] as const };

/** What makes an environment wrong about the issuer. */
export const faultyIdentity: readonly Fault[] = [
  {
    what: 'roles that are none of ours',
    services,
    change: { AUTH_ROLES_MAP: '{"correct-horse":"root"}' },
    variable: 'AUTH_ROLES_MAP',
  },
  {
    what: 'another claim for whom a token is',
    services,
    change: { AUTH_AUDIENCE_CLAIM: 'azp' },
    variable: 'AUTH_AUDIENCE_CLAIM',
  },
  {
    what: 'origins of the page that are none',
    services: ['gateway'],
    change: { AUTH_WEB_ORIGINS: "https://correct-horse.example; script-src 'unsafe-inline'" },
    variable: 'AUTH_WEB_ORIGINS',
  },
  {
    what: 'parameters of the page that are ours to choose',
    services: ['gateway'],
    change: { AUTH_WEB_PARAMETERS: '{"redirect_uri":"https://correct-horse.example"}' },
    variable: 'AUTH_WEB_PARAMETERS',
  },
  {
    what: 'a client of its own without a secret',
    services: ['gateway'],
    change: { AUTH_TOKEN_URL: 'https://issuer.example/token', AUTH_CLIENT_ID: 'gateway-service' },
    variable: 'AUTH_CLIENT_SECRET',
  },
  {
    what: 'another way to prove its client',
    ...ofCredentials,
    change: { AUTH_CLIENT_METHOD: 'basically' },
    variable: 'AUTH_CLIENT_METHOD',
  },
  {
    what: 'no key for its assertions',
    ...ofCredentials,
    change: { AUTH_CLIENT_METHOD: 'private_key_jwt' },
    variable: 'AUTH_CLIENT_KEY',
    alone: true,
  },
  {
    what: 'a public key for its assertions',
    ...ofCredentials,
    change: {
      AUTH_CLIENT_METHOD: 'private_key_jwt',
      AUTH_CLIENT_KEY: '{"kty":"EC","crv":"P-256","x":"correct","y":"horse","alg":"ES256"}',
    },
    variable: 'AUTH_CLIENT_KEY',
    alone: true,
  },
  ...[
    '"correct-horse"',
    '["correct-horse"]',
    '{"audience":5}',
    '{"client_secret":"correct-horse"}',
    '{correct-horse',
  ].map((value, at) => ({
    what: `no parameters of a token: ${value}`,
    ...ofCredentials,
    change: { AUTH_TOKEN_PARAMETERS: value },
    variable: 'AUTH_TOKEN_PARAMETERS',
    alone: at > 0,
  })),
];
