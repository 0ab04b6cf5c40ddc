import { type ReactiveController, type ReactiveControllerHost } from 'lit';
import { type ApiProblem, toProblem } from '../api/problem.js';

/** A wait that people notice, and one that they begin to doubt, in ms. */
const noticeableMs = 250;
const doubtfulMs = 6_000;

/**
 * Something that a view fetches: what came, how long it takes, and why it did not come.
 * What came last stays while it is fetched anew.
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

  /** Begins anew: neither what came nor what is on its way counts any more. */
  forget(): void {
    this.settle(++this.latestRun);
    this.value = this.problem = undefined;
  }

  /** Fetches; of several runs, the last one counts. @returns whether something came */
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
