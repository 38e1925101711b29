import { ApiProperty } from '@nestjs/swagger';

export class FunctionsDto {
  @ApiProperty()
  accounts_read: boolean;
  @ApiProperty()
  balances_read: boolean;
  @ApiProperty()
  transactions_read: boolean;
  @ApiProperty()
  transfer_initiation: boolean;
}

export class InstitutionDto {
  @ApiProperty({ pattern: '^[0-9]{4}$', example: '2963' })
  bankCode: string;
  @ApiProperty({ enum: ['federation', 'labour_bank', 'credit_cooperative'] })
  kind: string;
  @ApiProperty({ maxLength: 100 })
  nameJa: string;
  @ApiProperty({ maxLength: 100 })
  nameKana: string;
  @ApiProperty({ maxLength: 100 })
  nameEn: string;
  @ApiProperty({ type: FunctionsDto })
  functions: FunctionsDto;
}

export class IntermediaryDto {
  @ApiProperty({ pattern: '^epsp_[0-9a-z]{26}$' })
  epspId: string;
  @ApiProperty({ maxLength: 100 })
  nameJa: string;
  @ApiProperty({ maxLength: 100 })
  nameKana: string;
  @ApiProperty({ maxLength: 100 })
  nameEn: string;
  @ApiProperty({ maxLength: 100, example: '関東財務局長（電代）第99号' })
  registration: string;
  @ApiProperty({ enum: ['pending', 'active', 'terminated'] })
  status: string;
  @ApiProperty({ type: [String], example: ['2963'] })
  coveredBankCodes: string[];
}

export class ChainPartnerDto {
  @ApiProperty({ pattern: '^cp_[0-9a-z]{26}$' })
  chainPartnerId: string;
  @ApiProperty({ pattern: '^epsp_[0-9a-z]{26}$' })
  epspId: string;
  @ApiProperty({ maxLength: 100 })
  nameJa: string;
  @ApiProperty({ maxLength: 100 })
  nameEn: string;
  @ApiProperty({ type: [String], example: ['accounts_read'] })
  functions: string[];
  @ApiProperty({ format: 'date' })
  contractFrom: string;
  @ApiProperty({ format: 'date', nullable: true, type: String })
  contractTo: string | null;
  @ApiProperty({ enum: ['contracted', 'stopped'] })
  status: string;
}

export class CatalogueDto {
  @ApiProperty({ type: [InstitutionDto] })
  institutions: InstitutionDto[];
  @ApiProperty({ type: [IntermediaryDto] })
  intermediaries: IntermediaryDto[];
  @ApiProperty({ type: [ChainPartnerDto] })
  chainPartners: ChainPartnerDto[];
}
