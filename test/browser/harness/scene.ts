import { type Browser, type BrowserContextOptions } from 'playwright-core';
import { startSystem, type System } from '../../e2e/system.js';
import { launchChromium } from './chromium.js';
import { Visitor } from './visitor.js';

/** No rate limits, since all visitors have the same address. */
const noLimits = { RATE_LIMIT_PER_ADDRESS: '0', RATE_LIMIT_REVEALS: '0', RATE_LIMIT_SUBMITS: '0' };

/** The whole system, and a browser. */
export class Scene {
  private readonly visitors: Visitor[] = [];

  private constructor(
    readonly system: System,
    readonly browser: Browser,
  ) {}

  static async open(extra: NodeJS.ProcessEnv = {}): Promise<Scene> {
    const system = await startSystem({ ...noLimits, ...extra });
    try {
      return new Scene(system, await launchChromium());
    } catch (error) {
      await system.stop();
      throw error;
    }
  }

  async visitor(options: BrowserContextOptions = {}): Promise<Visitor> {
    const visitor = await Visitor.arrive(this.browser, this.system.url, options);
    this.visitors.push(visitor);
    return visitor;
  }

  /** A visitor who is signed in as one of the people of the development mode. */
  async person(name: string, path = '/', options: BrowserContextOptions = {}): Promise<Visitor> {
    const visitor = await this.visitor(options);
    await visitor.signIn(name, path);
    return visitor;
  }

  /** Ends the visits of one test. @returns the errors of their pages */
  async clear(): Promise<readonly string[]> {
    const errors = this.visitors.flatMap((visitor) => visitor.takeErrors());
    await Promise.all(this.visitors.splice(0).map((visitor) => visitor.leave()));
    return errors;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.system.stop();
  }
}
