import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsISO8601,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import { PageLimit, SentInstant } from '#libs/platform';
import type { MisuseReport } from '../../domain/misuse-report.js';
import { instantOf, WireText } from '../wire.js';

const DAY = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;

export class PoliceReportDto {
  @WireText(80) station: string;
  @WireText(60) number: string;
  @ApiProperty({ format: 'date' }) @IsISO8601({ strict: true }) @Matches(DAY) filedOn: string;
}

export class MisuseDto {
  @SentInstant() noticedAt: string;
  /** The transfers that were somebody else's, by the id that the account's statement shows. */
  @ApiProperty({ type: [String], maxItems: 200 })
  @IsArray()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  @Length(1, 100, { each: true })
  transferIds: string[];
  @WireText(4000) words: string;
  @ApiPropertyOptional({ format: 'date' })
  @IsOptional()
  @IsISO8601({ strict: true })
  @Matches(DAY)
  theftDate?: string;
  @ApiPropertyOptional({ type: PoliceReportDto })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => PoliceReportDto)
  policeReport?: PoliceReportDto;
}

/** As the clerk enters it: for whom, and how it came. */
export class TakeMisuseDto extends MisuseDto {
  @ApiProperty() @Matches(/^hld_[0-9a-z]{26}$/) holderId: string;
  @ApiProperty({ enum: ['telephone', 'branch'] })
  @IsIn(['telephone', 'branch'])
  channel: 'telephone' | 'branch';
  @WireText(60) reference: string;
}

export class ListOwnClaimsQuery {
  @ApiPropertyOptional() @IsOptional() @Matches(/^case_[0-9a-z]{26}$/) before?: string;
  @PageLimit(100, 50) limit?: number;
}

export const misuseOf = (
  body: MisuseDto,
  told: Pick<MisuseReport, 'holderId' | 'reference' | 'channel'>,
): MisuseReport => ({
  ...told,
  noticedAt: instantOf(body.noticedAt),
  transferIds: body.transferIds,
  words: body.words,
  ...(body.theftDate !== undefined && { theftDate: body.theftDate }),
  ...(body.policeReport && { policeReport: { ...body.policeReport } }),
});
