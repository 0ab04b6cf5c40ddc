import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Locator,
  type Page,
} from 'playwright-core';

/**
 * Logs every violation of the Content-Security-Policy as an error. It runs before any
 * script of the page.
 */
const reportViolations = `document.addEventListener('securitypolicyviolation', (event) =>
  console.error('policy violated: ' + event.violatedDirective +
    ' by ' + event.blockedURI + ' ' + event.sample));`;

/** A browser's message about an error answer, which a test may expect. */
const ofNetwork = /^Failed to load resource/;

/** How long a test waits for anything on a page, in ms; generous for busy machines. */
export const timeoutMs = 30_000;

/** A person with an own browser context: visitors share no cookie, storage or cache. */
export class Visitor {
  private readonly errors: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  static async arrive(
    browser: Browser,
    url: string,
    options: BrowserContextOptions = {},
  ): Promise<Visitor> {
    const context = await browser.newContext({
      baseURL: url,
      locale: 'en-GB',
      reducedMotion: 'reduce',
      viewport: { width: 1440, height: 900 },
      ...options,
    });
    context.setDefaultTimeout(timeoutMs);
    await context.addInitScript(reportViolations);
    const visitor = new Visitor(context, await context.newPage());
    context.on('page', (page) => {
      visitor.listen(page);
    });
    visitor.listen(visitor.page);
    return visitor;
  }

  /** Errors of scripts and policies since the last call, without network failures. */
  takeErrors(): readonly string[] {
    return this.errors.splice(0);
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }

  async signIn(name: string, path = '/'): Promise<void> {
    await this.page.goto(path);
    await this.button(new RegExp(`^${name}`)).click();
    await this.button('Sign out').waitFor();
  }

  leave(): Promise<void> {
    return this.context.close();
  }

  private listen(page: Page): void {
    page.on('console', (message) => {
      if (message.type() === 'error' && !ofNetwork.test(message.text()))
        this.errors.push(message.text());
    });
    page.on('pageerror', (error) => this.errors.push(String(error)));
  }
}
