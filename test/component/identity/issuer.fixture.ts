import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import { type AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { type IdentityConfig } from '#identity';

type OidcConfig = Extract<IdentityConfig, { mode: 'oidc' }>;

/** A status, a document (JSON, or a string as it is), and headers. */
type Handler = (
  request: IncomingMessage,
  body: string,
) => readonly [number, unknown, OutgoingHttpHeaders?];

/** An answer with this token, which lives so many seconds. */
export const given = (token: string, lifetime = 300) =>
  [200, { access_token: token, token_type: 'Bearer', expires_in: lifetime }] as const;

/** Made once for the issuers of a test file: an RSA key takes long to find. */
const usualKeys = generateKeyPair('RS256');

/** A small issuer over real HTTP: keys at /jwks, tokens at /token. */
export class Issuer {
  readonly requests: string[] = [];
  /** Answers nothing but errors. */
  isDown = false;
  token: Handler = () => [200, { access_token: 'token-1', token_type: 'Bearer', expires_in: 300 }];
  private constructor(
    readonly url: string,
    private readonly server: Server,
    private readonly keys: { privateKey: CryptoKey; kid: string; jwk: object }[] = [],
  ) {}

  static async start(keys = usualKeys): Promise<Issuer> {
    const server = createServer((request, response) => {
      void issuer.answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const issuer = new Issuer(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, server);
    await issuer.addKey('key-1', 'RS256', keys);
    return issuer;
  }

  get keyFetches(): number {
    return this.requests.filter((path) => path === '/jwks').length;
  }

  async addKey(kid: string, alg: string, pair = generateKeyPair(alg)): Promise<void> {
    const { privateKey, publicKey } = await pair;
    this.keys.push({
      privateKey,
      kid,
      jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' },
    });
  }

  /**
   * @param header more of it; what stands in `crit` is signed as if it were understood
   */
  sign(
    claims: JWTPayload,
    kid = 'key-1',
    alg = 'RS256',
    header: { readonly crit?: string[] } = {},
  ): Promise<string> {
    const key = this.keys.find((candidate) => candidate.kid === kid);
    if (key === undefined) throw new Error('no such key');
    return new SignJWT({
      iss: this.url,
      aud: 'us',
      sub: 'person',
      roles: ['agent'],
      exp: Math.floor(Date.now() / 1000) + 60,
      ...claims,
    })
      .setProtectedHeader({ alg, kid, ...header })
      .sign(key.privateKey, {
        crit: Object.fromEntries((header.crit ?? []).map((name) => [name, true])),
      });
  }

  config(more: Partial<OidcConfig> = {}): OidcConfig {
    const proof = { method: 'basic', secret: 'pass word:%' } as const;
    const client = {
      tokenUrl: new URL('/token', this.url),
      id: 'credentials-service',
      proof,
      scope: undefined,
      parameters: {},
    };
    return {
      mode: 'oidc',
      issuer: this.url,
      audience: 'us',
      audienceClaim: 'aud',
      rolesClaim: 'roles',
      clockTolerance: 30,
      rolesMap: {},
      keys: { uri: new URL('/jwks', this.url) },
      client,
      ...more,
    };
  }

  stop(): Promise<unknown> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    this.requests.push(request.url ?? '');
    const [status, document, headers] = this.isDown
      ? ([500, {}] as const)
      : request.url === '/jwks'
        ? ([200, { keys: this.keys.map(({ jwk }) => jwk) }] as const)
        : this.token(request, body);
    const text = typeof document === 'string' ? document : JSON.stringify(document);
    response
      .writeHead(status, { 'content-type': 'application/json', location: '/elsewhere', ...headers })
      .end(text);
  }
}
