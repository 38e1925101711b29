import { ApiProperty } from '@nestjs/swagger';
import { NoticeSectionDto, NoticeWordsDto } from './notice.dto.js';

const AGREEMENT = '^agr_[0-9a-z]{1,40}$';

export class PublicPartyDto {
  @ApiProperty({ pattern: '^epsp_[0-9a-z]{26}$', maxLength: 31 }) epspId: string;
  @ApiProperty({ maxLength: 100, example: '株式会社みなと家計' }) nameJa: string;
  @ApiProperty({ maxLength: 100, example: 'Minato Kakei Inc.' }) nameEn: string;
  @ApiProperty({ maxLength: 100, example: '関東財務局長（電代）第9901号（見本）' })
  registration: string;
}

export class PublicBankDto {
  @ApiProperty({ pattern: '^[0-9]{4}$', maxLength: 4 }) bankCode: string;
  @ApiProperty({ maxLength: 100, example: '中央労働金庫' }) nameJa: string;
  @ApiProperty({ maxLength: 100, example: 'Chuo Labour Bank' }) nameEn: string;
  @ApiProperty({ format: 'date' }) from: string;
  @ApiProperty({ type: String, format: 'date', nullable: true }) to: string | null;
}

export class PublicVersionDto {
  @ApiProperty({ pattern: AGREEMENT, maxLength: 44 }) agreementId: string;
  @ApiProperty({ type: 'integer', minimum: 1 }) version: number;
  @ApiProperty({ format: 'date' }) effectiveFrom: string;
  @ApiProperty({ type: String, format: 'date', nullable: true }) effectiveTo: string | null;
  @ApiProperty({ description: 'Whether it is the version in force today.' }) isCurrent: boolean;
}

/** One version as it is published: parties, banks covered, the three items, version and date (RKN-0.1). */
export class PublicAgreementDto extends PublicVersionDto {
  @ApiProperty({ format: 'date' }) on: string;
  @ApiProperty({ type: PublicPartyDto }) intermediary: PublicPartyDto;
  @ApiProperty({ type: NoticeWordsDto }) institution: NoticeWordsDto;
  @ApiProperty({ type: [PublicBankDto], maxItems: 15 }) banks: PublicBankDto[];
  @ApiProperty({ type: [NoticeSectionDto], minItems: 3, maxItems: 3 })
  sections: NoticeSectionDto[];
  @ApiProperty({ type: [PublicVersionDto], maxItems: 500, description: 'Oldest first.' })
  versions: PublicVersionDto[];
  @ApiProperty({ description: 'Whether the signed publication can be fetched.' })
  hasDocument: boolean;
}
