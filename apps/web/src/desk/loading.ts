import { type ReactiveController, type ReactiveControllerHost } from 'lit';
import { type ApiProblem, toProblem } from '../api/problem.js';

/** After this many ms a wait is shown, and then explained. */
const noticeableMs = 250;
const doubtfulMs = 6_000;

/**
 * A value that a view fetches, with the wait for it and the problem of the last attempt.
 * The last value stays while a new one is fetched.
 */
export class Loading<T> implements ReactiveController {
  value: T | undefined;
  problem: ApiProblem | undefined;
  wait: 'none' | 'short' | 'noticeable' | 'doubtful' = 'none';
  private latestRun = 0;
  private timers: number[] = [];

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly fetchIt: () => Promise<T>,
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.settle(++this.latestRun);
  }

  /** Forgets the value, and ignores the answer of a running fetch. */
  forget(): void {
    this.settle(++this.latestRun);
    this.value = this.problem = undefined;
  }

  /** Fetches the value; only the latest run counts. @returns whether it succeeded */
  async load(): Promise<boolean> {
    const run = ++this.latestRun;
    this.startWaiting();
    try {
      const value = await this.fetchIt();
      if (run !== this.latestRun) return false;
      this.value = value;
      this.problem = undefined;
      return true;
    } catch (error) {
      if (run === this.latestRun) this.problem = toProblem(error);
      return false;
    } finally {
      this.settle(run);
    }
  }

  private startWaiting(): void {
    this.timers.forEach(clearTimeout);
    this.setWait('short');
    this.timers = [
      window.setTimeout(() => {
        this.setWait('noticeable');
      }, noticeableMs),
      window.setTimeout(() => {
        this.setWait('doubtful');
      }, doubtfulMs),
    ];
  }

  private settle(run: number): void {
    if (run !== this.latestRun) return;
    this.timers.forEach(clearTimeout);
    this.setWait('none');
  }

  private setWait(wait: Loading<T>['wait']): void {
    this.wait = wait;
    this.host.requestUpdate();
  }
}
