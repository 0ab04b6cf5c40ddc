import { IsOptional, IsString } from 'class-validator';

/** The query string of `GET /internal/changes`. */
export class ChangesParameters {
  /** The cursor of the last answer. */
  @IsOptional()
  @IsString()
  after?: string;
}
