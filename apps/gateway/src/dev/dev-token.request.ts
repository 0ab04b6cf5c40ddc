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
import { PersonField } from '#requests';

/** Every role but `service`: that one is for services, which sign for themselves. */
const personRoles = roles.filter((role) => role !== 'service');

export class DevTokenRequest {
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
