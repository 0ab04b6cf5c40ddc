import { ApiProblem, toProblem } from '../../api/problem.js';
import { type TokenNeed } from '../../api/token.js';
import { forgetTab } from '../own-storage.js';
import { go, homePath, signedInPath } from '../routing.js';
import { devToken, rememberedPerson, rememberPerson } from './dev-sign-in.js';
import { oidcMemory } from './oidc-memory.js';
import type { OidcSignIn, Tokens } from './oidc-sign-in.js';
import { askWhoIs, type Person, SignInTrouble } from './person.js';
import { askHowToSignIn, type DevPerson, type SignInFacts } from './sign-in-facts.js';

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
  person: Person | undefined;
  facts: SignInFacts | undefined;
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
  trouble: SignInTrouble | undefined;

  /** Finds out how to sign in, and signs in whoever was before a reload. */
  async start(): Promise<void> {
    this.become('starting');
    this.trouble = undefined;
    try {
      this.facts = await askHowToSignIn();
      if (this.facts.mode === 'dev') await this.resumeDev(this.facts.people);
      else if (this.facts.mode === 'oidc') await this.resumeOidc(this.facts);
      else this.become('signed-out');
    } catch (error) {
      this.trouble = error instanceof SignInTrouble ? error : undefined;
      this.become('failed');
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
    await this.enter({ access: await devToken(person), refresh: undefined });
  }

  /** @param returnTo where to go on afterwards */
  async leaveForIssuer(returnTo = location.pathname + location.search): Promise<void> {
    this.become('leaving');
    await this.oidc
      ?.leave(returnTo === signedInPath ? homePath : returnTo, this.mustProveAgain)
      .catch(() => {
        this.become(this.person === undefined ? 'failed' : 'ended');
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
    this.become('ended');
    throw new ApiProblem('unauthenticated', 401, '', undefined);
  }

  /** Of who was signed in; what is on the screen stays where that fails. */
  async signInAgain(): Promise<void> {
    const { facts, person } = this;
    const known =
      facts?.mode === 'dev' ? facts.people.find(({ sub }) => sub === person?.id) : undefined;
    if (known === undefined) await this.leaveForIssuer();
    else await this.signInAs(known);
  }

  /** At the issuer too, which comes back here where it can do that. */
  async signOut(): Promise<void> {
    this.tokens = this.person = this.trouble = undefined;
    forgetTab();
    this.become(this.oidc === undefined ? 'signed-out' : 'starting');
    go(homePath);
    if (!(await this.oidc?.endSession())) this.become('signed-out');
  }

  private async resumeDev(people: readonly DevPerson[]): Promise<void> {
    const person = rememberedPerson(people);
    if (person === undefined) this.become('signed-out');
    else await this.signInAs(person);
  }

  private async resumeOidc(facts: SignInFacts & { mode: 'oidc' }): Promise<void> {
    const { OidcSignIn } = await import('./oidc-sign-in.js');
    this.oidc = new OidcSignIn(facts);
    if (location.pathname === signedInPath) await this.arrive(this.oidc);
    else if (oidcMemory.wasSignedIn) await this.leaveForIssuer();
    else this.become('signed-out');
  }

  private async arrive(oidc: OidcSignIn): Promise<void> {
    const arrival = await oidc.arrive(new URL(location.href)).finally(() => {
      // What the issuer sent is good for nobody any more, and does
      // not belong into the history.
      go(homePath, 'replace');
    });
    this.hasProvedAgain = arrival?.isFresh ?? false;
    if (arrival === undefined) this.become('signed-out');
    else await this.enter(arrival.tokens, arrival.returnTo);
  }

  private async renew(): Promise<string> {
    const tokens = await this.anotherToken().catch((error: unknown) => {
      // No answer is no end: whoever asked tries again.
      throw toProblem(error);
    });
    this.tokens = tokens;
    if (tokens !== undefined) return tokens.access;
    if (this.state === 'signed-in') this.become('ended');
    throw new ApiProblem('unauthenticated', 401, '', undefined);
  }

  private async anotherToken(): Promise<Tokens | undefined> {
    const refresh = this.tokens?.refresh;
    if (this.facts?.mode !== 'dev')
      return refresh === undefined ? undefined : this.oidc?.refresh(refresh);
    const person = rememberedPerson(this.facts.people);
    return person && { access: await devToken(person), refresh: undefined };
  }

  private async enter(tokens: Tokens, returnTo?: string): Promise<void> {
    this.person = await askWhoIs(tokens.access);
    this.tokens = tokens;
    if (returnTo !== undefined) go(returnTo, 'replace');
    this.become('signed-in');
  }

  private become(state: SessionState): void {
    this.state = state;
    this.dispatchEvent(new Event('change'));
  }
}
