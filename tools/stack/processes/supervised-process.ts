import { setTimeout as sleep } from 'node:timers/promises';
import { explain } from '../launcher-error.js';
import { type Reporter } from '../reporter.js';
import { openLog } from './log-file.js';
import { type ManagedProcess, type Recipe, startProcess } from './managed-process.js';
import { killGroup, stopGroup } from './process-id.js';
import { type ProcessJournal } from './process-journal.js';
import { Tail } from './tail.js';

/** Shared by all supervised processes. */
export interface SupervisionContext {
  readonly logs: string;
  readonly journal: ProcessJournal;
  readonly reporter: Reporter;
  /** Called whenever a process was started or ended. */
  onChange(): void;
}

const firstDelay = 250;
const longestDelay = 10_000;
/** In ms. A process that ran this long was stable, so the delay begins anew. */
const stableMs = 20_000;

/**
 * Keeps one process running: restarts it, after a growing delay, whenever it ends, and
 * says so.
 */
export class SupervisedProcess {
  /** Its last lines, for error messages. */
  readonly tail = new Tail();
  /** How often it has ended by itself. */
  failures = 0;
  private readonly log;
  private readonly stopping = new AbortController();
  private current: ManagedProcess | undefined;
  private delay = firstDelay;

  constructor(
    private readonly recipe: Recipe,
    private readonly surroundings: SupervisionContext,
  ) {
    this.log = openLog(surroundings.logs, recipe.name);
  }

  get name(): string {
    return this.recipe.name;
  }

  get kind(): string {
    return this.recipe.kind ?? this.recipe.name;
  }

  /** Undefined between two starts. */
  get pid(): number | undefined {
    return this.current?.id.pid;
  }

  get isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  start(): void {
    const { recipe, surroundings } = this;
    const process = startProcess(recipe, this.log, (lines) => {
      this.tail.add(lines);
      if (recipe.shown) surroundings.reporter.lines(recipe.name, lines);
    });
    this.current = process;
    void this.follow(process, Date.now());
    surroundings.journal.add({ ...process.id, name: recipe.name, stopSignal: this.stopSignal });
    surroundings.onChange();
  }

  /** Sends the stop signal, and SIGKILL if that is not heeded. */
  async stop(): Promise<void> {
    this.stopping.abort();
    const { current } = this;
    if (current === undefined) return;
    await stopGroup(current.id, this.stopSignal, this.recipe.timeoutMs ?? 10_000);
    await current.ended;
  }

  /** SIGKILL. */
  kill(): void {
    this.stopping.abort();
    if (this.current !== undefined) killGroup(this.current.id);
  }

  private get stopSignal(): NodeJS.Signals {
    return this.recipe.stopSignal ?? 'SIGTERM';
  }

  private async follow(process: ManagedProcess, startedAt: number): Promise<void> {
    const { description: words } = await process.ended;
    this.current = undefined;
    this.surroundings.onChange();
    if (this.stopping.signal.aborted) return;
    this.failures += 1;
    if (Date.now() - startedAt > stableMs) this.delay = firstDelay;
    this.surroundings.reporter.warn(
      `${this.name} ended (${words}); starting it again in ${this.delay / 1000} s`,
    );
    const stopped = await sleep(this.delay, false, { signal: this.stopping.signal }).catch(
      () => true,
    );
    this.delay = Math.min(this.delay * 2, longestDelay);
    if (!stopped) this.startAgain();
  }

  private startAgain(): void {
    try {
      this.start();
    } catch (error) {
      this.surroundings.reporter.warn(`${this.name}: ${explain(error)}`);
    }
  }
}
