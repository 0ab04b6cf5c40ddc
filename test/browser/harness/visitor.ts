import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Locator,
  type Page,
} from 'playwright-core';

/**
 * Tells the console, and so the test, of everything that a Content-Security-Policy has
 * stopped. Runs before any script of the page.
 */
const reportViolations = `document.addEventListener('securitypolicyviolation', (event) =>
  console.error('policy violated: ' + event.violatedDirective +
    ' by ' + event.blockedURI + ' ' + event.sample));`;

/** What a browser says of an answer that is no success, which a test may have wanted. */
const ofNetwork = /^Failed to load resource/;

/**
 * How long anything on a page may take before a test gives up, in ms. A busy machine may
 * be many times slower than this one.
 */
export const timeoutMs = 30_000;

/**
 * Somebody with a browser of their own: no cookie, storage or cache is
 * shared with another visitor.
 */
export class Visitor {
  private readonly complaints: string[] = [];

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

  /**
   * What scripts and policies have complained about since the last call; network failures
   * are the test's own business.
   */
  takeComplaints(): readonly string[] {
    return this.complaints.splice(0);
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
        this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(String(error)));
  }
}
