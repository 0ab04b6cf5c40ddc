import { within } from '#waiting';

/** Resolves when what it checks works. Must be cheap: it is asked every few seconds. */
type Check = () => void | Promise<void>;

export interface ReadinessReport {
  readonly ready: boolean;
  /** `warning`: needs attention, but the service works. */
  readonly checks: Readonly<Record<string, 'ok' | 'warning' | 'failed'>>;
}

interface Entry {
  readonly check: Check;
  readonly fatal: boolean;
}

const timeoutMs = 2000;

/**
 * What a service needs in order to serve requests. A check that only warns (such as a broker that no request waits for) does not make it
 * unready.
 */
export class Readiness {
  private readonly entries = new Map<string, Entry>();

  /** @param options.fatal whether the service can do nothing useful without it; default true */
  add(name: string, check: Check, { fatal = true }: { readonly fatal?: boolean } = {}): void {
    this.entries.set(name, { check, fatal });
  }

  async report(): Promise<ReadinessReport> {
    const results = await Promise.all([...this.entries].map(async ([name, entry]) => [name, await resultOf(entry)] as const));
    return { ready: results.every(([, result]) => result !== 'failed'), checks: Object.fromEntries(results) };
  }
}

async function resultOf({ check, fatal }: Entry) {
  if (await passes(check)) return 'ok';
  return fatal ? 'failed' : 'warning';
}

async function passes(check: Check): Promise<boolean> {
  const run = async (): Promise<true> => {
    await check();
    return true;
  };
  return (await within(timeoutMs, run()).catch(() => false)) ?? false;
}
