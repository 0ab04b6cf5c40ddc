import { Backoff } from './backoff.js';
import { EventStreamReader, type StreamEvent } from './event-stream.js';
import { problemOf, toProblem } from './problem.js';

/** `live`: news come as they happen. `polling`: they are fetched again and again. `connecting`: neither yet. */
export type Connection = 'connecting' | 'live' | 'polling';

interface Options {
  /** Opens the stream; its answer may be any. */
  readonly open: (signal: AbortSignal) => Promise<Response>;
  readonly onEvent: (event: StreamEvent) => void;
  /** Something may have been missed: everything is to be fetched again. */
  readonly onGap: () => void;
  readonly onConnection: (connection: Connection) => void;
}

/** The server sends a heartbeat every 15 s; a stream that is silent for longer than this is dead, in ms. */
const silenceMs = 40_000;
/** Who may not listen looks again this often, in ms. */
const refusedMs = 4_000;
/** A stream that held at least this long was no failure, in ms: it ends with its token, or with its gateway. */
const steadyMs = 5_000;
/** Without a stream that has begun to tell, everything is looked at this often, in ms. */
const lookMs = 5_000;

/** News of one ticket for as long as it runs: a stream that is opened again when it breaks, and between the attempts a look at everything. */
export class LiveTicket {
  readonly #stopped = new AbortController();
  readonly #backoff = new Backoff(500, 15_000);
  #wakeUp: () => void = () => undefined;
  #looking: ReturnType<typeof setInterval> | undefined;
  /** Whether the stream has told its first `sync`: something between may hold back what comes after the headers. */
  #isSynced = false;

  constructor(private readonly options: Options) {}

  start(): void {
    this.options.onConnection('connecting');
    this.#looking = setInterval(() => {
      if (!this.#isSynced) this.options.onGap();
    }, lookMs);
    void this.#run();
  }

  stop(): void {
    this.#stopped.abort();
    clearInterval(this.#looking);
    this.#wakeUp();
  }

  /** Tries again now: there is a network again, or another token. */
  wake(): void {
    this.#backoff.reset();
    this.#wakeUp();
  }

  async #run(): Promise<void> {
    while (!this.#isStopped()) {
      const ms = await this.#listen();
      if (!this.#isStopped()) await this.#lookAndWait(ms);
    }
  }

  #isStopped(): boolean {
    return this.#stopped.signal.aborted;
  }

  async #lookAndWait(ms: number): Promise<void> {
    this.#isSynced = false;
    // Whoever looks may wake it at once.
    const pause = this.#wait(ms);
    this.options.onConnection('polling');
    this.options.onGap();
    await pause;
  }

  /** @returns ms until the next attempt, when this one is over */
  async #listen(): Promise<number> {
    let least = 0;
    try {
      const response = await this.options.open(this.#stopped.signal);
      if (!response.ok || response.body === null) throw problemOf(response, await response.json().catch(() => undefined));
      const began = Date.now();
      await this.#read(response.body).finally(() => {
        if (Date.now() - began >= steadyMs) this.#backoff.reset();
      });
    } catch (error) {
      const { status, retryAfter } = toProblem(error);
      if (status === 403 || status === 404) return refusedMs;
      least = (retryAfter ?? 0) * 1000;
    }
    return Math.max(least, this.#backoff.next());
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
    const events = new EventStreamReader();
    // One that broke already refuses.
    const cancel = () => void reader.cancel().catch(() => undefined);
    this.#stopped.signal.addEventListener('abort', cancel, { once: true });
    for (;;) {
      const silence = setTimeout(cancel, silenceMs);
      const { done, value } = await reader.read().finally(() => {
        clearTimeout(silence);
      });
      if (done) return;
      for (const event of events.take(value)) this.#tell(event);
    }
  }

  #tell(event: StreamEvent): void {
    if (event.type !== 'sync') {
      this.options.onEvent(event);
      return;
    }
    this.#isSynced = true;
    this.options.onConnection('live');
    this.options.onGap();
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
