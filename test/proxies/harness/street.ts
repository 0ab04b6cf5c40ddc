import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ports } from '../../../tools/stack/ports.js';
import { ProcessJournal } from '../../../tools/stack/processes/process-journal.js';
import { Supervisor } from '../../../tools/stack/processes/supervisor.js';
import { QuietReporter } from '../../../tools/stack/reporter.js';
import { type System } from '../../e2e/system.js';
import { waitFor } from '../../support/wait-for.js';
import { Caller } from './caller.js';
import { makeCertificate } from './certificate.js';
import { type Product } from './product.js';
import { type Proxy, startProxy } from './proxy.js';
import { Tokens } from './tokens.js';

/** Of each address. Every test calls from an address of its own, and none needs more. */
export const limit = 250;

/** What the system needs: two gateways that believe proxies on this machine. */
export const environment = {
  REPLICAS_GATEWAY: '2',
  TRUST_PROXY: '127.0.0.1',
  RATE_LIMIT_PER_ADDRESS: String(limit),
};

/** Proxies before the whole system. */
export class Street {
  private readonly callers: Caller[] = [];
  private readonly ports = new Ports();
  private readonly proxies = new Map<Product, Proxy>();
  private readonly gatewayPorts: readonly [number, number];
  private readonly certificate: string;
  private readonly journal: ProcessJournal;
  private readonly supervisor: Supervisor;

  private constructor(
    private readonly system: System,
    readonly tokens: Tokens,
    private readonly folder: string,
  ) {
    const first = Number(new URL(system.url).port);
    this.gatewayPorts = [first, first + 1];
    this.certificate = makeCertificate(folder);
    // Proxies that a killed run leaves behind are found by it, and stopped.
    this.journal = new ProcessJournal(join(folder, 'journal.json'));
    const logs = join(folder, 'logs');
    mkdirSync(logs);
    this.supervisor = new Supervisor({
      logs,
      journal: this.journal,
      reporter: new QuietReporter(),
      onChange: () => undefined,
    });
  }

  /** @param system with {@link environment} */
  static async open(system: System, products: readonly Product[]): Promise<Street> {
    const folder = mkdtempSync(join(tmpdir(), 'proxies-'));
    // Some proxies run as a user of their own.
    chmodSync(folder, 0o755);
    const street = new Street(system, await Tokens.of(system), folder);
    try {
      for (const product of products) await street.add(product);
    } catch (error) {
      await street.close();
      throw error;
    }
    return street;
  }

  proxy(product: Product): Proxy {
    return this.proxies.get(product)!;
  }

  /** Somebody new, at a new address. */
  caller(product: Product): Caller {
    return this.callerAt(this.proxy(product).url);
  }

  /**
   * Asks so many of the two gateways to end. Resolves when new ones
   * are ready in their places.
   */
  async restartGateways(count: 1 | 2): Promise<void> {
    const before = this.system.pids('gateway');
    for (const pid of before.slice(0, count)) process.kill(pid, 'SIGTERM');
    const isNew = () =>
      this.system.pids('gateway').filter((pid) => !before.includes(pid)).length === count;
    await waitFor(isNew);
    for (const port of this.gatewayPorts)
      await waitFor(
        async () =>
          (await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined))?.status === 200,
      );
  }

  async close(): Promise<void> {
    await Promise.all(this.callers.map((caller) => caller.close()));
    await this.supervisor.stop([]);
    this.journal.close();
    this.ports.release();
    rmSync(this.folder, { recursive: true });
  }

  private async add(product: Product): Promise<void> {
    const { folder, gatewayPorts, certificate, supervisor, callerAt } = this;
    const port = await this.ports.findFree();
    this.proxies.set(
      product,
      await startProxy(product, { folder, port, gatewayPorts, certificate, supervisor, callerAt }),
    );
  }

  private readonly callerAt = (url: string): Caller => {
    const caller = new Caller(
      url,
      this.tokens,
      readFileSync(join(this.certificate, 'certificate.pem'), 'utf8'),
    );
    this.callers.push(caller);
    return caller;
  };
}
