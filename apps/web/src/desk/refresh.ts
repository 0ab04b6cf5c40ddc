import { type ReactiveController, type ReactiveControllerHost } from 'lit';

/**
 * Calls back every so often while the page is looked at, and at once when somebody comes
 * back to it or the network does.
 */
export class Refresh implements ReactiveController {
  private timer = 0;

  /** @param everyMs between two calls */
  constructor(
    host: ReactiveControllerHost,
    private readonly everyMs: number,
    private readonly callback: () => void,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.timer = window.setInterval(this.callIfVisible, this.everyMs);
    document.addEventListener('visibilitychange', this.callIfVisible);
    window.addEventListener('online', this.callIfVisible);
  }

  hostDisconnected(): void {
    clearInterval(this.timer);
    document.removeEventListener('visibilitychange', this.callIfVisible);
    window.removeEventListener('online', this.callIfVisible);
  }

  private readonly callIfVisible = (): void => {
    if (document.visibilityState === 'visible') this.callback();
  };
}
