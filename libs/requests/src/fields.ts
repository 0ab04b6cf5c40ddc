import { applyDecorators } from '@nestjs/common';
import { IsOptional, registerDecorator } from 'class-validator';
import {
  characters,
  Described,
  DescribedOptional,
  type FieldFacts,
  isStorable,
  personFault,
} from '#contracts';
import { type FaultCode } from '#problem';

/**
 * A rule over one field: the stable code and text of its fault, or undefined where it
 * holds. The text never quotes the value.
 */
type Check = (value: unknown) => string | undefined;

/**
 * One class-validator constraint whose message is what `check` finds; the constraint's
 * name is the fault's code.
 */
function constraint(name: FaultCode, check: Check): PropertyDecorator {
  return (target, propertyKey) => {
    registerDecorator({
      name,
      target: target.constructor,
      propertyName: propertyKey as string,
      validator: {
        validate: (value: unknown) => check(value) === undefined,
        defaultMessage: (facts) => check(facts?.value) ?? '',
      },
    });
  };
}

interface Field {
  readonly description: string;
  readonly example?: unknown;
  /** The field may be left out or null; empty is null (`parseBody`). */
  readonly optional?: boolean;
}

function field(
  kind: FieldFacts,
  { description, example, optional }: Field,
  ...rules: PropertyDecorator[]
): PropertyDecorator {
  const facts = { ...kind, description, ...(example !== undefined && { example }) };
  return optional
    ? applyDecorators(DescribedOptional(facts), IsOptional(), ...rules)
    : applyDecorators(Described(facts), ...rules);
}

function lengthFault(value: unknown, min: number, max: number): string | undefined {
  if (typeof value !== 'string') return 'must be a string';
  const length = characters(value);
  return length >= min && length <= max ? undefined : `must have ${min} to ${max} characters`;
}

/** Text that goes into a database column, so neither NUL nor half a surrogate pair. */
export const TextField = (min: number, max: number, facts: Field): PropertyDecorator =>
  field(
    { type: 'string', nullable: facts.optional ?? false, minLength: min, maxLength: max },
    facts,
    constraint('text', (value) => {
      const fault = lengthFault(value, min, max);
      if (fault !== undefined) return fault;
      return isStorable(value as string) ? undefined : 'must be well-formed text without NUL';
    }),
  );

/** The id of a person, which goes into a database column too. */
export const PersonField = (facts: Field): PropertyDecorator =>
  field(
    {
      type: 'string',
      nullable: facts.optional ?? false,
      maxLength: 255,
      ...(!facts.optional && { minLength: 1 }),
    },
    facts,
    constraint('text', personFault),
  );

/** Text that is sealed: any string, kept exactly. */
export const SecretField = (min: number, max: number, facts: Field): PropertyDecorator =>
  field(
    { type: 'string', nullable: facts.optional ?? false, minLength: min, maxLength: max },
    facts,
    constraint('text', (value) => lengthFault(value, min, max)),
  );

/** Text with a check of the caller's. */
export const CheckedField = (
  code: FaultCode,
  kind: FieldFacts,
  check: Check,
  facts: Field,
): PropertyDecorator => field(kind, facts, constraint(code, check));
