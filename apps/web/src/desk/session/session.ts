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
 * `ended`: somebody was signed in and has to sign in again; what they see and have typed
 * stays. `leaving`: the browser is on its way to the issuer.
 */
export type SessionState = 'starting' | 'signed-out' | 'leaving' | 'signed-in' | 'ended' | 'failed';

/**
 * Who is signed in to this tab. Tokens are kept in memory alone.
 * Tells every change by `change`.
 */
export class Session extends EventTarget {
  state: SessionState = 'starting';
  person: SignedInPerson | undefined;
  config: SignInConfig | undefined;
  private tokens: Tokens | undefined;
  private oidc: OidcSignIn | undefined;
  private renewal: Promise<string> | undefined;
  /**
   * That a token was good and its sign-in too old: then the issuer has to ask, whoever it
   * still knows; and that it just has.
   */
  private mustProveAgain = false;
  private hasProvedAgain = false;
  /** Why it failed, where that is known. */
  error: SignInError | undefined;

  /** Finds out how to sign in, and signs in whoever was before a reload. */
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
   * Gives the API its bearer token.
   * @throws ApiProblem `unauthenticated` where nobody is signed in
   *   any more; others may pass
   */
  readonly token = async (need: TokenNeed): Promise<string> => {
    if (need === 'request' && this.tokens !== undefined) return this.tokens.access;
    if (need === 'sign-in') return this.requireSignIn();
    // Several requests may meet the end of the token at the same moment.
    this.renewal ??= this.renew().finally(() => (this.renewal = undefined));
    return this.renewal;
  };

  async signInAs(person: DevPerson): Promise<void> {
    rememberPerson(person);
    await this.completeSignIn({ access: await devToken(person), refresh: undefined });
  }

  /** @param returnTo where to go on afterwards */
  async redirectToIssuer(returnTo = location.pathname + location.search): Promise<void> {
    this.setState('leaving');
    await this.oidc
      ?.redirectToIssuer(returnTo === signedInPath ? homePath : returnTo, this.mustProveAgain)
      .catch(() => {
        this.setState(this.person === undefined ? 'failed' : 'ended');
      });
  }

  /**
   * The issuer would renew the token by itself, and so tell of the old sign-in
   * again. Where a new one is no better, since its token does not say when it was,
   * another would not help either.
   */
  private requireSignIn(): never {
    if (this.hasProvedAgain && this.person?.signedInAt === null)
      throw new ApiProblem('sign-in-time-unknown', 401, '', undefined);
    this.mustProveAgain = true;
    this.setState('ended');
    throw new ApiProblem('unauthenticated', 401, '', undefined);
  }

  /** Of who was signed in; what is on the screen stays where that fails. */
  async signInAgain(): Promise<void> {
    const { config, person } = this;
    const known =
      config?.mode === 'dev' ? config.people.find(({ sub }) => sub === person?.id) : undefined;
    if (known === undefined) await this.redirectToIssuer();
    else await this.signInAs(known);
  }

  /** At the issuer too, which comes back here where it can do that. */
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
      // What the issuer sent is good for nobody any more, and does
      // not belong into the history.
      navigate(homePath, 'replace');
    });
    this.hasProvedAgain = completed?.isFresh ?? false;
    if (completed === undefined) this.setState('signed-out');
    else await this.completeSignIn(completed.tokens, completed.returnTo);
  }

  private async renew(): Promise<string> {
    const tokens = await this.fetchNewTokens().catch((error: unknown) => {
      // No answer is no end: whoever asked tries again.
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
