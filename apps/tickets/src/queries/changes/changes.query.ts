import { IsOptional, IsString } from 'class-validator';

/** The body of `POST /internal/changes`. */
export class ChangesRequest {
  /** The cursor of the last answer. */
  @IsOptional()
  @IsString()
  after?: string | null;
}
