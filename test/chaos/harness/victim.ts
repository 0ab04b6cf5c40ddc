import { openLog } from '../../../tools/stack/processes/log-file.js';
import {
  type ManagedProcess,
  type Recipe,
  startProcess,
} from '../../../tools/stack/processes/managed-process.js';
import {
  isAlive,
  killGroup,
  signal,
  stopGroup,
} from '../../../tools/stack/processes/process-id.js';
import { type ProcessJournal } from '../../../tools/stack/processes/process-journal.js';
import { Tail } from '../../../tools/stack/processes/tail.js';

export interface VictimContext {
  readonly logs: string;
  readonly journal: ProcessJournal;
}

/** Milliseconds that a start may take on a busy machine. */
const timeoutMs = 120_000;
/**
 * So often may it end by itself before it answers: PostgreSQL may find the memory of the
 * killed one still in use, for a moment.
 */
const attempts = 5;

/** A process in the hands of the test: nobody else starts it again. */
export class Victim {
  private readonly tail = new Tail();
  private readonly log;
  private current: ManagedProcess | undefined;

  /**
   * @param ready resolves when it answers; calls `check` in between, which throws when
   *   waiting makes no sense any more
   */
  constructor(
    private readonly recipe: Recipe,
    private readonly ready: (check: () => void) => Promise<void>,
    private readonly surroundings: VictimContext,
  ) {
    this.log = openLog(surroundings.logs, recipe.name);
  }

  get name(): string {
    return this.recipe.name;
  }

  /**
   * Resolves when it answers.
   * @param env replaces what the recipe says
   */
  async start(env: NodeJS.ProcessEnv = {}): Promise<void> {
    const deadline = performance.now() + timeoutMs;
    let launches = 1;
    this.launch(env);
    await this.ready(() => {
      if (this.isRunning && performance.now() < deadline) return;
      if (launches === attempts || this.isRunning)
        throw new Error(`${this.name} did not get ready.${this.tail.quote()}`);
      launches += 1;
      this.launch(env);
    });
  }

  get isRunning(): boolean {
    return this.current !== undefined && isAlive(this.current.id);
  }

  /** SIGKILL, to it and its children. Resolves when it is gone. */
  async kill(): Promise<void> {
    if (this.current === undefined) return;
    killGroup(this.current.id);
    await this.current.ended;
  }

  /** Asks it to stop, as ops do. @returns how it ended */
  async stop(): Promise<number | null> {
    if (this.current === undefined) return null;
    await stopGroup(
      this.current.id,
      this.recipe.stopSignal ?? 'SIGTERM',
      this.recipe.timeoutMs ?? 10_000,
    );
    return (await this.current.ended).code;
  }

  /** Stands still until `thaw`, without a word to anybody. */
  freeze(): void {
    if (this.current !== undefined) signal(this.current.id, 'SIGSTOP');
  }

  thaw(): void {
    if (this.current !== undefined) signal(this.current.id, 'SIGCONT');
  }

  /**
   * Asks for what it does on a signal without ending, such as to
   * write a diagnostic report.
   */
  signal(name: NodeJS.Signals): void {
    if (this.current !== undefined) signal(this.current.id, name);
  }

  private launch(env: NodeJS.ProcessEnv): void {
    const { recipe, surroundings } = this;
    const process = startProcess(
      { ...recipe, env: { ...recipe.env, ...env } },
      this.log,
      (line) => {
        this.tail.add(line);
      },
    );
    surroundings.journal.add({
      ...process.id,
      name: recipe.name,
      stopSignal: recipe.stopSignal ?? 'SIGTERM',
    });
    this.current = process;
  }
}

/** Runs to its end. @throws with its last lines when it fails */
export async function runTask(recipe: Recipe, { logs, journal }: VictimContext): Promise<void> {
  const tail = new Tail();
  const task = startProcess(recipe, openLog(logs, recipe.name), (line) => {
    tail.add(line);
  });
  journal.add({ ...task.id, name: recipe.name, stopSignal: 'SIGTERM' });
  const { code, description: words } = await task.ended;
  if (code !== 0) throw new Error(`${recipe.name} failed (${words}).${tail.quote()}`);
}
