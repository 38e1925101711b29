import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  Matches,
  MaxLength,
  Max,
  Min,
  ValidateIf,
} from 'class-validator';
import { BANK_FUNCTIONS } from '../../institutions/index.js';

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
  @IsOptional()
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
}

export class OwnPartnersDto {
  @ApiProperty({ type: [OwnPartnerDto] }) data: OwnPartnerDto[];
}
