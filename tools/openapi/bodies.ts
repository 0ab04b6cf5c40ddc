import { type Type } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import * as contracts from '#contracts';
import * as requests from '#requests';
import { type Operation } from '../../apps/gateway/src/forwarding/operation.js';

const classes = { ...contracts, ...requests };

type BodyName = NonNullable<Operation['body'] | Operation['answer']>;

/** The class of a body, with what swagger wants to know of its fields. */
export function bodyClass(name: BodyName): Type {
  const type: Type = classes[name];
  for (const [field, facts] of contracts.describedFields(type))
    ApiProperty(facts as ApiPropertyOptions)(type.prototype as object, field);
  return type;
}
