import { setImmediate } from 'node:timers';

/** What became of one command; a failure is its own and never its neighbours'. */
export type Outcome<Result> = { readonly done: Result } | { readonly failed: unknown };

export interface BatcherOptions<Command, Result> {
  /**
   * The lane of a command. Commands of one lane are performed in the order in which they
   * arrived; lanes are independent of each other.
   */
  readonly laneOf: (command: Command) => string;
  /**
   * Performs commands of any lanes in the order of arrival, and never waits for a lock. A
   * command that would have to is `deferred`, with all later ones of its lane. If it
   * rejects, nothing was done.
   */
  readonly runBatch: (commands: readonly Command[]) => Promise<(Outcome<Result> | 'deferred')[]>;
  /** Performs commands of one lane, and waits for locks. It may reject too. */
  readonly runLane: (commands: readonly Command[]) => Promise<Outcome<Result>[]>;
  /**
   * Whether a rejection concerns every command of a batch, so that none is tried again:
   * it cannot help, or it may be done already.
   */
  readonly isFinal: (error: unknown) => boolean;
  /** Commands of one batch at most; default 64. */
  readonly maxSize?: number;
  /**
   * How many lanes may run at the same time; default 4. Each may wait for long, and
   * holds a database connection meanwhile that the batches need.
   */
  readonly maxLanes?: number;
}

interface Pending<Command, Result> {
  readonly command: Command;
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Performs commands in batches. When no batch is running, a command starts one at once,
 * with all others of the same turn of the event loop; commands that arrive while a batch
 * is running form the next one.
 *
 * A batch never waits for a lock, so no command is delayed by one that another needs. A
 * command that has to wait is deferred: it is performed in its lane, outside the batch,
 * and so are those that arrive for this lane until it is empty. When a batch fails as a
 * whole, each of its lanes is tried by itself, and if that fails too, each command.
 */
export class Batcher<Command, Result> {
  private queue: Pending<Command, Result>[] = [];
  private isUnderWay = false;
  private readonly lanes = new Map<string, Pending<Command, Result>[]>();
  private readonly lanesToRun: string[] = [];
  private lanesRunning = 0;

  constructor(private readonly options: BatcherOptions<Command, Result>) {}

  /** @throws the command's own failure, or that of the whole batch where it is final */
  add(command: Command): Promise<Result> {
    return new Promise((resolve, reject) => {
      const pending = { command, resolve, reject };
      const lane = this.lanes.get(this.options.laneOf(command));
      if (lane !== undefined) lane.push(pending);
      else if (this.queue.push(pending) === 1) this.start();
    });
  }

  private start(): void {
    if (this.isUnderWay || this.queue.length === 0) return;
    this.isUnderWay = true;
    setImmediate(() => void this.next());
  }

  private async next(): Promise<void> {
    const batch = this.queue.splice(0, this.maxSize);
    if (batch.length > 0) this.defer(await this.performBatch(batch));
    this.isUnderWay = false;
    this.start();
  }

  /** @returns what is deferred */
  private async performBatch(
    batch: readonly Pending<Command, Result>[],
  ): Promise<readonly Pending<Command, Result>[]> {
    try {
      const outcomes = await this.options.runBatch(batch.map(({ command }) => command));
      return batch.filter((pending, at) => !settle(pending, outcomes[at]));
    } catch (error) {
      if (!this.options.isFinal(error)) return batch;
      for (const { reject } of batch) reject(error);
      return [];
    }
  }

  /** Before the commands of the same lane that are still queued: those arrived later. */
  private defer(deferred: readonly Pending<Command, Result>[]): void {
    if (deferred.length === 0) return;
    const { laneOf } = this.options;
    for (const pending of deferred) {
      const name = laneOf(pending.command);
      const lane = this.lanes.get(name) ?? [];
      if (lane.push(pending) === 1) this.lanesToRun.push(name);
      this.lanes.set(name, lane);
    }
    this.queue = this.queue.filter((pending) => {
      const lane = this.lanes.get(laneOf(pending.command));
      return lane === undefined || lane.push(pending) === 0;
    });
    this.startLanes();
  }

  private startLanes(): void {
    while (this.lanesRunning < (this.options.maxLanes ?? 4)) {
      const name = this.lanesToRun.shift();
      if (name === undefined) return;
      this.lanesRunning += 1;
      void this.performLane(name);
    }
  }

  private async performLane(name: string): Promise<void> {
    const lane = this.lanes.get(name) ?? [];
    while (lane.length > 0) await this.performInLane(lane.splice(0, this.maxSize));
    this.lanes.delete(name);
    this.lanesRunning -= 1;
    this.startLanes();
  }

  private async performInLane(batch: readonly Pending<Command, Result>[]): Promise<void> {
    try {
      const outcomes = await this.options.runLane(batch.map(({ command }) => command));
      batch.forEach((pending, at) => settle(pending, outcomes[at]));
    } catch (error) {
      if (batch.length > 1 && !this.options.isFinal(error)) await this.performEach(batch);
      else for (const { reject } of batch) reject(error);
    }
  }

  /** One after the other, until a final failure, which fails the rest too. */
  private async performEach(batch: readonly Pending<Command, Result>[]): Promise<void> {
    for (const [at, pending] of batch.entries()) {
      try {
        const [outcome] = await this.options.runLane([pending.command]);
        settle(pending, outcome);
      } catch (error) {
        pending.reject(error);
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

/** @returns false where the command is deferred */
function settle<Command, Result>(
  { resolve, reject }: Pending<Command, Result>,
  outcome: Outcome<Result> | 'deferred' | undefined,
): boolean {
  if (outcome === 'deferred') return false;
  if (outcome === undefined) reject(new Error('a command of a batch was left without an outcome'));
  else if ('failed' in outcome) reject(outcome.failed);
  else resolve(outcome.done);
  return true;
}
