import { type CryptoKey, importJWK, type JWK } from 'jose';
import {
  allowInsecureRequests,
  type AuthorizationServer,
  type Client,
  type ClientAuth,
  clientCredentialsGrantRequest,
  ClientSecretPost,
  modifyAssertion,
  PrivateKeyJwt,
  processClientCredentialsResponse,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'oauth4webapi';
import { appendParameters } from './form-parameters.js';
import { type ClientProof, type ServiceClient } from './service-client-config.js';

export interface Grant {
  readonly token: string;
  /** Seconds. */
  readonly lifetime: number;
}

/** The issuer has given no token. */
export class TokenRequestError extends Error {
  constructor(
    /**
     * The OAuth error (`invalid_scope`, RFC 6749, section 5.2), or one
     * of ours where there is none.
     */
    readonly code: string,
    cause: unknown,
  ) {
    super(`the token endpoint answered with ${code}`, { cause });
    this.name = 'TokenRequestError';
  }
}

/** Milliseconds. */
const timeoutMs = 5_000;

/** Of a token whose answer does not say, in seconds. */
const usualLifetime = 60;

/**
 * The client credentials grant of OAuth 2.0 (RFC 6749, section 4.4).
 * @param issuer the audience of an assertion
 * @throws TokenRequestError
 */
export async function clientCredentials(issuer: string, service: ServiceClient): Promise<Grant> {
  const server: AuthorizationServer = { issuer, token_endpoint: service.tokenUrl.href };
  const client: Client = { client_id: service.id };
  try {
    const response = await clientCredentialsGrantRequest(
      server,
      client,
      await authentication(service.proof),
      formOf(service),
      {
        // Whether that is allowed was decided when the configuration was read.
        [allowInsecureRequests]: service.tokenUrl.protocol === 'http:',
        signal: () => AbortSignal.timeout(timeoutMs),
      },
    );
    const { access_token: token, expires_in: lifetime = usualLifetime } =
      await processClientCredentialsResponse(server, client, response);
    return { token, lifetime };
  } catch (error) {
    throw new TokenRequestError(await codeOf(error), error);
  }
}

function formOf({ scope, parameters }: ServiceClient): URLSearchParams {
  const form = new URLSearchParams(scope === undefined ? {} : { scope });
  appendParameters(form, parameters);
  return form;
}

async function authentication(proof: ClientProof): Promise<ClientAuth> {
  if (proof.method === 'private_key_jwt') return privateKeyJwt(proof.key);
  return proof.method === 'post' ? ClientSecretPost(proof.secret) : basic(proof.secret);
}

async function privateKeyJwt(jwk: JWK): Promise<ClientAuth> {
  const key = (await importJWK(jwk)) as CryptoKey;
  return PrivateKeyJwt(jwk.kid === undefined ? key : { key, kid: jwk.kid }, {
    // The library says `Ed25519` of a key that its owner calls `EdDSA`, which
    // many issuers do not know yet.
    [modifyAssertion]: (header) => {
      header['alg'] = jwk.alg;
    },
  });
}

/**
 * The library's own writes even `-` as `%2D`, which is right where the issuer decodes,
 * and a wrong client where it does not. As browsers encode forms, both read the same
 * of any usual id and secret.
 */
const basic =
  (secret: string): ClientAuth =>
  (_server, { client_id: id }, _body, headers) => {
    headers.set(
      'authorization',
      `Basic ${Buffer.from(`${formEncoded(id)}:${formEncoded(secret)}`).toString('base64')}`,
    );
  };

const formEncoded = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1);

/** What an issuer may say, so that nothing else of its answer gets into the log. */
const oauthError = /^[a-z_]{1,64}$/;

async function codeOf(error: unknown): Promise<string> {
  const code =
    error instanceof ResponseBodyError
      ? error.error
      : error instanceof WWWAuthenticateChallengeError && (await bodyOf(error));
  if (typeof code === 'string' && oauthError.test(code)) return code;
  return isAnswer(error) ? 'unreadable-answer' : 'no-answer';
}

/**
 * A wrong secret is answered with a challenge, as RFC 6749 demands, and the library then
 * leaves the body, which names the error, unread.
 */
async function bodyOf({ response }: WWWAuthenticateChallengeError): Promise<unknown> {
  const body = (await response.json().catch(() => undefined)) as
    { error?: unknown } | null | undefined;
  return body?.error;
}

const isAnswer = (error: unknown): boolean =>
  error instanceof WWWAuthenticateChallengeError ||
  (error as { code?: unknown }).code?.toString().startsWith('OAUTH_') === true;
