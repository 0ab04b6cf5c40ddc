import { type ReactiveController } from 'lit';
import { type ApiProblem, toProblem } from '../api/problem.js';
import { type ElementPart } from './element-part.js';

/** How long an action may take before it is said that it is slow, in ms. */
const slowMs = 4_000;

/** Something a person sets going with a button: one at a time, with what became of it. */
export class Action implements ReactiveController {
  busy = false;
  slow = false;
  problem: ApiProblem | undefined;

  constructor(private readonly part: ElementPart) {
    part.addController(this);
  }

  hostDisconnected(): void {
    this.problem = undefined;
  }

  /** @returns whether it succeeded; else `problem` says why */
  async run(work: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.set({ busy: true, problem: undefined });
    const timer = setTimeout(() => {
      this.set({ slow: true });
    }, slowMs);
    try {
      await work();
      return true;
    } catch (error) {
      this.fail(toProblem(error));
      return false;
    } finally {
      clearTimeout(timer);
      this.set({ busy: false, slow: false });
    }
  }

  forget(): void {
    this.set({ problem: undefined });
  }

  private fail(problem: ApiProblem): void {
    this.set({ problem });
    const { code, status, requestId } = problem;
    this.part.context.tell('pc-error', { code, status, requestId });
  }

  private set(facts: Partial<Pick<Action, 'busy' | 'slow' | 'problem'>>): void {
    Object.assign(this, facts);
    this.part.requestUpdate();
  }
}
