import { EventStreamReader, type StreamEvent } from './event-stream.js';

/**
 * In ms. The server sends a heartbeat every 15 s; a stream that is silent for longer than
 * this is dead.
 */
const silenceMs = 40_000;

/**
 * Reads until the stream ends, is silent for too long, or `signal` is aborted. Rejects
 * where the connection breaks.
 */
export async function readEvents(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
  onEvent: (event: StreamEvent) => void,
): Promise<void> {
  const reader = body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .getReader();
  const events = new EventStreamReader();
  // A stream that is already broken rejects.
  const cancel = () => void reader.cancel().catch(() => undefined);
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel, { once: true });
  for (;;) {
    const silence = setTimeout(cancel, silenceMs);
    const { done, value } = await reader.read().finally(() => {
      clearTimeout(silence);
    });
    if (done || signal.aborted) return;
    for (const event of events.push(value)) onEvent(event);
  }
}
