import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
  Matches,
} from 'class-validator';
import type { OwnPartnerView, ProposePartnerRequest } from '../../bank/index.js';
import { LinksDto, MetaDto } from '../../platform/http/shapes.dto.js';

type Direction = ProposePartnerRequest['directions'][number];
type Fn = ProposePartnerRequest['functions'][number];

const DIRECTIONS: readonly Direction[] = ['INFO_OUT', 'INSTRUCTION_IN'];
const FUNCTIONS: readonly Fn[] = [
  'accounts_read',
  'balances_read',
  'transactions_read',
  'transfer_initiation',
];
const DATE = '^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$';
/** No control, direction or invisible character: a name is what it looks like (T-07). */
const NAME = /^[^\p{C}\p{Zl}\p{Zp}]{1,100}$/u;
const KANA = '^[\\u30A1-\\u30FC\\u3000 A-Z0-9.()-]{1,100}$';

export class PartnerProposalDto {
  @ApiProperty({ minLength: 1, maxLength: 100, example: 'つばめ貯金' })
  @Matches(NAME)
  nameJa: string;

  @ApiProperty({ pattern: KANA, minLength: 1, maxLength: 100, example: 'ツバメチヨキン' })
  @Matches(new RegExp(KANA))
  nameKana: string;

  @ApiProperty({ minLength: 1, maxLength: 100, example: 'Tsubame Savings' })
  @Matches(NAME)
  nameEn: string;

  @ApiProperty({ minLength: 1, maxLength: 100, example: '電子決済等代行業再委託者' })
  @Matches(NAME)
  legalBasis: string;

  @ApiProperty({ format: 'date', maxLength: 10, example: '2026-12-01' })
  @Matches(new RegExp(DATE))
  contractFrom: string;

  @ApiProperty({ required: false, format: 'date', maxLength: 10, example: '2027-11-30' })
  @IsOptional()
  @Matches(new RegExp(DATE))
  contractTo?: string;

  @ApiProperty({
    enum: DIRECTIONS,
    isArray: true,
    minItems: 1,
    maxItems: 2,
    description: 'INFO_OUT for reads (RKN-D1a), INSTRUCTION_IN for transfers (RKN-D1b)',
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(2)
  @ArrayUnique()
  @IsIn([...DIRECTIONS], { each: true })
  directions: Direction[];

  @ApiProperty({ enum: FUNCTIONS, isArray: true, minItems: 1, maxItems: 4 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(4)
  @ArrayUnique()
  @IsIn([...FUNCTIONS], { each: true })
  functions: Fn[];
}

export class PartnerDto {
  @ApiProperty({ pattern: '^cp_[0-9a-z]{26}$', maxLength: 29 })
  chainPartnerId: string;
  @ApiProperty({ maxLength: 100, example: 'つばめ貯金' })
  nameJa: string;
  @ApiProperty({ maxLength: 100, example: 'ツバメチヨキン' })
  nameKana: string;
  @ApiProperty({ maxLength: 100, example: 'Tsubame Savings' })
  nameEn: string;
  @ApiProperty({ maxLength: 100, example: '電子決済等代行業再委託者' })
  legalBasis: string;
  @ApiProperty({ format: 'date', maxLength: 10 })
  contractFrom: string;
  @ApiProperty({ type: 'string', format: 'date', nullable: true, maxLength: 10 })
  contractTo: string | null;
  @ApiProperty({ enum: DIRECTIONS, isArray: true, maxItems: 2 })
  directions: string[];
  @ApiProperty({ enum: FUNCTIONS, isArray: true, maxItems: 4 })
  functions: string[];
  @ApiProperty({
    enum: ['proposed', 'withdrawn', 'contracted', 'stopped'],
    description: 'Only a contracted partner passes calls; people decide',
  })
  status: string;
}

export class PartnersDto {
  @ApiProperty({ type: [PartnerDto], maxItems: 500 })
  data: PartnerDto[];
  @ApiProperty({ type: LinksDto })
  links: LinksDto;
  @ApiProperty({ type: MetaDto })
  meta: MetaDto;
}

/** Member by member: what bank-core may add one day does not leave the house by itself. */
export const toPartner = (view: OwnPartnerView): PartnerDto => ({
  chainPartnerId: view.chainPartnerId,
  nameJa: view.nameJa,
  nameKana: view.nameKana,
  nameEn: view.nameEn,
  legalBasis: view.legalBasis,
  contractFrom: view.contractFrom,
  contractTo: view.contractTo,
  directions: [...view.directions],
  functions: [...view.functions],
  status: view.status,
});
