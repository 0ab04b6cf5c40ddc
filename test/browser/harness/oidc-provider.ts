import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { waitFor } from '../../support/wait-for.js';
import { type Visitor } from './visitor.js';

/** How far its clock is ahead, in seconds: less than the tolerance. */
const secondsAhead = 20;
const secret = 'known to this test alone';

/** oidc-provider, an independent implementation of an issuer, in a separate process. */
export class OidcProvider {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(): Promise<OidcProvider> {
    const file = new URL('oidc-provider.fixture.mjs', import.meta.url);
    const child = fork(file, [String(secondsAhead)], {
      execArgv: [],
      stdio: ['ignore', 'pipe', 'ignore', 'ipc'],
    });
    for await (const line of createInterface({ input: child.stdout! })) {
      if (line.startsWith('http')) return new OidcProvider(child, line);
    }
    throw new Error('the issuer has not started');
  }

  /** The settings that docs/identity.md describes. */
  get environment(): NodeJS.ProcessEnv {
    const resource = '{"resource":"https://desk.example/api"}';
    return {
      AUTH_MODE: 'oidc',
      AUTH_ISSUER: this.url,
      AUTH_AUDIENCE: 'private-credentials',
      AUTH_JWKS_URI: `${this.url}/jwks`,
      AUTH_ROLES_CLAIM: 'https://desk.example/roles',
      AUTH_ROLES_MAP: '{"support-agent":"agent"}',
      AUTH_TOKEN_URL: `${this.url}/token`,
      AUTH_CLIENT_ID: 'credentials',
      AUTH_CLIENT_SECRET: secret,
      AUTH_TOKEN_PARAMETERS: resource,
      AUTH_WEB_CLIENT_ID: 'desk',
      AUTH_WEB_PARAMETERS: resource,
    };
  }

  /** @param page the origin of the page, which is known once the gateway listens */
  async serve(page: string): Promise<void> {
    this.child.send({ page, secret });
    await once(this.child, 'message');
  }

  /** From now on access tokens have auth_time. */
  includeAuthTime(): void {
    this.child.send({ time: true });
  }

  /** Signs in as `name` on its pages, and gives consent the first time. */
  async signIn({ page }: Visitor, name: string): Promise<void> {
    await page.getByPlaceholder('Enter any login').fill(name);
    await page.getByPlaceholder('and password').fill('any');
    await page.getByRole('button', { name: 'Sign-in' }).click();
    const back = page.getByRole('banner');
    const consent = page.getByRole('button', { name: 'Continue' });
    await waitFor(async () => (await back.count()) + (await consent.count()) > 0);
    if ((await consent.count()) > 0) await consent.click();
  }

  async signOut({ page }: Visitor): Promise<void> {
    await page.getByRole('button', { name: 'Yes, sign me out' }).click();
  }

  stop(): void {
    this.child.disconnect();
  }
}
