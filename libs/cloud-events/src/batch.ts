import { diagnose } from './diagnose.js';
import { type EventMessage } from './event-message.js';
import { InvalidEventError } from './invalid-event-error.js';
import { decode, parseJson } from './json.js';
import { mediaTypeOf } from './media-type.js';

/** Of one message. A million of `0,` would be as many dead letters. */
const maxBatch = 1_000;

/** Whether a message of this content type holds several events. */
export const isBatch = (contentType: unknown): boolean =>
  mediaTypeOf(contentType).startsWith('application/cloudevents-batch');

/**
 * The events of a batch
 * (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md#4-json-batch-format),
 * each as it was written: parsed and written again, a number of many digits would be
 * another one. None at all is a batch too.
 * @throws InvalidEventError where the message is no list, or a longer
 *   one than {@link maxBatch}
 */
export function membersOf(message: EventMessage): readonly Buffer[] {
  const batch = parseJson(message.body);
  if (batch === undefined) throw new InvalidEventError(diagnose(message));
  if (!Array.isArray(batch))
    throw new InvalidEventError(
      'a batch that is no list; publish a single event as application/cloudevents+json',
    );
  if (batch.length > maxBatch)
    throw new InvalidEventError(`a batch of more than ${maxBatch} events; publish several`);
  return elements(decode(message.body)).map((element) => Buffer.from(element));
}

/** @param list an array, known to be JSON */
function elements(list: string): string[] {
  const cuts: number[] = [];
  let depth = 0;
  for (const { 0: token, index } of list.matchAll(/"(?:[^"\\]+|\\.)*"|[[\]{},]/g)) {
    if (token === ']' || token === '}') depth -= 1;
    if (depth === (token === ',' ? 1 : 0)) cuts.push(index);
    if (token === '[' || token === '{') depth += 1;
  }
  const between = cuts
    .slice(1)
    .map((cut, index) => list.slice((cuts[index] as number) + 1, cut).trim());
  return between.filter((element) => element !== '');
}
