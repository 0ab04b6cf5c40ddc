import { Backoff } from '#waiting';

const firstDelayMs = 500;
const maxDelayMs = 5_000;

/** Checks health at growing intervals, and calls back once when healthy again. */
export class Probe {
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private readonly backoff = new Backoff(firstDelayMs, maxDelayMs);

  /** @param healthy a rejection counts as false */
  constructor(
    private readonly healthy: () => Promise<boolean>,
    private readonly recovered: () => void,
  ) {}

  start(): void {
    this.backoff.reset();
    this.askLater();
  }

  /** Stops for good. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private askLater(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => void this.ask(), this.backoff.next());
  }

  private async ask(): Promise<void> {
    const healthy = await this.healthy().catch(() => false);
    if (this.stopped) return;
    if (healthy) this.recovered();
    else this.askLater();
  }
}
