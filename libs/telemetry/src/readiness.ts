import { within } from '#waiting';

/** Resolves when what it checks works. Must be cheap: it is asked every few seconds. */
type Check = () => void | Promise<void>;

/** Why a check fails. Shown to whoever asks for the readiness, so it must hold nothing but what anybody may know. */
export class NotReadyError extends Error {
  override readonly name = 'NotReadyError';
}

export interface ReadinessReport {
  readonly ready: boolean;
  /** `warning`: needs attention, but the service works. */
  readonly checks: Readonly<Record<string, 'ok' | 'warning' | 'failed'>>;
  /** By check, where one says why. */
  readonly reasons: Readonly<Record<string, string>>;
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
    const faults = await Promise.all(
      [...this.entries].map(async ([name, { check, fatal }]) => ({ name, fatal, fault: await faultOf(check) })),
    );
    const checks = faults.map(({ name, fatal, fault }) => [name, fault === undefined ? 'ok' : fatal ? 'failed' : 'warning'] as const);
    const reasons = faults.flatMap(({ name, fault }) => (fault instanceof NotReadyError ? [[name, fault.message]] : []));
    return {
      ready: checks.every(([, result]) => result !== 'failed'),
      checks: Object.fromEntries(checks),
      reasons: Object.fromEntries(reasons) as Record<string, string>,
    };
  }
}

/** @returns what the check threw; undefined where it passed in time */
async function faultOf(check: Check): Promise<Error | undefined> {
  const run = async (): Promise<true> => {
    await check();
    return true;
  };
  try {
    return (await within(timeoutMs, run())) === true ? undefined : new Error('no answer in time');
  } catch (fault) {
    return fault instanceof Error ? fault : new Error('failed');
  }
}
