import { waitFor } from './wait-for.js';

export interface Heard {
  readonly type: string;
  readonly id: string | undefined;
  readonly data: any;
}

/** A client of `GET /v1/tickets/{id}/stream`, which reads what comes and remembers it. */
export class EventStream {
  readonly heard: Heard[] = [];
  comments = 0;
  ended = false;

  private constructor(
    readonly response: Response,
    private readonly abort: AbortController,
  ) {}

  static async open(
    url: string,
    headers: Record<string, string>,
    ask = fetch,
  ): Promise<EventStream> {
    const abort = new AbortController();
    const response = await ask(url, { headers, signal: abort.signal });
    const stream = new EventStream(response, abort);
    if (response.ok) void stream.read();
    return stream;
  }

  get types(): string[] {
    return this.heard.map(({ type }) => type);
  }

  /** Waits until an event of this type was heard more than `count` times. */
  async hear(type: string, count = 0): Promise<Heard> {
    const found = () => this.heard.filter((event) => event.type === type)[count];
    return waitFor(found);
  }

  async end(): Promise<void> {
    await waitFor(() => this.ended);
  }

  close(): void {
    this.abort.abort();
  }

  private async read(): Promise<void> {
    let text = '';
    try {
      for await (const chunk of this.response.body!.pipeThrough(new TextDecoderStream())) {
        text += chunk;
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        blocks.forEach((block) => {
          this.take(block);
        });
      }
    } catch {
      // Aborted, or cut off: both are an end.
    }
    this.ended = true;
  }

  private take(block: string): void {
    const fields = new Map(
      block
        .split('\n')
        .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
    );
    if (fields.has('')) this.comments += 1;
    const type = fields.get('event');
    if (type !== undefined)
      this.heard.push({
        type,
        id: fields.get('id'),
        data: JSON.parse(fields.get('data') ?? 'null'),
      });
  }
}

/** What a stream told of one ticket: types, in their order. */
export const typesOf = ({ heard }: EventStream, ticketId: string): string[] =>
  heard
    .filter(({ data }) => (data as { ticketId: string }).ticketId === ticketId)
    .map(({ type }) => type);

/** Resolves when it has told this of the ticket. */
export const told = (stream: EventStream, ticketId: string, type: string) =>
  waitFor(() => typesOf(stream, ticketId).includes(type));
