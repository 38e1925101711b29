import { ApiProperty, ApiPropertyOptional, OmitType, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { BANK_FUNCTIONS } from '../../institutions/index.js';
import { FiledDocumentDto } from './own/partner-act.dto.js';

export const LEGAL_BASES = [
  'banking_act_resubcontractor',
  'equivalent_under_another_act',
  'technical_subcontractor',
] as const;
type LegalBasis = (typeof LEGAL_BASES)[number];
const SERVICE_ID = /^svc_[0-9a-hjkmnp-tv-z]{26}$/;
/** One paragraph: no control or direction character but a line's end. */
const PARAGRAPH = /^[^\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\u0000-\u0009\u000b-\u001f]{0,1000}$/u;

/** Said or left out; null is neither. */
const Said = (): PropertyDecorator => ValidateIf((_dto, value: unknown) => value !== undefined);

const DIRECTIONS = ['INFO_OUT', 'INSTRUCTION_IN'] as const;
const DATE = '^[0-9]{4}-[0-9]{2}-[0-9]{2}$';
/** No control, direction or invisible character: a name is what it looks like (T-07). */
const NAME = /^[^\p{C}\p{Zl}\p{Zp}]{1,100}$/u;
const MAIL = /^[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}$/;
const PHONE = /^\+?[0-9-]{6,20}$/;

export class DeskDto {
  @ApiProperty({ type: String, nullable: true, maxLength: 254 })
  @ValidateIf((desk: DeskDto) => desk.noticeMail !== null)
  @MaxLength(254)
  @Matches(MAIL)
  noticeMail: string | null;

  @ApiProperty({ type: String, nullable: true, maxLength: 21 })
  @ValidateIf((desk: DeskDto) => desk.noticePhone !== null)
  @Matches(PHONE)
  noticePhone: string | null;

  @ApiProperty({ type: 'integer', description: 'What was read; 0 while nothing was ever said.' })
  @IsInt()
  @Min(0)
  @Max(2_000_000_000)
  version: number;
}

export class ParticipantDto {
  @ApiProperty() epspId: string;
  @ApiProperty() nameJa: string;
  @ApiProperty() nameKana: string;
  @ApiProperty() nameEn: string;
  @ApiProperty() registration: string;
  @ApiProperty() contactJa: string;
  @ApiProperty() contactEn: string;
  @ApiProperty({ enum: ['pending', 'active', 'terminated'] })
  status: 'pending' | 'active' | 'terminated';
  @ApiProperty({ type: DeskDto }) desk: DeskDto;
  @ApiProperty({ type: () => [RegistrationDto] }) registrations: RegistrationDto[];
  @ApiProperty({ type: () => [ServiceDto] }) services: ServiceDto[];
}

/** What the authority's register says, the newest entry last. */
export class RegistrationDto {
  @ApiProperty({ type: 'integer', minimum: 1 }) version: number;
  @ApiProperty({ maxLength: 100 }) registration: string;
  @ApiProperty({ format: 'date' }) registeredOn: string;
  @ApiProperty({ type: String, format: 'date', nullable: true }) revokedOn: string | null;
  @ApiProperty({ format: 'date-time' }) recordedAt: string;
}

/** A service of the intermediary with its kind (RKN-D3). */
export class ServiceDto {
  @ApiProperty({ pattern: '^svc_[0-9a-z]{26}$' }) serviceId: string;
  @ApiProperty({ maxLength: 100 }) nameJa: string;
  @ApiProperty({ maxLength: 100 }) nameEn: string;
  @ApiProperty({ enum: ['conveys_instructions', 'fetches_account_information'], isArray: true })
  acts: string[];
  @ApiProperty({ format: 'date' }) since: string;
}

export class ProposePartnerDto {
  @ApiProperty({ maxLength: 100 })
  @Matches(NAME)
  nameJa: string;

  @ApiProperty({ maxLength: 100, example: 'ツバメチヨキン' })
  @Matches(/^[\u30A1-\u30FC\u3000 A-Z0-9.()-]{1,100}$/)
  nameKana: string;

  @ApiProperty({ maxLength: 100 })
  @Matches(NAME)
  nameEn: string;

  @ApiProperty({
    maxLength: 100,
    description: '電子決済等代行業再委託者, or its equivalent (RKN-D2).',
  })
  @Matches(NAME)
  legalBasis: string;

  @ApiProperty({ pattern: DATE })
  @Matches(new RegExp(DATE))
  contractFrom: string;

  @ApiPropertyOptional({ pattern: DATE })
  @Said()
  @Matches(new RegExp(DATE))
  contractTo?: string;

  @ApiProperty({ enum: DIRECTIONS, isArray: true })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(2)
  @ArrayUnique()
  @IsIn(DIRECTIONS, { each: true })
  directions: (typeof DIRECTIONS)[number][];

  @ApiProperty({ enum: BANK_FUNCTIONS, isArray: true })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(BANK_FUNCTIONS.length)
  @ArrayUnique()
  @IsIn(BANK_FUNCTIONS, { each: true })
  functions: (typeof BANK_FUNCTIONS)[number][];

  @ApiPropertyOptional({ maxLength: 1000, description: 'What the connection is for.' })
  @Said()
  @Matches(PARAGRAPH)
  purpose?: string;

  @ApiPropertyOptional({ maxLength: 1000, description: 'How it is made (RKN-C1a).' })
  @Said()
  @Matches(PARAGRAPH)
  method?: string;

  @ApiPropertyOptional({ type: [String], maxItems: 50, description: 'Own services; none are all.' })
  @Said()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @Matches(SERVICE_ID, { each: true })
  services?: string[];

  @ApiPropertyOptional({ enum: LEGAL_BASES, description: 'What the firm is by law (RKN-D2).' })
  @Said()
  @IsIn(LEGAL_BASES)
  legalBasisKind?: LegalBasis;

  @ApiPropertyOptional({ description: 'Whether it stands between user and intermediary (RKN-D2).' })
  @Said()
  @IsBoolean()
  standsBeforeEpsp?: boolean;

  @ApiPropertyOptional({ type: FiledDocumentDto })
  @Said()
  @IsObject()
  @ValidateNested()
  @Type(() => FiledDocumentDto)
  contractDocument?: FiledDocumentDto;
}

/** A correction of a proposal: what is left out stays, and what is null is refused but for the last day. */
export class ChangePartnerDto extends PartialType(
  OmitType(ProposePartnerDto, ['contractTo'] as const),
  { skipNullProperties: false },
) {
  @ApiPropertyOptional({
    type: String,
    pattern: DATE,
    nullable: true,
    description: 'null: the contract has no end.',
  })
  @IsOptional()
  @Matches(new RegExp(DATE))
  contractTo?: string | null;

  @ApiProperty({ type: 'integer', minimum: 1, description: 'What was read.' })
  @IsInt()
  @Min(1)
  @Max(2_000_000_000)
  version: number;
}

export class ProposedDto {
  @ApiProperty() partnerId: string;
}

export class WithdrawnDto {
  @ApiProperty({ enum: ['withdrawn', 'stopped'] }) status: string;
}

export class OwnPartnerDto {
  @ApiProperty() chainPartnerId: string;
  @ApiProperty() nameJa: string;
  @ApiProperty() nameKana: string;
  @ApiProperty() nameEn: string;
  @ApiProperty() legalBasis: string;
  @ApiProperty({ format: 'date' }) contractFrom: string;
  @ApiProperty({ type: String, format: 'date', nullable: true }) contractTo: string | null;
  @ApiProperty({ enum: DIRECTIONS, isArray: true }) directions: (typeof DIRECTIONS)[number][];
  @ApiProperty({ enum: BANK_FUNCTIONS, isArray: true }) functions: string[];
  @ApiProperty({ enum: ['proposed', 'withdrawn', 'contracted', 'stopped'] })
  status: 'proposed' | 'withdrawn' | 'contracted' | 'stopped';
  @ApiProperty({ maxLength: 1000 }) purpose: string;
  @ApiProperty({ maxLength: 1000 }) method: string;
  @ApiProperty({ type: [String] }) services: string[];
  @ApiProperty({ enum: LEGAL_BASES, nullable: true, type: String })
  legalBasisKind: LegalBasis | null;
  @ApiProperty({ type: Boolean, nullable: true }) standsBeforeEpsp: boolean | null;
  @ApiProperty({ type: FiledDocumentDto, nullable: true })
  contractDocument: FiledDocumentDto | null;
  @ApiProperty({ type: 'integer', minimum: 1, description: 'Of what was filed.' }) version: number;
}

export class OwnPartnersDto {
  @ApiProperty({ type: [OwnPartnerDto] }) data: OwnPartnerDto[];
}
