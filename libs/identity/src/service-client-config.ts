import { type JWK } from 'jose';
import { type EnvironmentReader, readSecureUrls } from '#config';
import { type FormParameters, parseFormParameters } from './form-parameters.js';

/**
 * How a client proves to the issuer who it is: RFC 6749, section 2.3.1,
 * and RFC 7523, section 2.2.
 */
const methods = ['basic', 'post', 'private_key_jwt'] as const;

export type ClientProof =
  | { readonly method: 'basic' | 'post'; readonly secret: string }
  /** A JWK, whose `alg` and `kid` go into the assertion. */
  | { readonly method: 'private_key_jwt'; readonly key: JWK };

/** Client credentials, for calls without a user. */
export interface ServiceClient {
  readonly tokenUrl: URL;
  readonly id: string;
  readonly proof: ClientProof;
  readonly scope: string | undefined;
  /** What else this issuer wants to know: `audience`, `resource`. */
  readonly parameters: FormParameters;
}

/** Each has a variable of its own, or is how the grant works. */
const ours = [
  'grant_type',
  'scope',
  'client_id',
  'client_secret',
  'client_assertion',
  'client_assertion_type',
];

export const readServiceClient = (read: EnvironmentReader): ServiceClient => ({
  tokenUrl: readSecureUrls(read, 'AUTH_TOKEN_URL')[0] ?? new URL('https://unset.invalid'),
  id: read.text('AUTH_CLIENT_ID'),
  proof: readProof(read),
  scope: read.optional('AUTH_TOKEN_SCOPE'),
  parameters: read.json('AUTH_TOKEN_PARAMETERS', (value) => parseFormParameters(value, ours), {
    default: {},
  }),
});

function readProof(read: EnvironmentReader): ClientProof {
  const method = read.oneOf('AUTH_CLIENT_METHOD', methods, { default: 'basic' });
  return method === 'private_key_jwt'
    ? { method, key: readKey(read) }
    : { method, secret: read.secret('AUTH_CLIENT_SECRET') };
}

function readKey(read: EnvironmentReader): JWK {
  const text = read.secret('AUTH_CLIENT_KEY');
  try {
    const key = JSON.parse(text) as JWK;
    if (typeof key.kty === 'string' && typeof key.d === 'string' && typeof key.alg === 'string')
      return key;
  } catch {
    // The fault below says what it must be.
  }
  return text === ''
    ? {}
    : read.fault('AUTH_CLIENT_KEY', 'must be a private JWK (RFC 7517) with alg', {});
}
