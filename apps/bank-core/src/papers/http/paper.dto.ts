import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import { SentInstant } from '#libs/platform';
import { instantToWire } from '#libs/kernel';
import { PAPER_KINDS, type PaperEntry, type PaperKind } from '../domain/paper-entry.js';

export class SealCheckDto {
  @ApiProperty({ maxLength: 100 }) @IsString() @Length(0, 100) by: string;
  @SentInstant()
  at: string;
  @ApiProperty() @IsBoolean() matched: boolean;
}

export class TakePaperDto {
  @ApiProperty({ enum: PAPER_KINDS }) @IsIn(PAPER_KINDS) kind: PaperKind;
  @ApiProperty() @Matches(/^hld_[0-9a-z]{26}$/) holderId: string;
  @ApiProperty({ maxLength: 60 }) @IsString() @Length(1, 60) formReference: string;
  @SentInstant()
  receivedAt: string;
  /** Left out, the paper is refused: what is not recorded was not done (SM-13.5). */
  @ApiPropertyOptional({ type: SealCheckDto })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => SealCheckDto)
  sealCheck?: SealCheckDto;
}

export class PaperEntryDto {
  @ApiProperty() id: string;
  @ApiProperty({ enum: PAPER_KINDS }) kind: PaperKind;
  @ApiProperty() holderId: string;
  @ApiProperty() formReference: string;
  @ApiProperty({ format: 'date-time' }) receivedAt: string;
  @ApiProperty({ type: SealCheckDto }) sealCheck: SealCheckDto;
  @ApiProperty() recordedBy: string;
  @ApiProperty({ format: 'date-time' }) recordedAt: string;
}

export const paperToWire = (entry: PaperEntry): PaperEntryDto => ({
  ...entry,
  receivedAt: instantToWire(entry.receivedAt),
  recordedAt: instantToWire(entry.recordedAt),
  sealCheck: { ...entry.sealCheck, at: instantToWire(entry.sealCheck.at) },
});
