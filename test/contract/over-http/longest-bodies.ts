import { beforeAll, expect, it } from '@jest/globals';
import { stage } from './shared-stage.js';

interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
}
interface Document {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly requestBody?: {
              readonly content: Record<string, { schema: { $ref: string } }>;
            };
          }
        >
      >
    >
  >;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

let document: Document;
beforeAll(async () => {
  document = (await stage.raw(null, 'GET', '/openapi.json')).body as Document;
}, 120_000);

/**
 * JSON's longest spelling of a text, each UTF-16 unit by its
 * number (RFC 8259, section 7).
 */
const spelled = (text: string): string =>
  `"${[...new Array(text.length).keys()].map((at) => escaped(text.charCodeAt(at))).join('')}"`;
const escaped = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`;

/**
 * As long as the document permits: characters are code points, and
 * each of these has two units.
 */
function longestValue(name: string, { type, enum: words, maxLength, minimum = 0 }: Schema): string {
  if (words !== undefined)
    return spelled([...words].sort((one, other) => other.length - one.length)[0] ?? '');
  if (!([type].flat() as unknown[]).includes('string')) return String(minimum);
  if (maxLength === undefined) throw new Error(`${name} has no limit`);
  const start = name === 'link' ? 'https://a.example/' : '';
  return spelled(start + '\u{1f511}'.repeat(maxLength - start.length));
}

const longestBody = ({ properties = {} }: Schema): string =>
  `{${Object.entries(properties)
    .map(([name, schema]) => `${spelled(name)}:${longestValue(name, schema)}`)
    .join()}}`;

const doors = () =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, { requestBody }]) => {
      const name = requestBody?.content['application/json']?.schema.$ref.split('/').at(-1) ?? '';
      const schema = document.components.schemas[name];
      return schema === undefined ? [] : [{ path, method, body: longestBody(schema) }];
    }),
  );

it('every body may have the longest texts that are permitted, in the longest spelling that JSON has', async () => {
  const statuses: [string, number][] = [];
  for (const { path, method, body } of doors()) {
    const { ticket, credentials } = await stage.ticket();
    const { body: shared } = await stage.call('customer-1', 'POST', credentials, {
      username: 'u',
      password: 'p',
    });
    const place = path
      .replace('/v1/tickets/{ticketId}', ticket)
      .replace('{credentialId}', shared.id as string);
    const actor = path.endsWith('/credentials') ? 'customer-1' : 'agent-1';
    const { status } = await stage.raw(actor, method.toUpperCase(), place, body, {
      'if-match': '*',
    });
    statuses.push([`${method} ${path}`, status]);
  }
  expect(statuses.length).toBeGreaterThanOrEqual(8);
  expect(statuses.filter(([, status]) => status !== 200 && status !== 201)).toEqual([]);
});
