import { waitFor } from './wait-for.js';

export interface StreamedEvent {
  readonly type: string;
  readonly id: string | undefined;
  readonly data: any;
}

/** A client of `GET /v1/tickets/{id}/stream` that collects the events. */
export class EventStream {
  readonly events: StreamedEvent[] = [];
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
    return this.events.map(({ type }) => type);
  }

  /** Waits until more than `count` events of this type have arrived. */
  async waitForEvent(type: string, count = 0): Promise<StreamedEvent> {
    const found = () => this.events.filter((event) => event.type === type)[count];
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
      this.events.push({
        type,
        id: fields.get('id'),
        data: JSON.parse(fields.get('data') ?? 'null'),
      });
  }
}

/** The types of the events about one ticket, in their order. */
export const typesOf = ({ events }: EventStream, ticketId: string): string[] =>
  events
    .filter(({ data }) => (data as { ticketId: string }).ticketId === ticketId)
    .map(({ type }) => type);

/** Waits for an event of this type about the ticket. */
export const waitForTicketEvent = (stream: EventStream, ticketId: string, type: string) =>
  waitFor(() => typesOf(stream, ticketId).includes(type));
