import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';
import { PageLimit } from '#libs/platform';
import { PartnerHistoryDto } from '../own/partner-act.dto.js';
import { OwnPartnerDto } from '../participant.dto.js';

const STATUSES = ['proposed', 'withdrawn', 'contracted', 'stopped'] as const;

export class ListPartnersQuery {
  @ApiPropertyOptional({ pattern: '^epsp_[0-9a-z]{26}$' })
  @IsOptional()
  @Matches(/^epsp_[0-9a-hjkmnp-tv-z]{26}$/)
  epspId?: string;

  @ApiPropertyOptional({ enum: STATUSES })
  @IsOptional()
  @IsIn(STATUSES)
  status?: (typeof STATUSES)[number];

  @ApiPropertyOptional({ description: 'The last id that was seen.' })
  @IsOptional()
  @Matches(/^cp_[0-9a-hjkmnp-tv-z]{26}$/)
  after?: string;

  @PageLimit(200) limit?: number;
}

export class StaffPartnerDto extends OwnPartnerDto {
  @ApiProperty() epspId: string;
}

export class StaffPartnersDto {
  @ApiProperty({ type: [StaffPartnerDto] }) chainPartners: StaffPartnerDto[];
}

export class PartnerFileDto extends OmitType(PartnerHistoryDto, ['chainPartnerId']) {
  @ApiProperty({ type: StaffPartnerDto }) partner: StaffPartnerDto;
}

class ProposePartnerActDto {
  @ApiProperty({ maxLength: 1000 })
  @IsString()
  @Length(1, 1000)
  reason: string;
}

export class ProposeContractDto extends ProposePartnerActDto {
  @ApiProperty({
    type: 'integer',
    minimum: 1,
    maximum: 2_000_000_000,
    description: 'The version of the filing that was looked at; any other one is refused.',
  })
  @IsInt()
  @Min(1)
  @Max(2_000_000_000)
  version: number;
}

export class ProposeContractEndDto extends ProposePartnerActDto {
  @ApiPropertyOptional({ format: 'date', description: 'The last day; without it at once.' })
  @IsOptional()
  @Matches(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/)
  lastDay?: string;
}
