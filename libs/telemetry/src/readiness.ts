import { within } from '#waiting';

/** Resolves when what it checks works. Must be cheap: it is asked every few seconds. */
type Check = () => void | Promise<void>;

/**
 * What needs attention, in words for anybody; undefined when nothing does. Answers from
 * what is known: no probe waits for a warning.
 */
type Warning = () => string | undefined;

/**
 * Why a check fails. Shown to whoever asks for the readiness, so it must hold nothing
 * but what anybody may know.
 */
export class NotReadyError extends Error {
  override readonly name = 'NotReadyError';
}

interface ReadinessReport {
  readonly ready: boolean;
  /** `warning`: needs attention, but the service works. */
  readonly checks: Readonly<Record<string, 'ok' | 'warning' | 'failed'>>;
  /** By check, where one says why; every warning does. */
  readonly reasons: Readonly<Record<string, string>>;
}

interface Found {
  readonly name: string;
  readonly result: 'ok' | 'warning' | 'failed';
  readonly reason?: string | undefined;
}

const timeoutMs = 2000;

/**
 * What a service needs in order to serve requests, and what it can do without (such as a
 * broker that no request waits for). The latter neither makes it unready nor delays the
 * answer, which a balancer may want within a second.
 */
export class Readiness {
  private readonly checks = new Map<string, Check>();
  private readonly warnings = new Map<string, Warning>();

  /** What the service can do nothing useful without. */
  add(name: string, check: Check): void {
    this.checks.set(name, check);
  }

  /** What the service works without. */
  watch(name: string, warning: Warning): void {
    this.warnings.set(name, warning);
  }

  async report(): Promise<ReadinessReport> {
    const checked = await Promise.all(
      [...this.checks].map(([name, check]) => resultOf(name, check)),
    );
    const found = [
      ...checked,
      ...[...this.warnings].map(([name, warning]) => heard(name, warning())),
    ];
    return {
      ready: found.every(({ result }) => result !== 'failed'),
      checks: Object.fromEntries(found.map(({ name, result }) => [name, result])),
      reasons: Object.fromEntries(
        found.flatMap(({ name, reason }) => (reason === undefined ? [] : [[name, reason]])),
      ),
    };
  }
}

const heard = (name: string, reason: string | undefined): Found => ({
  name,
  result: reason === undefined ? 'ok' : 'warning',
  reason,
});

async function resultOf(name: string, check: Check): Promise<Found> {
  const run = async (): Promise<true> => {
    await check();
    return true;
  };
  try {
    return { name, result: (await within(timeoutMs, run())) === true ? 'ok' : 'failed' };
  } catch (fault) {
    return {
      name,
      result: 'failed',
      reason: fault instanceof NotReadyError ? fault.message : undefined,
    };
  }
}
