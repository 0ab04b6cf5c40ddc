import { elapsedSince, thisMoment } from '#waiting';
import { clientCredentials, type Grant, TokenRequestError } from './client-credentials.js';
import { DevTokenIssuer, devTokenLifetime } from './dev-tokens.js';
import { type DevConfig, type IdentityConfig } from './identity-config.js';
import { ServiceTokenHealth } from './service-token-health.js';

/** Provides the token for calls without a user. */
export interface ServiceTokens {
  readonly health: ServiceTokenHealth;
  /**
   * A token with the role `service` that does not end soon, whichever clock judges.
   * Rejects with a TokenRequestError when there is none.
   */
  get(): Promise<string>;
  /** Tells that the called service has taken a token. */
  accepted(): void;
  /**
   * Drops a token that the called service has refused, so that the
   * issuer is asked for another.
   * @returns whether that makes sense now: another one may be refused as well, and an
   *   issuer is not asked all the time
   */
  refused(token: string): boolean;
}

/** Seconds that a call with a token may take. */
const callPatience = 10;

/** Seconds between two tokens that are asked for because the one before was refused. */
const pauseAfterDrop = 10;

/**
 * Keeps one token and renews it before it ends; callers at the same moment share one
 * request. Lifetimes are measured, not read off a clock.
 */
class RenewedTokens implements ServiceTokens {
  readonly health = new ServiceTokenHealth();
  private current: Promise<string> | undefined;
  /** The one of `current`, once it is there. */
  private token: string | undefined;
  private askedAt = thisMoment();
  /**
   * Milliseconds for which it is given out, from then; endless
   * while it is being asked for.
   */
  private goodFor = 0;
  private droppedAt = Number.NEGATIVE_INFINITY;

  /**
   * @param clockTolerance seconds by which the clock of who verifies may
   *   be ahead of the issuer's
   */
  constructor(
    private readonly fetchGrant: () => Promise<Grant>,
    private readonly clockTolerance: number,
  ) {}

  get(): Promise<string> {
    if (this.current === undefined || elapsedSince(this.askedAt) >= this.goodFor)
      this.current = this.renew();
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
    this.goodFor = Number.POSITIVE_INFINITY;
    const askedAt = thisMoment();
    try {
      const { token, lifetime } = await this.fetchGrant();
      this.askedAt = askedAt;
      this.goodFor = 1000 * (lifetime - this.marginOf(lifetime));
      return (this.token = token);
    } catch (error) {
      this.goodFor = 0;
      this.health.failed({
        reason: 'none-given',
        ...(error instanceof TokenRequestError && { code: error.code }),
      });
      throw error;
    }
  }

  /**
   * Of a token that hardly lives longer than clocks differ, half its life: else there
   * would be a new one for every call.
   */
  private marginOf(lifetime: number): number {
    return Math.min(Math.max(this.clockTolerance, callPatience), lifetime / 2);
  }
}

/** Whether a service has what {@link serviceTokens} needs. */
export const hasServiceTokens = (config: IdentityConfig): boolean =>
  config.mode === 'dev' || config.client !== undefined;

export function serviceTokens(service: string, config: IdentityConfig): ServiceTokens {
  if (config.mode === 'dev') return developmentTokens(config, service);
  const { client, issuer, clockTolerance } = config;
  if (client === undefined) throw new Error('this service has no client credentials');
  return new RenewedTokens(() => clientCredentials(issuer, client), clockTolerance);
}

function developmentTokens(config: DevConfig, service: string): ServiceTokens {
  const issuer = new DevTokenIssuer(config);
  const grant = async () => ({
    token: await issuer.issue(`service:${service}`, ['service']),
    lifetime: devTokenLifetime,
  });
  return new RenewedTokens(grant, config.clockTolerance);
}
