import { LauncherError } from '../launcher-error.js';
import { SupervisedProcess, type SupervisionContext } from './supervised-process.js';
import { openLog } from './log-file.js';
import { type Recipe, startProcess } from './managed-process.js';
import { killGroup, stopGroup } from './process-id.js';
import { type JournalEntry } from './process-journal.js';
import { Tail } from './tail.js';

/** How long a task may take to end after the stop signal, in ms. */
const taskPatience = 300_000;

/** Starts processes, keeps them running, and stops them in the reverse order. */
export class Supervisor {
  private readonly keepers: SupervisedProcess[] = [];
  private readonly tasks = new Map<Promise<unknown>, JournalEntry>();
  private stopped = false;

  constructor(private readonly surroundings: SupervisionContext) {}

  /** Starts a process, and restarts it whenever it ends, until it is stopped. */
  supervise(recipe: Recipe): SupervisedProcess {
    this.refuseWhenStopped();
    const keeper = new SupervisedProcess(recipe, this.surroundings);
    this.keepers.push(keeper);
    keeper.start();
    return keeper;
  }

  /**
   * Runs a process until it ends by itself.
   * @throws LauncherError with its last lines when it fails
   */
  async run(recipe: Recipe): Promise<void> {
    this.refuseWhenStopped();
    const { logs, journal, reporter } = this.surroundings;
    const [log, tail] = [openLog(logs, recipe.name), new Tail()];
    const task = startProcess(recipe, log, (lines) => {
      tail.add(lines);
      if (recipe.shown) reporter.lines(recipe.name, lines);
    });
    const entry = {
      ...task.id,
      name: recipe.name,
      stopSignal: recipe.stopSignal ?? ('SIGTERM' as const),
    };
    this.tasks.set(task.ended, entry);
    journal.add(entry);
    const { code, description: words } = await task.ended;
    this.tasks.delete(task.ended);
    this.refuseWhenStopped();
    if (code !== 0) throw new LauncherError(`${recipe.name} failed (${words}).${tail.quote()}`);
  }

  /** Of the running processes, by kind. */
  pids(): Record<string, number[]> {
    const pids: Record<string, number[]> = {};
    for (const { kind, pid } of this.keepers)
      (pids[kind] ??= []).push(...(pid === undefined ? [] : [pid]));
    return pids;
  }

  /**
   * Refuses new work, then stops the supervised processes group by group: `order` lists
   * the kinds of each group, the rest come last.
   */
  async stop(order: readonly (readonly string[])[]): Promise<void> {
    this.stopped = true;
    await Promise.all(
      [...this.tasks.values()].map((task) => stopGroup(task, task.stopSignal, taskPatience)),
    );
    const named = new Set(order.flat());
    for (const kinds of order) await this.stopKinds((kind) => kinds.includes(kind));
    await this.stopKinds((kind) => !named.has(kind));
  }

  /** SIGKILL to everything that still runs. */
  stopNow(): void {
    for (const task of this.tasks.values()) killGroup(task);
    for (const keeper of this.keepers) keeper.kill();
  }

  private async stopKinds(matches: (kind: string) => boolean): Promise<void> {
    await Promise.all(
      this.keepers.filter(({ kind }) => matches(kind)).map((keeper) => keeper.stop()),
    );
  }

  private refuseWhenStopped(): void {
    if (this.stopped) throw new LauncherError('The start was broken off.');
  }
}
