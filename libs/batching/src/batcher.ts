import { setImmediate } from 'node:timers';

/** What became of one command; a failure is its own and never its neighbours'. */
export type Outcome<Result> = { readonly done: Result } | { readonly failed: unknown };

export interface BatcherOptions<Command, Result> {
  /**
   * Whose order of arrival is kept: that of the commands of one lane. Lanes do not know
   * of each other.
   */
  readonly laneOf: (command: Command) => string;
  /**
   * Performs commands of any lanes, in the order of arrival, and waits for nobody. What
   * it would have to wait for is `apart`, and then so is everything else of that lane.
   * May reject as a whole: then nothing was done.
   */
  readonly together: (commands: readonly Command[]) => Promise<(Outcome<Result> | 'apart')[]>;
  /** Performs commands of one lane, and waits as long as it takes. It may reject too. */
  readonly alone: (commands: readonly Command[]) => Promise<Outcome<Result>[]>;
  /**
   * Whether a rejection concerns every command of a batch, so that none is tried again:
   * it cannot help, or it may be done already.
   */
  readonly isFinal: (error: unknown) => boolean;
  /** Commands of one batch at most; default 64. */
  readonly maxSize?: number;
  /**
   * Lanes that are performed at a time; default 4. Each may wait for long, and has a
   * connection meanwhile that the batches of all others need.
   */
  readonly maxLanes?: number;
}

interface Waiting<Command, Result> {
  readonly command: Command;
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Commands that arrive together travel together. When nothing is under way a command
 * begins at once, with whatever came in the same turn of the event loop; what arrives
 * meanwhile forms the next batch.
 *
 * A batch waits for nobody, so that no command is slowed down by another's lock. Whatever
 * has to wait leaves it for a lane of its own, and what comes after it in that lane
 * follows it there. So does every command of a batch that failed as a whole: each lane is
 * then tried by itself, and if that fails too, each command.
 */
export class Batcher<Command, Result> {
  private queue: Waiting<Command, Result>[] = [];
  private isUnderWay = false;
  private readonly lanes = new Map<string, Waiting<Command, Result>[]>();
  private readonly lanesToRun: string[] = [];
  private lanesRunning = 0;

  constructor(private readonly options: BatcherOptions<Command, Result>) {}

  /** @throws the command's own failure, or that of the whole batch where it is final */
  add(command: Command): Promise<Result> {
    return new Promise((resolve, reject) => {
      const waiting = { command, resolve, reject };
      const lane = this.lanes.get(this.options.laneOf(command));
      if (lane !== undefined) lane.push(waiting);
      else if (this.queue.push(waiting) === 1) this.start();
    });
  }

  private start(): void {
    if (this.isUnderWay || this.queue.length === 0) return;
    this.isUnderWay = true;
    setImmediate(() => void this.next());
  }

  private async next(): Promise<void> {
    const batch = this.queue.splice(0, this.maxSize);
    const apart = batch.length === 0 ? [] : await this.performTogether(batch);
    this.setApart(apart);
    this.isUnderWay = false;
    this.start();
  }

  /** @returns what has to be performed apart */
  private async performTogether(
    batch: readonly Waiting<Command, Result>[],
  ): Promise<readonly Waiting<Command, Result>[]> {
    try {
      const outcomes = await this.options.together(batch.map(({ command }) => command));
      return batch.filter((waiting, at) => !settle(waiting, outcomes[at]));
    } catch (error) {
      if (!this.options.isFinal(error)) return batch;
      for (const { reject } of batch) reject(error);
      return [];
    }
  }

  /** In front of whatever else waits for the same lane, since it came before. */
  private setApart(apart: readonly Waiting<Command, Result>[]): void {
    if (apart.length === 0) return;
    const { laneOf } = this.options;
    for (const waiting of apart) {
      const name = laneOf(waiting.command);
      const lane = this.lanes.get(name) ?? [];
      if (lane.push(waiting) === 1) this.lanesToRun.push(name);
      this.lanes.set(name, lane);
    }
    this.queue = this.queue.filter((waiting) => {
      const lane = this.lanes.get(laneOf(waiting.command));
      return lane === undefined || lane.push(waiting) === 0;
    });
    this.runLanes();
  }

  private runLanes(): void {
    while (this.lanesRunning < (this.options.maxLanes ?? 4)) {
      const name = this.lanesToRun.shift();
      if (name === undefined) return;
      this.lanesRunning += 1;
      void this.runLane(name);
    }
  }

  private async runLane(name: string): Promise<void> {
    const lane = this.lanes.get(name) ?? [];
    while (lane.length > 0) await this.performAlone(lane.splice(0, this.maxSize));
    this.lanes.delete(name);
    this.lanesRunning -= 1;
    this.runLanes();
  }

  private async performAlone(batch: readonly Waiting<Command, Result>[]): Promise<void> {
    try {
      const outcomes = await this.options.alone(batch.map(({ command }) => command));
      batch.forEach((waiting, at) => settle(waiting, outcomes[at]));
    } catch (error) {
      if (batch.length > 1 && !this.options.isFinal(error)) await this.performEach(batch);
      else for (const { reject } of batch) reject(error);
    }
  }

  /** One after the other, until a failure concerns all that are left. */
  private async performEach(batch: readonly Waiting<Command, Result>[]): Promise<void> {
    for (const [at, waiting] of batch.entries()) {
      try {
        const [outcome] = await this.options.alone([waiting.command]);
        settle(waiting, outcome);
      } catch (error) {
        waiting.reject(error);
        if (!this.options.isFinal(error)) continue;
        for (const { reject } of batch.slice(at + 1)) reject(error);
        return;
      }
    }
  }

  private get maxSize(): number {
    return this.options.maxSize ?? 64;
  }
}

/** @returns false where there is nothing to tell yet */
function settle<Command, Result>(
  { resolve, reject }: Waiting<Command, Result>,
  outcome: Outcome<Result> | 'apart' | undefined,
): boolean {
  if (outcome === 'apart') return false;
  if (outcome === undefined) reject(new Error('a command of a batch was left without an outcome'));
  else if ('failed' in outcome) reject(outcome.failed);
  else resolve(outcome.done);
  return true;
}
