import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

const folder = 'docs/events';
const read = (file: string): any => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'));

/** docs/events/asyncapi.json. */
export const document = read('asyncapi.json');

interface DescribedMessage {
  readonly name: string;
  readonly description: string;
}
/** Its messages by their keys. */
export const messages = document.components.messages as Readonly<Record<string, DescribedMessage>>;

/** The examples by the names of their files, without `.json`. */
export const examples: ReadonlyMap<string, any> = new Map(
  readdirSync(`${folder}/examples`).map((file) => [
    file.replace(/\.json$/, ''),
    read(`examples/${file}`),
  ]),
);

/**
 * Which message an exchange carries under a routing key.
 * @returns its key, or undefined where it carries none such
 */
export function messageOn(exchange: string, routingKey: string): string | undefined {
  const { $ref } = document.channels[exchange]?.messages[routingKey] ?? {};
  return typeof $ref === 'string' ? $ref.split('/').at(-1) : undefined;
}

const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema({ components: document.components }, 'events');
const compiled = new Map<string, ValidateFunction>();

/**
 * Throws unless `value` is what `pointer` of the document describes; with `closed`, also
 * where it has more than is described.
 */
function validate(pointer: string, value: unknown, closed: boolean): void {
  const key = `${pointer} ${closed}`;
  const validate =
    compiled.get(key) ??
    ajv.compile({ $ref: `events#${pointer}`, ...(closed && { unevaluatedProperties: false }) });
  compiled.set(key, validate);
  if (!validate(value)) throw new Error(`${pointer}: ${ajv.errorsText(validate.errors)}`);
}

/** What a reader demands, who must accept what is added later. */
export const requireReadable = (message: string, event: unknown): void => {
  validate(`/components/messages/${message}/payload`, event, false);
};

/** What a publisher of ours owes: every property that it writes is described. */
export function requireDescribed(message: string, event: { readonly data: object }): void {
  validate(`/components/messages/${message}/payload`, event, true);
  const payload = document.components.messages[message].payload.allOf[1].properties.data
    .$ref as string;
  validate(payload.slice(1), event.data, true);
}
