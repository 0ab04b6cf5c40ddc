import { Probe } from './probe.js';

/** The reasons to consume nothing. An outage is probed, and ends by itself. */
export class Holds {
  private readonly reasons = new Set<'unavailable' | 'closing'>();
  private readonly probe: Probe;

  /** @param outageOver called when `healthy` says so */
  constructor(healthy: () => Promise<boolean>, outageOver: () => void) {
    this.probe = new Probe(healthy, () => {
      this.reasons.delete('unavailable');
      outageOver();
    });
  }

  get any(): boolean {
    return this.reasons.size > 0;
  }

  get closing(): boolean {
    return this.reasons.has('closing');
  }

  /** @returns whether the outage is new */
  addOutage(): boolean {
    if (this.reasons.has('unavailable')) return false;
    this.reasons.add('unavailable');
    this.probe.start();
    return true;
  }

  /** For good. */
  close(): void {
    this.reasons.add('closing');
    this.probe.stop();
  }
}
