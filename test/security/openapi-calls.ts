import fc from 'fast-check';
import { bodiesOf, headerTexts, type Schema, textsWith, valuesOf } from './openapi-values.js';

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly schema?: Schema;
}
interface Described {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
  };
}
export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body: Schema | undefined;
}

export interface Call {
  readonly actor: string | null;
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer | undefined;
}

export function operationsOf({ paths, components }: Document): Operation[] {
  const resolve = (schema: Schema | undefined) =>
    schema?.$ref === undefined ? schema : components.schemas[schema.$ref.split('/').at(-1) ?? ''];
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      parameters,
      body: resolve(requestBody?.content['application/json']?.schema),
    })),
  );
}

interface Surroundings {
  /** Stands in every text that is made up, so that an echo of it is noticed. */
  readonly marker: string;
  /** Ids of what exists, by the name of their parameter. */
  readonly there: Texts;
}

type Texts = Readonly<Record<string, string>>;
/** In the place of an id: that of something which is there when the call is made. */
const existing = '';

/** Calls of one operation: right ones, nearly right ones, and anything. */
export function callsOf(operation: Operation, { marker, there }: Surroundings): fc.Arbitrary<Call> {
  const text = textsWith(marker);
  const parameters = (
    place: Parameter['in'],
    make: (parameter: Parameter) => fc.Arbitrary<string>,
  ): fc.Arbitrary<Texts> => {
    const named = operation.parameters
      .filter((one) => one.in === place)
      .map((one) => [one.name, make(one)] as const);
    return fc.record(
      Object.fromEntries(named),
      place === 'path' ? {} : { requiredKeys: [] },
    ) as fc.Arbitrary<Texts>;
  };
  const known = (ids: Texts) =>
    Object.fromEntries(
      Object.keys(ids)
        .filter((name) => ids[name] === existing)
        .map((name) => [name, there[name] ?? marker]),
    );
  return fc
    .record({
      actor: fc.constantFrom(
        'customer-1',
        'customer-1',
        'agent-1',
        'agent-1',
        'customer-2',
        'agent-2',
        'admin-1',
        null,
      ),
      ids: parameters('path', () =>
        fc.oneof({ weight: 1, arbitrary: text }, { weight: 4, arbitrary: fc.constant(existing) }),
      ),
      query: parameters('query', ({ schema = {} }) => valuesOf(schema, text).map(String)),
      headers: parameters('header', () =>
        fc.oneof(headerTexts(marker), fc.constantFrom('"1"', '*', 'W/"1"')),
      ),
      type: fc.option(
        fc.constantFrom(
          'text/plain',
          'application/json; charset=utf-16',
          'application/xml',
          `x/${marker}`,
        ),
        { freq: 8 },
      ),
      body:
        operation.body === undefined
          ? fc.constant(undefined)
          : fc.option(bodiesOf(operation.body, text), { nil: undefined, freq: 12 }),
    })
    .map(({ actor, ids, query, headers, type, body }) => ({
      actor,
      method: operation.method,
      path: pathOf(operation.path, { ...ids, ...known(ids) }, query),
      headers: { ...headers, ...(type !== null && { 'content-type': type }) },
      body,
    }));
}

function pathOf(pattern: string, ids: Texts, query: Texts): string {
  const path = pattern.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent((ids[name] ?? '').toWellFormed()),
  );
  const parameters = Object.entries(query).map(
    ([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`,
  );
  return parameters.length === 0 ? path : `${path}?${parameters.join('&')}`;
}
