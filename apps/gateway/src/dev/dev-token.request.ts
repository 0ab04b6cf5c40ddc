import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Length,
} from 'class-validator';
import { roles } from '#contracts';
import { parseBody, PersonField } from '#requests';

/** Every role but `service`: that one is for services, which sign for themselves. */
const personRoles = roles.filter((role) => role !== 'service');

class DevTokenRequest {
  @PersonField({ description: 'Whose token it is' })
  sub!: string;

  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(personRoles.length)
  @IsIn(personRoles, { each: true })
  roles!: string[];

  @IsOptional()
  @IsString()
  @Length(1, 255)
  name?: string | null;
}

/** @throws Problem `invalid` */
export const readDevTokenRequest = (body: unknown): DevTokenRequest =>
  parseBody(DevTokenRequest, body);
