import { type ReactiveController } from 'lit';
import { type ApiProblem, toProblem } from '../api/problem.js';
import { type ElementPart } from './element-part.js';

/** After this many ms, an action is shown as slow. */
const slowMs = 4_000;

/** What a button starts: at most one run at a time, with its progress and its problem. */
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

  /** @returns whether it succeeded; if not, `problem` says why */
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
    this.part.context.emit('pc-error', { code, status, requestId });
  }

  private set(facts: Partial<Pick<Action, 'busy' | 'slow' | 'problem'>>): void {
    Object.assign(this, facts);
    this.part.requestUpdate();
  }
}
