import { ApiProperty } from '@nestjs/swagger';
import type { AgreementView } from '../../../bank/index.js';
import { PageDto } from '../list-page.js';

const BANK = { pattern: '^[0-9]{4}$', maxLength: 4, example: '2963' } as const;
const AGREEMENT = { pattern: '^agr_[0-9a-z]{1,40}$', maxLength: 44 } as const;
const DAY_OR_NULL = { type: 'string', format: 'date', nullable: true, maxLength: 10 } as const;

export class CoverageDto {
  @ApiProperty(BANK)
  bankCode: string;
  @ApiProperty({ format: 'date' })
  from: string;
  @ApiProperty({ ...DAY_OR_NULL, description: 'The first day that is not covered any more' })
  to: string | null;
}

export class AgreementDto {
  @ApiProperty(AGREEMENT)
  agreementId: string;
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 100_000 })
  version: number;
  @ApiProperty({ format: 'date' })
  effectiveFrom: string;
  @ApiProperty(DAY_OR_NULL)
  effectiveTo: string | null;
  @ApiProperty({ ...BANK, type: 'string', nullable: true, description: 'Of one institution’s own' })
  partyBankCode: string | null;
  @ApiProperty({ ...AGREEMENT, type: 'string', nullable: true })
  supersedes: string | null;
  @ApiProperty({ type: [CoverageDto], maxItems: 1_000 })
  coverage: CoverageDto[];
}

export class AgreementsDto extends PageDto {
  @ApiProperty({ type: [AgreementDto], maxItems: 1_000 })
  data: AgreementDto[];
}

/** Member by member: what bank-core may add one day does not leave the house by itself. */
export const toAgreement = (view: AgreementView): AgreementDto => ({
  agreementId: view.agreementId,
  version: view.version,
  effectiveFrom: view.effectiveFrom,
  effectiveTo: view.effectiveTo,
  partyBankCode: view.partyBankCode,
  supersedes: view.supersedes,
  coverage: view.coverage.map(({ bankCode, from, to }) => ({ bankCode, from, to })),
});
