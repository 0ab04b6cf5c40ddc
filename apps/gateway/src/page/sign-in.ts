import { type EnvironmentReader } from '#config';
import { type Role } from '#contracts';
import { type FormParameters, type IdentityConfig, parseFormParameters } from '#identity';

interface DevPerson {
  readonly sub: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

/** How to sign in, which the page needs before anybody is signed in. Holds no secret. */
export type SignIn =
  | { readonly mode: 'dev'; readonly people: readonly DevPerson[] }
  | {
      readonly mode: 'oidc';
      readonly issuer: string;
      readonly clientId: string;
      readonly scope: string;
      /**
       * What else this issuer wants to know, of an authorization and of a
       * token: `audience`, `resource`.
       */
      readonly parameters: FormParameters;
    }
  | { readonly mode: 'none' };

/**
 * Who the page offers with development tokens; any other person
 * is a `POST /dev/token` away.
 */
const devPeople: readonly DevPerson[] = [
  { sub: 'alice', name: 'Alice Customer', roles: ['customer'] },
  { sub: 'carol', name: 'Carol Customer', roles: ['customer'] },
  { sub: 'bob', name: 'Bob Agent', roles: ['agent'] },
  { sub: 'dave', name: 'Dave Agent', roles: ['agent'] },
  { sub: 'erin', name: 'Erin Admin', roles: ['admin'] },
];

/** Each has a variable of its own, or is how the flow works. */
const ours = [
  ...[
    'client_id',
    'redirect_uri',
    'response_type',
    'response_mode',
    'scope',
    'state',
    'nonce',
    'code',
    'code_challenge',
  ],
  ...[
    'code_challenge_method',
    'code_verifier',
    'grant_type',
    'refresh_token',
    'client_secret',
    'request',
    'request_uri',
  ],
];

/**
 * The page is a public client of its own at the issuer; without a client id only
 * other front ends can sign in.
 */
export function readSignIn(read: EnvironmentReader, identity: IdentityConfig): SignIn {
  if (identity.mode === 'dev') return { mode: 'dev', people: devPeople };
  const clientId = read.optional('AUTH_WEB_CLIENT_ID');
  const scope = read.text('AUTH_WEB_SCOPE', { default: 'openid profile' });
  const parameters = read.json('AUTH_WEB_PARAMETERS', (value) => parseFormParameters(value, ours), {
    default: {},
  });
  if (clientId === undefined) return { mode: 'none' };
  const { issuer } = identity;
  if (/^https?:\/\//.test(issuer) && URL.canParse(issuer))
    return { mode: 'oidc', issuer, clientId, scope, parameters };
  return read.fault('AUTH_ISSUER', 'must be a URL where AUTH_WEB_CLIENT_ID is set', {
    mode: 'none',
  });
}
