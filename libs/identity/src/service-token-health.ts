import { type RefusalReason } from './token-refusal.js';

/** Why the token for calls without a user is of no use. */
interface ServiceTokenFault {
  /**
   * One of a closed list: the issuer gave none, our own check would refuse it, it lacks
   * the role `service`, or the called service has refused it.
   */
  readonly reason: RefusalReason | 'none-given' | 'no-service-role' | 'refused';
  /** Why the issuer gave none. */
  readonly code?: string;
}

/**
 * Whether the service token works, as far as is known. Whoever watches over it
 * assigns the two functions.
 */
export class ServiceTokenHealth {
  /**
   * Called at every fault.
   * @param isNews whether the last fault or recovery was another one
   */
  onFault: (fault: ServiceTokenFault, isNews: boolean) => void = nothing;
  onRecovery: () => void = nothing;
  private current: ServiceTokenFault | undefined;

  get fault(): ServiceTokenFault | undefined {
    return this.current;
  }

  failed(fault: ServiceTokenFault): void {
    const isNews = fault.reason !== this.current?.reason || fault.code !== this.current.code;
    this.current = fault;
    this.onFault(fault, isNews);
  }

  works(): void {
    if (this.current === undefined) return;
    this.current = undefined;
    this.onRecovery();
  }

  /**
   * Our own check finds no fault. Where the called service has refused it, only
   * that service knows better.
   */
  looksRight(): void {
    if (this.current?.reason !== 'refused') this.works();
  }
}

function nothing(): void {
  // until somebody watches
}
