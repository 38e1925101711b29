import { ApiProperty } from '@nestjs/swagger';
import { LinksDto, MetaDto } from '../../platform/http/shapes.dto.js';
import { EPSP } from './participant.dto.js';

const FUNCTIONS = ['accounts_read', 'balances_read', 'transactions_read', 'transfer_initiation'];

export class RegisteredParticipantDto {
  @ApiProperty({ pattern: EPSP, maxLength: 31 })
  epspId: string;
  @ApiProperty({ maxLength: 100, example: '株式会社みなと家計' })
  nameJa: string;
  @ApiProperty({ maxLength: 100, example: 'ミナトカケイ' })
  nameKana: string;
  @ApiProperty({ maxLength: 100, example: 'Minato Kakei Inc.' })
  nameEn: string;
  @ApiProperty({ maxLength: 100, example: '関東財務局長（電代）第9901号（見本）' })
  registration: string;
  @ApiProperty({ enum: ['pending', 'active', 'terminated'] })
  status: string;
  @ApiProperty({
    type: 'array',
    items: { type: 'string', pattern: '^[0-9]{4}$', maxLength: 4 },
    maxItems: 50,
    example: ['2963'],
    description: 'Institutions that the agreement covers (RKN-0.2)',
  })
  coveredBankCodes: readonly string[];
}

export class RegisteredApplicationDto {
  @ApiProperty({ maxLength: 200, example: 'minato-kakei' })
  clientId: string;
  @ApiProperty({ pattern: EPSP, maxLength: 31 })
  epspId: string;
  @ApiProperty({ type: 'string', nullable: true, maxLength: 200, example: 'みなと家計簿' })
  name: string | null;
  @ApiProperty({ enum: ['active', 'inactive', 'removed'] })
  status: string;
}

export class RegisteredPartnerDto {
  @ApiProperty({ pattern: '^cp_[0-9a-z]{26}$', maxLength: 29 })
  chainPartnerId: string;
  @ApiProperty({ pattern: EPSP, maxLength: 31 })
  epspId: string;
  @ApiProperty({ maxLength: 100, example: 'つばめ貯金' })
  nameJa: string;
  @ApiProperty({ maxLength: 100, example: 'Tsubame Savings' })
  nameEn: string;
  @ApiProperty({ enum: FUNCTIONS, isArray: true, maxItems: 4 })
  functions: readonly string[];
  @ApiProperty({ enum: ['active', 'inactive'] })
  status: string;
}

class ListDto {
  @ApiProperty({ type: LinksDto })
  links: LinksDto;
  @ApiProperty({ type: MetaDto })
  meta: MetaDto;
}

export class ParticipantsRegisterDto extends ListDto {
  @ApiProperty({ type: [RegisteredParticipantDto], maxItems: 10_000 })
  data: RegisteredParticipantDto[];
}

export class ApplicationsRegisterDto extends ListDto {
  @ApiProperty({ type: [RegisteredApplicationDto], maxItems: 10_000 })
  data: RegisteredApplicationDto[];
}

export class PartnersRegisterDto extends ListDto {
  @ApiProperty({ type: [RegisteredPartnerDto], maxItems: 10_000 })
  data: RegisteredPartnerDto[];
}

/** The whole register: who caches it has to have all of it, so there is no further page. */
export const wholeList = <Entry>(path: string, data: readonly Entry[]) => ({
  data: [...data],
  links: { self: path },
  meta: { count: data.length, hasMore: false },
});
