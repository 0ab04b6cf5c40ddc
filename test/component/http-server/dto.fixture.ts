import { IsOptional, IsString, MaxLength } from 'class-validator';

export class CheckedFieldDto {
  @IsString()
  @MaxLength(20)
  name!: string;

  @IsOptional()
  @IsString()
  note?: string | null;
}
