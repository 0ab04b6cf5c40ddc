import { ApiProblem, toProblem } from '../../api/problem.js';
import { type TokenNeed } from '../../api/token.js';
import { forgetForForm } from '../leak/kept-for-form.js';
import { go } from '../routing.js';
import { devToken, rememberedPerson, rememberPerson } from './dev-sign-in.js';
import type { OidcSignIn, Tokens } from './oidc-sign-in.js';
import { type Person, personIn } from './person.js';
import { askHowToSignIn, type DevPerson, type SignInFacts } from './sign-in-facts.js';

/**
 * `ended`: somebody was signed in and has to sign in again; what they see and have typed stays.
 * `leaving`: the browser is on its way to the issuer.
 */
export type SessionState = 'starting' | 'signed-out' | 'leaving' | 'signed-in' | 'ended' | 'failed';

/** Who is signed in to this tab. Tokens are kept in memory alone. Tells every change by `change`. */
export class Session extends EventTarget {
  state: SessionState = 'starting';
  person: Person | undefined;
  facts: SignInFacts | undefined;
  private tokens: Tokens | undefined;
  private oidc: OidcSignIn | undefined;
  private renewal: Promise<string> | undefined;
  /** That a token was good and its sign-in too old: then the issuer has to ask, whoever it still knows. */
  private mustProveAgain = false;

  /** Finds out how to sign in, and signs in whoever was before a reload. */
  async start(): Promise<void> {
    this.become('starting');
    try {
      this.facts = await askHowToSignIn();
      if (this.facts.mode === 'dev') await this.resumeDev(this.facts.people);
      else if (this.facts.mode === 'oidc') await this.resumeOidc(this.facts);
      else this.become('signed-out');
    } catch {
      this.become('failed');
    }
  }

  /** Gives the API its bearer token. @throws ApiProblem `unauthenticated` where nobody is signed in any more; others may pass */
  readonly token = async (need: TokenNeed): Promise<string> => {
    if (need === 'request' && this.tokens !== undefined) return this.tokens.access;
    if (need === 'sign-in') return this.demandSignIn();
    // Several requests may meet the end of the token at the same moment.
    this.renewal ??= this.renew().finally(() => (this.renewal = undefined));
    return this.renewal;
  };

  async signInAs(person: DevPerson): Promise<void> {
    rememberPerson(person);
    this.enter({ access: await devToken(person), refresh: undefined }, 'roles');
  }

  /** @param returnTo where to go on afterwards */
  async leaveForIssuer(returnTo = location.pathname + location.search): Promise<void> {
    this.become('leaving');
    await this.oidc?.leave(returnTo === '/signed-in' ? '/' : returnTo, this.mustProveAgain).catch(() => {
      this.become(this.person === undefined ? 'failed' : 'ended');
    });
  }

  /** The issuer would renew the token by itself, and so tell of the old sign-in again. */
  private demandSignIn(): never {
    this.mustProveAgain = true;
    this.become('ended');
    throw new ApiProblem('unauthenticated', 401, '', undefined);
  }

  /** Of who was signed in; what is on the screen stays where that fails. */
  async signInAgain(): Promise<void> {
    const { facts, person } = this;
    const known = facts?.mode === 'dev' ? facts.people.find(({ sub }) => sub === person?.id) : undefined;
    if (known === undefined) await this.leaveForIssuer();
    else await this.signInAs(known);
  }

  signOut(): void {
    rememberPerson(undefined);
    this.oidc?.forget();
    this.tokens = this.person = undefined;
    sessionStorage.clear();
    forgetForForm();
    this.become('signed-out');
    go('/');
  }

  private async resumeDev(people: readonly DevPerson[]): Promise<void> {
    const person = rememberedPerson(people);
    if (person === undefined) this.become('signed-out');
    else await this.signInAs(person);
  }

  private async resumeOidc(facts: SignInFacts & { mode: 'oidc' }): Promise<void> {
    const { OidcSignIn } = await import('./oidc-sign-in.js');
    this.oidc = new OidcSignIn(facts);
    if (location.pathname === '/signed-in') {
      const { tokens, returnTo } = await this.oidc.arrive(new URL(location.href)).finally(() => {
        // What the issuer sent is good for nobody any more, and does not belong into the history.
        go('/', 'replace');
      });
      go(returnTo, 'replace');
      this.enter(tokens, facts.rolesClaim);
    } else if (this.oidc.wasSignedIn) await this.leaveForIssuer();
    else this.become('signed-out');
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
    if (this.facts?.mode === 'dev') {
      const person = rememberedPerson(this.facts.people);
      return person && { access: await devToken(person), refresh: undefined };
    }
    const refresh = this.tokens?.refresh;
    return refresh === undefined ? undefined : this.oidc?.refresh(refresh);
  }

  private enter(tokens: Tokens, rolesClaim: string): void {
    this.tokens = tokens;
    this.person = personIn(tokens.access, rolesClaim);
    this.become(this.person === undefined ? 'failed' : 'signed-in');
  }

  private become(state: SessionState): void {
    this.state = state;
    this.dispatchEvent(new Event('change'));
  }
}
