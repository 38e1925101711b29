import { ApiProperty, OmitType, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  Matches,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import type { OwnPartnerView, ProposePartnerRequest } from '../../bank/index.js';
import { LinksDto, MetaDto } from '../../platform/http/shapes.dto.js';
import { idPattern } from './own-affairs.js';
import { FiledDocumentDto, toFiledDocument } from './partners/partner-report.dto.js';

type Direction = ProposePartnerRequest['directions'][number];
type LegalBasis = NonNullable<ProposePartnerRequest['legalBasisKind']>;
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

/** One paragraph: no control or direction character but a line's end. */
const PARAGRAPH = /^[^\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\u0000-\u0009\u000b-\u001f]{0,1000}$/u;
const LEGAL_BASES: readonly LegalBasis[] = [
  'banking_act_resubcontractor',
  'equivalent_under_another_act',
  'technical_subcontractor',
];
const SERVICES = {
  type: 'array',
  items: { type: 'string', pattern: idPattern('svc'), maxLength: 30 },
  maxItems: 50,
} as const;

/** Said or left out; null is neither. */
const Said = (): PropertyDecorator => ValidateIf((_dto, value: unknown) => value !== undefined);

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
  @Said()
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

  @ApiProperty({
    required: false,
    maxLength: 1000,
    example: '家計簿アプリでの残高の表示',
    description: 'What the connection is for; a contract is complete with it (RKN-C1a)',
  })
  @Said()
  @Matches(PARAGRAPH)
  purpose?: string;

  @ApiProperty({
    required: false,
    maxLength: 1000,
    example: '貴社のAPIによる参照',
    description: 'How it is made; a contract is complete with it (RKN-C1a)',
  })
  @Said()
  @Matches(PARAGRAPH)
  method?: string;

  @ApiProperty({
    ...SERVICES,
    required: false,
    description: 'Those of your services that reach users through the partner; none are all',
  })
  @Said()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @Matches(new RegExp(idPattern('svc')), { each: true })
  services?: string[];

  @ApiProperty({
    required: false,
    enum: LEGAL_BASES,
    description: 'What the firm is by law; a contract is complete with it (RKN-D2)',
  })
  @Said()
  @IsIn([...LEGAL_BASES])
  legalBasisKind?: LegalBasis;

  @ApiProperty({
    required: false,
    description: 'Whether it stands between user and intermediary; as above (RKN-D2)',
  })
  @Said()
  @IsBoolean()
  standsBeforeEpsp?: boolean;

  @ApiProperty({
    required: false,
    type: FiledDocumentDto,
    description: 'The contract, by its hash; send the file as evidence (RKN-C1a)',
  })
  @Said()
  @IsObject()
  @ValidateNested()
  @Type(() => FiledDocumentDto)
  contractDocument?: FiledDocumentDto;
}

/** A correction: what is left out stays as it was proposed. */
export class PartnerPatchDto extends PartialType(
  OmitType(PartnerProposalDto, ['contractTo'] as const),
  { skipNullProperties: false },
) {
  @ApiProperty({
    required: false,
    type: 'string',
    format: 'date',
    nullable: true,
    maxLength: 10,
    example: '2027-11-30',
    description: 'null takes the last day away',
  })
  @IsOptional()
  @Matches(new RegExp(DATE))
  contractTo?: string | null;
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
  @ApiProperty({ maxLength: 1000, example: '家計簿アプリでの残高の表示' })
  purpose: string;
  @ApiProperty({ maxLength: 1000, example: '貴社のAPIによる参照' })
  method: string;
  @ApiProperty(SERVICES)
  services: string[];
  @ApiProperty({ enum: LEGAL_BASES, nullable: true, type: 'string' })
  legalBasisKind: LegalBasis | null;
  @ApiProperty({ type: 'boolean', nullable: true })
  standsBeforeEpsp: boolean | null;
  @ApiProperty({ type: FiledDocumentDto, nullable: true })
  contractDocument: FiledDocumentDto | null;
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
  purpose: view.purpose,
  method: view.method,
  services: [...view.services],
  legalBasisKind: view.legalBasisKind,
  standsBeforeEpsp: view.standsBeforeEpsp,
  contractDocument: view.contractDocument && toFiledDocument(view.contractDocument),
  status: view.status,
});
