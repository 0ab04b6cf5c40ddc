import { waitFor } from '../../support/wait-for.js';
import { type Ledger } from './ledger.js';

/**
 * Milliseconds that traffic may take to get anything accepted while things are broken.
 */
const timeoutMs = 120_000;

/**
 * People at work, several at a time, until they are stopped. What is refused or
 * in doubt does not stop them.
 */
export class Traffic {
  private readonly workers: readonly Promise<void>[];
  private stopped = false;
  private opened = 0;

  constructor(
    private readonly ledger: Ledger,
    people = 4,
  ) {
    this.workers = Array.from({ length: people }, () => this.work());
  }

  /** Resolves when so many more requests were accepted. */
  async goesOn(requests: number): Promise<void> {
    const enough = this.ledger.accepted + requests;
    await waitFor(() => this.ledger.accepted >= enough, timeoutMs);
  }

  /** Resolves when everybody has finished what they were at. */
  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.workers);
  }

  private async work(): Promise<void> {
    while (!this.stopped) await this.oneTicket();
  }

  /**
   * One in four stays live, one ends, one is reopened, one is reopened and ends again.
   */
  private async oneTicket(): Promise<void> {
    const { ledger } = this;
    const kind = (this.opened += 1) % 4;
    const ticket = await ledger.tryOpen();
    if (ticket === undefined) return;
    await ledger.assign(ticket);
    await ledger.submit(ticket);
    await ledger.reveal(ticket);
    if (kind === 0) return;
    await ledger.turn(ticket, 'resolved');
    if (kind === 1) return;
    await ledger.turn(ticket, 'open');
    await ledger.submit(ticket);
    if (kind === 2) await ledger.turn(ticket, 'closed');
  }
}
