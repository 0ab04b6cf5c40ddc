import { pause } from './pause.js';

/**
 * Does what one of several tabs does for all, until the signal says
 * that it is another's turn.
 * @returns ms for which it does not want to be elected again
 */
type Lead = (signal: AbortSignal) => Promise<number>;

/**
 * Who leads, among the tabs that may: the one that has the lock. A browser gives it to
 * the next one when a tab is closed or has crashed (https://w3c.github.io/web-locks/).
 * Without locks everybody leads.
 */
export class Leadership {
  private readonly stopped = new AbortController();
  private waiting = new AbortController();
  private term = new AbortController();
  private isDeposing = false;

  constructor(
    private readonly locks: LockManager | undefined,
    private readonly name: string,
    private readonly lead: Lead,
  ) {}

  async run(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) await pause(await this.stand(), signal);
  }

  stop(): void {
    for (const ended of [this.stopped, this.waiting, this.term]) ended.abort();
  }

  /** Takes the lock from the one that has it, who does not answer. */
  depose(): void {
    this.isDeposing = true;
    this.waiting.abort();
  }

  /** The one that has the lock does answer. */
  spare(): void {
    this.isDeposing = false;
  }

  /** Leads no more, and stands again, after those who wait already. */
  resign(): void {
    this.term.abort();
  }

  /** Waits for its turn, and leads. @returns ms until it stands again */
  private async stand(): Promise<number> {
    this.waiting = new AbortController();
    const term = (this.term = new AbortController());
    const options: LockOptions = this.isDeposing
      ? { steal: true }
      : { signal: this.waiting.signal };
    this.isDeposing = false;
    const lead = () => this.lead(term.signal);
    try {
      return await (this.locks?.request(this.name, options, lead) ?? lead());
    } catch {
      // Deposed, or it waits no more.
      return 0;
    } finally {
      term.abort();
    }
  }
}
