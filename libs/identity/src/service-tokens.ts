import { DevTokenIssuer, devTokenLifetime } from './dev-tokens.js';
import { type IdentityConfig, type OidcConfig } from './identity-config.js';

/** Provides the token for calls without a user. */
export interface ServiceTokens {
  /** A token with the role `service`, valid for at least another 30 seconds. Rejects when the issuer cannot be reached. */
  get(): Promise<string>;
}

interface Grant {
  readonly token: string;
  /** Seconds. */
  readonly lifetime: number;
}

const renewBefore = 30;

/** Keeps one token and renews it before it ends; callers at the same moment share one request. */
class RenewedTokens implements ServiceTokens {
  private current: Promise<string> | undefined;
  private renewAt = 0;

  constructor(private readonly fetchGrant: () => Promise<Grant>) {}

  get(): Promise<string> {
    if (this.current === undefined || Date.now() / 1000 >= this.renewAt) this.current = this.renew();
    return this.current;
  }

  private async renew(): Promise<string> {
    this.renewAt = Number.POSITIVE_INFINITY;
    try {
      const { token, lifetime } = await this.fetchGrant();
      this.renewAt = Date.now() / 1000 + lifetime - renewBefore;
      return token;
    } catch (error) {
      this.renewAt = 0;
      throw error;
    }
  }
}

export function serviceTokens(service: string, config: IdentityConfig): ServiceTokens {
  if (config.mode === 'oidc') return new RenewedTokens(() => clientCredentials(config.client));
  const issuer = new DevTokenIssuer(config);
  return new RenewedTokens(async () => ({ token: await issuer.issue(`service:${service}`, ['service']), lifetime: devTokenLifetime }));
}

/** OAuth 2.0 client credentials grant, RFC 6749 section 4.4. */
async function clientCredentials(client: OidcConfig['client']): Promise<Grant> {
  if (client === undefined) throw new Error('this service has no client credentials');
  const answer = await fetch(client.tokenUrl, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${encodeURIComponent(client.id)}:${encodeURIComponent(client.secret)}`).toString('base64')}`,
    },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
    redirect: 'error',
    signal: AbortSignal.timeout(5000),
  });
  if (!answer.ok) throw new Error(`the token endpoint answered ${answer.status}`);
  const { access_token: token, expires_in: lifetime } = (await answer.json()) as { access_token?: unknown; expires_in?: unknown };
  if (typeof token !== 'string') throw new Error('the token endpoint answered without an access_token');
  return { token, lifetime: typeof lifetime === 'number' ? lifetime : 60 };
}
