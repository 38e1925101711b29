import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
} from 'class-validator';
import { IsString, Length, Matches } from 'class-validator';
import type { ServiceAct } from '#libs/contracts';
import { RegistrationDto, ServiceDto } from '../participant.dto.js';

const DATE = '^[0-9]{4}-[0-9]{2}-[0-9]{2}$';
/** No control, direction or invisible character: a name is what it looks like (T-07). */
const NAME = /^[^\p{C}\p{Zl}\p{Zp}]{1,100}$/u;
const KANA = /^[\u30A1-\u30FC\u3000 A-Z0-9.()-]{1,100}$/;
const SERVICE_ACTS = ['conveys_instructions', 'fetches_account_information', 'neither'] as const;

export class EnterRegistrationDto {
  @ApiProperty({ maxLength: 100, example: '関東財務局長（電代）第99号' })
  @Matches(NAME)
  registration: string;

  @ApiProperty({ pattern: DATE })
  @Matches(new RegExp(DATE))
  registeredOn: string;

  @ApiPropertyOptional({ pattern: DATE, description: 'Where the authority revoked it.' })
  @IsOptional()
  @Matches(new RegExp(DATE))
  revokedOn?: string;

  @ApiProperty({ maxLength: 1000, description: 'Where it was read.' })
  @IsString()
  @Length(1, 1000)
  source: string;
}

export class EnterIntermediaryDto extends EnterRegistrationDto {
  @ApiProperty({ maxLength: 100 }) @Matches(NAME) nameJa: string;
  @ApiProperty({ maxLength: 100 }) @Matches(KANA) nameKana: string;
  @ApiProperty({ maxLength: 100 }) @Matches(NAME) nameEn: string;
  @ApiProperty({ maxLength: 100 }) @Matches(NAME) contactJa: string;
  @ApiProperty({ maxLength: 100 }) @Matches(NAME) contactEn: string;
}

export class EnterServiceDto {
  @ApiProperty({ maxLength: 100 }) @Matches(NAME) nameJa: string;
  @ApiProperty({ maxLength: 100 }) @Matches(NAME) nameEn: string;

  @ApiProperty({ enum: SERVICE_ACTS, isArray: true, description: 'RKN-D3' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(3)
  @ArrayUnique()
  @IsIn(SERVICE_ACTS, { each: true })
  acts: ServiceAct[];

  @ApiProperty({ pattern: DATE })
  @Matches(new RegExp(DATE))
  since: string;
}

export class TerminateDto {
  @ApiProperty({ maxLength: 1000 })
  @IsString()
  @Length(1, 1000)
  reason: string;
}

export class RegisterEntryDto {
  @ApiProperty() epspId: string;
  @ApiProperty() nameJa: string;
  @ApiProperty() nameKana: string;
  @ApiProperty() nameEn: string;
  @ApiProperty() registration: string;
  @ApiProperty({ enum: ['pending', 'active', 'terminated'] }) status: string;
  @ApiProperty({ type: String, format: 'date', nullable: true }) revokedSince: string | null;
  @ApiProperty({ type: [RegistrationDto] }) registrations: RegistrationDto[];
  @ApiProperty({ type: [ServiceDto] }) services: ServiceDto[];
}

export class RegisterEntriesDto {
  @ApiProperty({ type: [RegisterEntryDto] }) intermediaries: RegisterEntryDto[];
}

export class IntermediaryEnteredDto {
  @ApiProperty() epspId: string;
}

export class RegistrationEnteredDto {
  @ApiProperty({ type: 'integer' }) version: number;
}

export class ServiceEnteredDto {
  @ApiProperty() serviceId: string;
}
