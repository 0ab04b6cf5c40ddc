import { isEnded, type TicketStatus } from '#contracts';

/**
 * What must be, in as few words as there are: a ticket's phase counts its ends
 * and its reopenings, and a credential is there as long as its ticket is in the
 * phase that it was shared in.
 */
export class ModelTicket {
  version = 1;
  phase: number;
  /** By its id, the phase that each credential was shared in. */
  readonly shared = new Map<string, number>();
  /**
   * Of another home's versions: the highest that was heard of, and
   * the highest that ended it.
   */
  private received: number;
  private ended: number;

  constructor(
    public status: TicketStatus,
    homeVersion = 0,
  ) {
    this.phase = isEnded(status) ? 1 : 0;
    this.received = homeVersion;
    this.ended = isEnded(status) ? homeVersion : 0;
  }

  get live(): string[] {
    return [...this.shared].filter(([, phase]) => phase === this.phase).map(([id]) => id);
  }

  turn(status: TicketStatus): void {
    if (status === this.status) return;
    this.version += 1;
    this.phase += isEnded(status) === isEnded(this.status) ? 0 : 1;
    this.status = status;
  }

  /**
   * Another home says so, in any order and as often as it likes. An end that was
   * overtaken ended all the same.
   */
  receive(homeVersion: number, status: TicketStatus): void {
    const isNewEnd = isEnded(status) && homeVersion > this.ended;
    if (isNewEnd) this.ended = homeVersion;
    if (homeVersion > this.received) {
      this.received = homeVersion;
      this.turn(status);
    } else if (isNewEnd && !isEnded(this.status)) {
      this.version += 1;
      this.phase += 2;
    }
  }
}
