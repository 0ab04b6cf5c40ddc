import { createHash, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { testVariable } from '../../support/database.js';

/** What belongs to a code that is not redeemed yet. */
interface AuthorizationCode {
  readonly redirectUri: string;
  readonly challenge: string;
  readonly nonce: string;
}

const audience = 'private-credentials';
const alg = 'ES256';
const now = () => Math.floor(Date.now() / 1000);

const metadata = (url: string): object => ({
  issuer: url,
  ...{
    authorization_endpoint: `${url}/authorize`,
    token_endpoint: `${url}/token`,
    jwks_uri: `${url}/jwks`,
  },
  ...{ id_token_signing_alg_values_supported: [alg], code_challenge_methods_supported: ['S256'] },
});

/**
 * A small OpenID Connect issuer that is as strict as real ones: it requires PKCE (S256),
 * the registered redirect URI, an unused code, and the verifier of its challenge. Every
 * visitor is signed in as `person`, as if they had a session there.
 */
export class Issuer {
  person = { sub: 'alice', name: 'Alice Customer', roles: ['customer'] };
  /** Lifetime of access tokens, in seconds. */
  lifetime = 600;
  givesRefreshTokens = true;
  /** The auth_time of `person`, in seconds; `prompt=login` sets it to now. */
  signedInAt = now();
  /** The steps of the flow so far, in order. */
  readonly steps: string[] = [];
  private readonly grants = new Map<string, AuthorizationCode>();
  private readonly refreshTokens = new Set<string>();

  private constructor(
    readonly url: string,
    private readonly server: Server,
    private readonly sign: (
      claims: Record<string, unknown>,
      audience: string,
      seconds: number,
    ) => Promise<string>,
    /** A file with the public keys of its tokens. */
    readonly jwksFile: string,
  ) {}

  static async start(): Promise<Issuer> {
    const { privateKey, publicKey } = await generateKeyPair(alg);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const sign = (claims: Record<string, unknown>, aud: string, seconds: number) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg, kid: 'test' })
        .setIssuer(url)
        .setAudience(aud)
        .setIssuedAt()
        .setExpirationTime(now() + seconds)
        .sign(privateKey);
    const jwksFile = `${testVariable('TMPDIR')}/issuer-${randomUUID()}.json`;
    writeFileSync(
      jwksFile,
      JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), alg, kid: 'test' }] }),
    );
    const issuer = new Issuer(url, server, sign, jwksFile);
    server.on('request', (request, response) => {
      issuer.answer(request, response).catch(() => response.destroy());
    });
    return issuer;
  }

  /** Makes the services trust this issuer, and the page its client. */
  get environment(): NodeJS.ProcessEnv {
    return {
      AUTH_MODE: 'oidc',
      AUTH_ISSUER: this.url,
      AUTH_AUDIENCE: audience,
      AUTH_JWKS_FILE: this.jwksFile,
      AUTH_WEB_CLIENT_ID: 'desk',
    };
  }

  serviceToken(): Promise<string> {
    return this.sign({ sub: 'credentials', roles: ['service'] }, audience, 600);
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    const { origin } = request.headers;
    const json = (status: number, body: object): void => {
      const cors = {
        'access-control-allow-origin': origin ?? 'null',
        'access-control-allow-headers': 'content-type',
      };
      response
        .writeHead(status, { 'content-type': 'application/json', ...cors })
        .end(JSON.stringify(body));
    };
    if (request.method === 'OPTIONS') json(200, {});
    else if (url.pathname === '/.well-known/openid-configuration') json(200, metadata(this.url));
    else if (url.pathname === '/authorize')
      response.writeHead(302, { location: this.authorize(url.searchParams) }).end();
    else if (url.pathname === '/token')
      json(...(await this.token(new URLSearchParams(await text(request)))));
    else json(404, {});
  }

  private authorize(asked: URLSearchParams): string {
    const get = (name: string): string => asked.get(name) ?? '';
    const back = new URL(get('redirect_uri'));
    if (
      get('code_challenge_method') !== 'S256' ||
      get('client_id') !== 'desk' ||
      back.pathname !== '/signed-in'
    )
      throw new Error('refused');
    const code = randomUUID();
    this.steps.push('authorize');
    if (get('prompt') === 'login') this.signedInAt = now();
    this.grants.set(code, {
      redirectUri: back.href,
      challenge: get('code_challenge'),
      nonce: get('nonce'),
    });
    back.search = new URLSearchParams({ code, state: get('state') }).toString();
    return back.href;
  }

  private async token(asked: URLSearchParams): Promise<[number, object]> {
    if (asked.get('grant_type') === 'client_credentials')
      return [
        200,
        { access_token: await this.serviceToken(), token_type: 'Bearer', expires_in: 600 },
      ];
    if (asked.get('grant_type') === 'refresh_token') {
      if (!this.refreshTokens.delete(asked.get('refresh_token') ?? ''))
        return [400, { error: 'invalid_grant' }];
      this.steps.push('refresh');
      return [200, await this.tokens(undefined)];
    }
    const grant = this.redeem(asked);
    if (grant === undefined) return [400, { error: 'invalid_grant' }];
    this.steps.push('code');
    return [200, await this.tokens(grant.nonce)];
  }

  /** A code can be redeemed once, with its verifier. */
  private redeem(asked: URLSearchParams): AuthorizationCode | undefined {
    const get = (name: string): string => asked.get(name) ?? '';
    const grant = this.grants.get(get('code'));
    this.grants.delete(get('code'));
    const challenge = createHash('sha256').update(get('code_verifier')).digest('base64url');
    return grant?.challenge === challenge && grant.redirectUri === get('redirect_uri')
      ? grant
      : undefined;
  }

  private async tokens(nonce: string | undefined): Promise<object> {
    const { person, lifetime } = this;
    const refresh = randomUUID();
    if (this.givesRefreshTokens) this.refreshTokens.add(refresh);
    return {
      access_token: await this.sign({ ...person, auth_time: this.signedInAt }, audience, lifetime),
      token_type: 'Bearer',
      expires_in: lifetime,
      ...(this.givesRefreshTokens && { refresh_token: refresh }),
      ...(nonce !== undefined && {
        id_token: await this.sign({ sub: person.sub, nonce }, 'desk', lifetime),
      }),
    };
  }
}
