import { type Fault } from './environments.js';

const ofCredentials = { services: ['credentials'] as const };

/** What makes an environment wrong about the issuer. */
export const faultyIdentity: readonly Fault[] = [
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
  ...['"correct-horse"', '["correct-horse"]', '{"audience":5}', '{"client_secret":"correct-horse"}', '{correct-horse'].map((value, at) => ({
    what: `no parameters of a token: ${value}`,
    ...ofCredentials,
    change: { AUTH_TOKEN_PARAMETERS: value },
    variable: 'AUTH_TOKEN_PARAMETERS',
    alone: at > 0,
  })),
];
