import fc from 'fast-check';

/** As much of a JSON Schema as values are made of. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
}

/**
 * Of all lengths, with everything in them that Unicode has, and
 * with what has broken others.
 */
export const textsWith = (marker: string): fc.Arbitrary<string> =>
  fc
    .oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom(
        '\0',
        "'; DROP TABLE credential; --",
        '${7*7}',
        '{{7*7}}',
        '../../etc/passwd',
        '%00',
        '\r\nSet-Cookie: x=1',
        '\ud800',
        '\u202e',
        '__proto__',
      ),
      fc.nat({ max: 9000 }).map((length) => 'x'.repeat(length)),
    )
    .map((some) => `${marker}${some}`);

/** What HTTP lets into a header. */
export const headerTexts = (marker: string): fc.Arbitrary<string> =>
  fc.string({ unit: 'grapheme-ascii', maxLength: 300 }).map((some) => `${marker}${some}`.trim());

const wrongValues: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }).filter((value) => typeof value !== 'string'),
  fc.constantFrom(-1, 1e308, 0.5, [], {}, true),
);

export function valuesOf(
  { type = [], enum: listed, minimum = -10, maximum = 2_000_000 }: Schema,
  text: fc.Arbitrary<string>,
): fc.Arbitrary<unknown> {
  const types = [type].flat();
  const right: fc.Arbitrary<unknown>[] = [text];
  if (listed) right.push(fc.constantFrom(...listed));
  if (types.includes('string')) right.push(fc.constant('right'));
  if (types.includes('integer')) right.push(fc.integer({ min: minimum, max: maximum }));
  if (types.includes('null')) right.push(fc.constant(null));
  return fc.oneof(
    { weight: 4, arbitrary: fc.oneof(...right) },
    { weight: 1, arbitrary: wrongValues },
  );
}

/** Objects that are nearly what is asked for, any JSON, broken JSON, and bytes. */
export function bodiesOf(schema: Schema, text: fc.Arbitrary<string>): fc.Arbitrary<Buffer> {
  const fields = Object.entries(schema.properties ?? {}).map(
    ([name, field]) => [name, valuesOf(field, text)] as const,
  );
  const surprise = ['surprise', valuesOf({}, text)] as const;
  const near = fc.record(Object.fromEntries([...fields, surprise]), {
    requiredKeys: fields.map(([name]) => name),
  });
  const some = fc.record(Object.fromEntries([...fields, surprise]), { requiredKeys: [] });
  const whole = fc.record(Object.fromEntries(fields), { requiredKeys: [] });
  const json = fc
    .oneof(near, some, whole, text, fc.dictionary(text, text, { maxKeys: 3 }))
    .map((value) => JSON.stringify(value));
  return fc.oneof(
    { weight: 8, arbitrary: json.map((value) => Buffer.from(value)) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(json, fc.nat({ max: 40 }))
        .map(([value, cut]) => Buffer.from(value.slice(0, -cut))),
    },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 50 }).map((bytes) => Buffer.from(bytes)) },
  );
}
