import { type ReactiveController, type ReactiveControllerHost } from 'lit';

/**
 * Calls back periodically while the page is visible, and at once when it becomes visible
 * again or the network is back.
 */
export class Refresh implements ReactiveController {
  private timer = 0;

  /** @param everyMs time between two calls, in ms */
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
