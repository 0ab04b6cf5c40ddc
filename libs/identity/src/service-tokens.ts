import { clientCredentials, type Grant, TokenRequestError } from './client-credentials.js';
import { DevTokenIssuer, devTokenLifetime } from './dev-tokens.js';
import { type IdentityConfig } from './identity-config.js';
import { ServiceTokenHealth } from './service-token-health.js';

/** Provides the token for calls without a user. */
export interface ServiceTokens {
  readonly health: ServiceTokenHealth;
  /** A token with the role `service`, valid for at least another 30 seconds. Rejects with a TokenRequestError when there is none. */
  get(): Promise<string>;
  /** Tells that the called service has taken a token. */
  accepted(): void;
  /**
   * Drops a token that the called service has refused, so that the issuer is asked for another.
   * @returns whether that makes sense now: another one may be refused as well, and an issuer is not asked all the time
   */
  refused(token: string): boolean;
}

const renewBefore = 30;

/** Seconds between two tokens that are asked for because the one before was refused. */
const pauseAfterDrop = 10;

/** Keeps one token and renews it before it ends; callers at the same moment share one request. */
class RenewedTokens implements ServiceTokens {
  readonly health = new ServiceTokenHealth();
  private current: Promise<string> | undefined;
  /** The one of `current`, once it is there. */
  private token: string | undefined;
  private renewAt = 0;
  private droppedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly fetchGrant: () => Promise<Grant>) {}

  get(): Promise<string> {
    if (this.current === undefined || Date.now() / 1000 >= this.renewAt) this.current = this.renew();
    return this.current;
  }

  accepted(): void {
    this.health.works();
  }

  refused(token: string): boolean {
    this.health.failed({ reason: 'refused' });
    if (token !== this.token) return true;
    const now = performance.now() / 1000;
    if (now < this.droppedAt + pauseAfterDrop) return false;
    this.droppedAt = now;
    this.current = this.token = undefined;
    return true;
  }

  private async renew(): Promise<string> {
    this.renewAt = Number.POSITIVE_INFINITY;
    try {
      const { token, lifetime } = await this.fetchGrant();
      this.renewAt = Date.now() / 1000 + lifetime - renewBefore;
      return (this.token = token);
    } catch (error) {
      this.renewAt = 0;
      this.health.failed({ reason: 'none-given', ...(error instanceof TokenRequestError && { code: error.code }) });
      throw error;
    }
  }
}

export function serviceTokens(service: string, config: IdentityConfig): ServiceTokens {
  if (config.mode === 'dev') return developmentTokens(new DevTokenIssuer(config), service);
  const { client, issuer } = config;
  if (client === undefined) throw new Error('this service has no client credentials');
  return new RenewedTokens(() => clientCredentials(issuer, client));
}

const developmentTokens = (issuer: DevTokenIssuer, service: string): ServiceTokens =>
  new RenewedTokens(async () => ({ token: await issuer.issue(`service:${service}`, ['service']), lifetime: devTokenLifetime }));
