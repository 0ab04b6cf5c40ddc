import { pause } from './pause.js';

/**
 * Does the leader's work until the signal is aborted.
 * @returns ms for which this tab does not want to lead again
 */
type Lead = (signal: AbortSignal) => Promise<number>;

/**
 * Leader election by a Web Lock: the tab that holds it leads. A browser grants it to the
 * next tab when one is closed or crashes (https://w3c.github.io/web-locks/). Without locks
 * every tab leads.
 */
export class Leadership {
  private readonly stopped = new AbortController();
  private waiting = new AbortController();
  private term = new AbortController();
  private willSteal = false;

  constructor(
    private readonly locks: LockManager | undefined,
    private readonly name: string,
    private readonly lead: Lead,
  ) {}

  async run(): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) await pause(await this.leadForATerm(), signal);
  }

  stop(): void {
    for (const ended of [this.stopped, this.waiting, this.term]) ended.abort();
  }

  /** For a leader that does not answer. */
  stealLock(): void {
    this.willSteal = true;
    this.waiting.abort();
  }

  /** The leader answers after all. */
  cancelSteal(): void {
    this.willSteal = false;
  }

  /** Ends this term and queues for the lock again, behind the tabs that wait already. */
  resign(): void {
    this.term.abort();
  }

  /** Waits for the lock, then leads. @returns ms until it queues again */
  private async leadForATerm(): Promise<number> {
    this.waiting = new AbortController();
    const term = (this.term = new AbortController());
    const options: LockOptions = this.willSteal ? { steal: true } : { signal: this.waiting.signal };
    this.willSteal = false;
    const lead = () => this.lead(term.signal);
    try {
      return await (this.locks?.request(this.name, options, lead) ?? lead());
    } catch {
      // The lock was stolen, or the wait was aborted.
      return 0;
    } finally {
      term.abort();
    }
  }
}
