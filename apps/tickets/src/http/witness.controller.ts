import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import {
  ArrayMaxSize,
  IsArray,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { maxCredentialsAsked, type WitnessAnswer } from '#contracts';
import { Polled, Roles } from '#http-server';
import { parseBody } from '#requests';
import { KeepMark } from '../commands/keep-mark.js';
import { ReadWitness } from '../queries/read-witness.js';

/**
 * The body of `POST /internal/witness`. `life`, `beat` and `statement` belong together:
 * they come together, or not at all.
 */
class WitnessRequest {
  @IsUUID()
  database!: string;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(2 ** 31 - 1)
  life?: number;

  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  beat?: number;

  @IsOptional()
  @IsString()
  @MaxLength(16_384)
  statement?: string;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(maxCredentialsAsked)
  @IsUUID('all', { each: true })
  credentialIds?: string[];
}

/**
 * Remembers for `credentials` what its own database forgets when it is restored
 * (docs/adr/0014-a-restored-credentials-database.md). For our other services; the
 * gateway does not forward it.
 */
@Controller('internal/witness')
export class WitnessController {
  constructor(
    private readonly keepMark: KeepMark,
    private readonly readWitness: ReadWitness,
  ) {}

  @Post()
  @HttpCode(200)
  @Roles('service')
  @Polled()
  async exchange(@Body() body: unknown): Promise<WitnessAnswer> {
    const { database, life, beat, statement, credentialIds = [] } = parseBody(WitnessRequest, body);
    if (life !== undefined && beat !== undefined && statement !== undefined)
      await this.keepMark.execute({ database, life, beat, statement });
    return this.readWitness.execute({ database, credentialIds });
  }
}
