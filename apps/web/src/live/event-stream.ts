/**
 * One event of a stream
 * (https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream).
 */
export interface StreamEvent {
  readonly type: string;
  readonly data: unknown;
}

/**
 * Parses events from text that arrives in chunks. What cannot be parsed is skipped: a
 * later `sync` makes up for it.
 */
export class EventStreamReader {
  private rest = '';

  /** @returns the events that this chunk completes */
  push(chunk: string): StreamEvent[] {
    // A carriage return at the end may be half of a line break.
    const text = (this.rest + chunk).replaceAll('\r\n', '\n').replaceAll(/\r(?=.)/gs, '\n');
    const blocks = text.split('\n\n');
    this.rest = blocks.pop() ?? '';
    return blocks.flatMap(readBlock);
  }
}

function readBlock(block: string): StreamEvent[] {
  const lines = block.split('\n').map(readLine);
  const type = lines.findLast(([name]) => name === 'event')?.[1];
  const data = lines.filter(([name]) => name === 'data').map(([, value]) => value);
  if (data.length === 0) return [];
  try {
    return [{ type: type ?? 'message', data: JSON.parse(data.join('\n')) as unknown }];
  } catch {
    return [];
  }
}

function readLine(line: string): [name: string, value: string] {
  const colon = line.indexOf(':');
  return colon < 0 ? [line, ''] : [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')];
}
