import { type Type } from '@nestjs/common';

/**
 * What the API's document says of a field, as OpenAPI 3.0 does; its type is that of the
 * property where none is named.
 */
export interface FieldFacts {
  readonly type?: 'string' | 'integer' | 'boolean' | readonly [StringConstructor];
  readonly description?: string;
  readonly example?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly nullable?: boolean;
  readonly required?: boolean;
  readonly minimum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
}

const described = new WeakMap<object, Map<string, FieldFacts>>();

/**
 * Notes what to say of a field. The document is made of these notes by `npm run openapi`;
 * a service that runs only carries them, and not the library that makes it.
 */
export const Described =
  (facts: FieldFacts = {}): PropertyDecorator =>
  ({ constructor }, name) => {
    const fields = described.get(constructor) ?? new Map<string, FieldFacts>();
    described.set(constructor, fields.set(name as string, facts));
  };

/** The same of a field that may be left out. */
export const DescribedOptional = (facts: FieldFacts = {}): PropertyDecorator =>
  Described({ ...facts, required: false });

/** By name, in the order in which the class has them. */
export const describedFields = (type: Type): ReadonlyMap<string, FieldFacts> =>
  described.get(type) ?? new Map<string, FieldFacts>();
