import {
  getMetadataStorage,
  validateSync,
  type ValidationError,
  ValidationTypes,
} from 'class-validator';
import { type FaultCode, faultCodes, type FieldFault, Problem, unknownField } from '#problem';

type Dto<T extends object> = new () => T;

/**
 * The body as an instance of `dto`, whose fields say by class-validator what they accept.
 * DTOs are flat. No body is an empty one.
 * @throws Problem `invalid` that names every faulty field by a JSON pointer, and no value
 */
export const parseBody = <T extends object>(dto: Dto<T>, body: unknown): T =>
  decodeBody(dto, body).requireValid();

/**
 * A body of which something is asked before it is found valid: 403 comes before 422, and
 * may depend on what the body says.
 */
export interface DecodedBody<T extends object> {
  /** What it says in the fields that there are, whether valid or not. */
  readonly readable: { readonly [Field in keyof T]?: unknown };
  /** @throws Problem `invalid`, as {@link parseBody} does */
  requireValid(): T;
}

export const decodeBody = <T extends object>(dto: Dto<T>, body: unknown): DecodedBody<T> =>
  decode(dto, body === undefined ? {} : body, { prefix: '/', emptyIsNone: true });

/**
 * The same for the query string, whose values are strings, or
 * lists if a name is repeated.
 */
export const parseQuery = <T extends object>(dto: Dto<T>, query: unknown): T =>
  decode(dto, query ?? {}, { prefix: '', emptyIsNone: false }).requireValid();

interface PointerRules {
  /** Of pointers. */
  readonly prefix: string;
  /**
   * An empty text of an optional field is null: a form sends one for what nobody has
   * filled in. A parameter is left out instead.
   */
  readonly emptyIsNone: boolean;
}

function decode<T extends object>(
  dto: Dto<T>,
  input: unknown,
  { prefix, emptyIsNone }: PointerRules,
): DecodedBody<T> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    const fault = { pointer: '', code: 'object', detail: 'must be an object' } as const;
    return decoded(new dto(), [fault]);
  }
  const fields = fieldsOf(dto);
  const unknown = Object.keys(input).filter((name) => !fields.has(name));
  const instance = fill(new dto(), input, fields, emptyIsNone);
  const faults = validateSync(instance, {
    forbidUnknownValues: false,
    stopAtFirstError: true,
    validationError: { target: false, value: false },
  });
  return decoded(instance, [
    ...faults.map((fault) => toFieldFault(fault, instance, prefix)),
    ...unknown.map((name) => unknownField(name, prefix)),
  ]);
}

const decoded = <T extends object>(instance: T, errors: readonly FieldFault[]): DecodedBody<T> => ({
  readable: instance,
  requireValid: () => {
    if (errors.length > 0) throw invalid(errors);
    return instance;
  },
});

/** Takes from the input what there are fields for. */
function fill<T extends object>(
  instance: T,
  input: object,
  fields: ReadonlyMap<string, boolean>,
  emptyIsNone: boolean,
): T {
  for (const [name, isOptional] of fields) {
    if (!Object.hasOwn(input, name)) continue;
    const value: unknown = Reflect.get(input, name);
    Reflect.set(instance, name, emptyIsNone && isOptional && value === '' ? null : value);
  }
  return instance;
}

const known = new WeakMap<Dto<object>, ReadonlyMap<string, boolean>>();

/**
 * Names of the fields that have a rule, and whether they may be none. Looked up here, and
 * not left to class-validator's whitelist: a property named `constructor` would make it
 * take the rules of another class.
 */
function fieldsOf(dto: Dto<object>): ReadonlyMap<string, boolean> {
  let fields = known.get(dto);
  if (fields === undefined) {
    const rules = getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false);
    const optional = new Set(
      rules
        .filter(({ type }) => type === ValidationTypes.CONDITIONAL_VALIDATION)
        .map(({ propertyName }) => propertyName),
    );
    fields = new Map(rules.map(({ propertyName }) => [propertyName, optional.has(propertyName)]));
    known.set(dto, fields);
  }
  return fields;
}

/** RFC 6901 has `~` and `/` escaped; names of fields have neither. */
function toFieldFault(
  { property, constraints = {} }: ValidationError,
  fields: object,
  prefix: string,
): FieldFault {
  const [rule = '', detail = 'is not valid'] = Object.entries(constraints)[0] ?? [];
  const code = Reflect.get(fields, property) === undefined ? 'required' : codeOf(rule);
  return { pointer: `${prefix}${property}`, code, detail };
}

/**
 * A rule of class-validator's own, such as `isIn`, has a name
 * that is not ours to promise.
 */
const codeOf = (rule: string): FaultCode => faultCodes.find((code) => code === rule) ?? 'invalid';

const invalid = (errors: readonly FieldFault[]): Problem =>
  new Problem('invalid', undefined, { errors: errors.slice(0, 20) });
