import { ApiProblem, toProblem } from '../../api/problem.js';
import { type TokenNeed } from '../../api/token.js';
import { clearTab } from '../tab-storage.js';
import { navigate, homePath, signedInPath } from '../routing.js';
import { devToken, rememberedPerson, rememberPerson } from './dev-sign-in.js';
import { oidcMemory } from './oidc-memory.js';
import type { OidcSignIn, Tokens } from './oidc-sign-in.js';
import { fetchPerson, type SignedInPerson, SignInError } from './person.js';
import { fetchSignInConfig, type DevPerson, type SignInConfig } from './sign-in-config.js';

/**
 * `leaving`: the browser is about to load the issuer's page. `ended`: the person must
 * sign
 * in again; the view and its typed text stay.
 */
export type SessionState = 'starting' | 'signed-out' | 'leaving' | 'signed-in' | 'ended' | 'failed';

/**
 * The session of this tab. Tokens are only in memory. Every change dispatches `change`.
 */
export class Session extends EventTarget {
  state: SessionState = 'starting';
  person: SignedInPerson | undefined;
  config: SignInConfig | undefined;
  private tokens: Tokens | undefined;
  private oidc: OidcSignIn | undefined;
  private renewal: Promise<string> | undefined;
  /** The token was good but its sign-in too old; then the issuer must ask again. */
  private mustProveAgain = false;
  /** The issuer has just asked again. */
  private hasProvedAgain = false;
  /** Why `state` is `failed`, if known. */
  error: SignInError | undefined;

  /** Fetches how to sign in, and restores the session from before a reload. */
  async start(): Promise<void> {
    this.setState('starting');
    this.error = undefined;
    try {
      this.config = await fetchSignInConfig();
      if (this.config.mode === 'dev') await this.resumeDev(this.config.people);
      else if (this.config.mode === 'oidc') await this.resumeOidc(this.config);
      else this.setState('signed-out');
    } catch (error) {
      this.error = error instanceof SignInError ? error : undefined;
      this.setState('failed');
    }
  }

  /**
   * The bearer token for the API.
   * @throws ApiProblem `unauthenticated` if the session has ended
   */
  readonly token = async (need: TokenNeed): Promise<string> => {
    if (need === 'request' && this.tokens !== undefined) return this.tokens.access;
    if (need === 'sign-in') return this.requireSignIn();
    // Several requests may find the token expired at the same moment.
    this.renewal ??= this.renew().finally(() => (this.renewal = undefined));
    return this.renewal;
  };

  async signInAs(person: DevPerson): Promise<void> {
    rememberPerson(person);
    await this.completeSignIn({ access: await devToken(person), refresh: undefined });
  }

  /** @param returnTo the route to show afterwards */
  async redirectToIssuer(returnTo = location.pathname + location.search): Promise<void> {
    this.setState('leaving');
    await this.oidc
      ?.redirectToIssuer(returnTo === signedInPath ? homePath : returnTo, this.mustProveAgain)
      .catch(() => {
        this.setState(this.person === undefined ? 'failed' : 'ended');
      });
  }

  /**
   * A silent renewal would keep the old auth_time. If the token of a new sign-in has no
   * auth_time either, signing in once more would not help.
   */
  private requireSignIn(): never {
    if (this.hasProvedAgain && this.person?.signedInAt === null)
      throw new ApiProblem('sign-in-time-unknown', 401, '', undefined);
    this.mustProveAgain = true;
    this.setState('ended');
    throw new ApiProblem('unauthenticated', 401, '', undefined);
  }

  /** Signs in the same person again; if that fails, the view stays. */
  async signInAgain(): Promise<void> {
    const { config, person } = this;
    const known =
      config?.mode === 'dev' ? config.people.find(({ sub }) => sub === person?.id) : undefined;
    if (known === undefined) await this.redirectToIssuer();
    else await this.signInAs(known);
  }

  /** Signs out here, and at the issuer if it supports that. */
  async signOut(): Promise<void> {
    this.tokens = this.person = this.error = undefined;
    clearTab();
    this.setState(this.oidc === undefined ? 'signed-out' : 'starting');
    navigate(homePath);
    if (!(await this.oidc?.endSession())) this.setState('signed-out');
  }

  private async resumeDev(people: readonly DevPerson[]): Promise<void> {
    const person = rememberedPerson(people);
    if (person === undefined) this.setState('signed-out');
    else await this.signInAs(person);
  }

  private async resumeOidc(config: SignInConfig & { mode: 'oidc' }): Promise<void> {
    const { OidcSignIn } = await import('./oidc-sign-in.js');
    this.oidc = new OidcSignIn(config);
    if (location.pathname === signedInPath) await this.returnFromIssuer(this.oidc);
    else if (oidcMemory.wasSignedIn) await this.redirectToIssuer();
    else this.setState('signed-out');
  }

  private async returnFromIssuer(oidc: OidcSignIn): Promise<void> {
    const completed = await oidc.complete(new URL(location.href)).finally(() => {
      // The code is used up, and does not belong in the history.
      navigate(homePath, 'replace');
    });
    this.hasProvedAgain = completed?.isFresh ?? false;
    if (completed === undefined) this.setState('signed-out');
    else await this.completeSignIn(completed.tokens, completed.returnTo);
  }

  private async renew(): Promise<string> {
    const tokens = await this.fetchNewTokens().catch((error: unknown) => {
      // Without an answer the session has not ended: the caller may try again.
      throw toProblem(error);
    });
    this.tokens = tokens;
    if (tokens !== undefined) return tokens.access;
    if (this.state === 'signed-in') this.setState('ended');
    throw new ApiProblem('unauthenticated', 401, '', undefined);
  }

  private async fetchNewTokens(): Promise<Tokens | undefined> {
    const refresh = this.tokens?.refresh;
    if (this.config?.mode !== 'dev')
      return refresh === undefined ? undefined : this.oidc?.refresh(refresh);
    const person = rememberedPerson(this.config.people);
    return person && { access: await devToken(person), refresh: undefined };
  }

  private async completeSignIn(tokens: Tokens, returnTo?: string): Promise<void> {
    this.person = await fetchPerson(tokens.access);
    this.tokens = tokens;
    if (returnTo !== undefined) navigate(returnTo, 'replace');
    this.setState('signed-in');
  }

  private setState(state: SessionState): void {
    this.state = state;
    this.dispatchEvent(new Event('change'));
  }
}
