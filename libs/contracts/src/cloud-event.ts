import { v7 as uuidv7 } from 'uuid';
import { InvalidEventError, remedyForData } from '#cloud-events';

export { InvalidEventError };

/**
 * CloudEvents 1.0, structured JSON mode
 * (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md).
 */
export interface CloudEvent<Type extends string = string, Data = unknown> {
  readonly specversion: '1.0';
  readonly id: string;
  readonly source: string;
  readonly type: Type;
  /** The ticket's id; of a checkpoint, its name. */
  readonly subject: string;
  /** RFC 3339, UTC. */
  readonly time: string;
  readonly datacontenttype: 'application/json';
  /** Names the major version of `data`; changes within it are additive. */
  readonly dataschema: string;
  readonly data: Data;
}

/** The schema of version 1 of an event type, as `dataschema` names it. */
const dataSchema = (type: string): string => `urn:private-credentials:schema:${type}:v1`;

/**
 * A new event of ours, with an id of its own.
 * @param about.time of what it tells, by the clock of the database that stores that:
 *   listeners may order by it
 */
export function cloudEvent<Type extends string, Data extends object>(
  source: string,
  type: Type,
  data: Data,
  { subject, time }: { readonly subject: string; readonly time: Date },
): CloudEvent<Type, Data> {
  return {
    specversion: '1.0',
    id: uuidv7(),
    source,
    type,
    subject,
    time: time.toISOString(),
    datacontenttype: 'application/json',
    dataschema: dataSchema(type),
    data,
  };
}

/**
 * Throws {@link InvalidEventError} naming `part`, and what its
 * publisher can do, unless `holds`.
 */
export function assertPart(holds: boolean, part: string, remedy?: string): asserts holds {
  if (!holds)
    throw new InvalidEventError(
      `${part} is missing or wrong${remedy === undefined ? '' : `: ${remedy}`}`,
    );
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Checks what every CloudEvent has: the version and the named attributes, text of 1 to
 * 512 characters, and an object as its data.
 * @throws InvalidEventError
 */
export function assertEnvelope<Name extends string>(
  document: unknown,
  attributes: readonly Name[],
): asserts document is Record<Name, string> & { data: Record<string, unknown> } {
  assertPart(
    isObject(document),
    'the event',
    Array.isArray(document)
      ? remedies.list
      : typeof document === 'string'
        ? remedies.text
        : undefined,
  );
  assertPart(document.specversion === '1.0', 'specversion', remedies.specversion);
  for (const name of attributes)
    assertPart(
      isAttribute(document[name]),
      name,
      typeof document[name] === 'number' ? remedies.number : undefined,
    );
  assertPart(
    isObject(document.data) && (document.data_base64 ?? null) === null,
    'data',
    remedyForData(document),
  );
}

const remedies = {
  list: 'publish several events in one message as application/cloudevents-batch+json',
  text: 'it is JSON inside of JSON; encode it once',
  specversion:
    'publish a CloudEvent, whose specversion is the text "1.0", as JSON, or with all its ' +
    'attributes in headers named cloudEvents_…',
  number: 'send it as text',
};

/** Whether it is text of 1 to 512 characters. */
export const isAttribute = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= 512;

/**
 * Checks the envelope of an event of ours, which names its subject and time; `data` is
 * for the parser of its type.
 */
export function parseCloudEvent(document: unknown): CloudEvent {
  assertEnvelope(document, ['id', 'source', 'type', 'subject', 'time']);
  assertPart(!Number.isNaN(Date.parse(document.time)), 'time');
  return document as unknown as CloudEvent;
}
