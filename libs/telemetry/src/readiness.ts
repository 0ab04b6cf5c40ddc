/** Resolves when what it checks works. Must be cheap: it is asked every few seconds. */
type Check = () => void | Promise<void>;

export interface ReadinessReport {
  readonly ready: boolean;
  readonly checks: Readonly<Record<string, 'ok' | 'failed'>>;
}

interface Entry {
  readonly check: Check;
  readonly fatal: boolean;
}

const timeoutMs = 2000;

/** What a service needs in order to answer. A check that is only shown (a broker that nobody waits for) does not make it unready. */
export class Readiness {
  private readonly entries = new Map<string, Entry>();

  /** @param options.fatal whether the service can do nothing useful without it; default true */
  add(name: string, check: Check, { fatal = true }: { readonly fatal?: boolean } = {}): void {
    this.entries.set(name, { check, fatal });
  }

  async report(): Promise<ReadinessReport> {
    const results = await Promise.all(
      [...this.entries].map(async ([name, { check, fatal }]) => ({ name, fatal, ok: await passes(check) })),
    );
    return {
      ready: results.every(({ ok, fatal }) => ok || !fatal),
      checks: Object.fromEntries(results.map(({ name, ok }) => [name, ok ? 'ok' : 'failed'])),
    };
  }
}

async function passes(check: Check): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => {
      resolve(false);
    }, timeoutMs);
  });
  const run = async () => {
    await check();
    return true;
  };
  try {
    return await Promise.race([run(), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
