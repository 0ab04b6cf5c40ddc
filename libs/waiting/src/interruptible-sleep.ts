/**
 * A wait that can be cut short. A wake while nobody waits ends the next wait at once; any
 * number of them count as one.
 */
export class InterruptibleSleep {
  private woken = false;
  private finish: (() => void) | undefined;

  wake(): void {
    this.woken = true;
    this.finish?.();
  }

  /** Whoever woke is served by what begins now: the next wait does not end for them. */
  forget(): void {
    this.woken = false;
  }

  /** Waits for `ms` milliseconds or the next wake, whichever is first. */
  async wait(ms: number): Promise<void> {
    if (!this.woken) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.finish = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.finish = undefined;
    this.woken = false;
  }
}
