import { ApiProperty } from '@nestjs/swagger';
import { AnnouncedMeasureDto, toAnnounced } from './linkage/duty.dto.js';
import type { Standing } from '../domain/standing.js';

const STATES = ['pending', 'active', 'restricted', 'suspended', 'terminated'] as const;
const CP = '^(none|\\*|cp_[0-9a-z]{26})$';

export class DutiesDto {
  @ApiProperty({ description: 'Data that holders consented to is disclosed' })
  discloseData: boolean;
  @ApiProperty({ description: 'Holders can give new consents' })
  acceptConsents: boolean;
  @ApiProperty({ description: 'Holders can withdraw' })
  acceptWithdrawals: boolean;
  @ApiProperty({ description: 'Consents are ended for good' })
  endConsents: boolean;
  @ApiProperty({
    description:
      'The registration is no longer used: delete it yourself. The bank erases nothing by itself, ' +
      'because the record of its keys stays',
  })
  cleanRegistration: boolean;
}

export class DutyWordsDto {
  @ApiProperty({ maxLength: 200 })
  ja: string;
  @ApiProperty({ maxLength: 200 })
  en: string;
}

export class MeasureDto {
  @ApiProperty({ enum: ['restricted', 'suspended', 'terminated'] })
  state: string;
  @ApiProperty({ maxLength: 40, pattern: '^(\\*|[a-z_]+)$', description: '* is every function' })
  function: string;
  @ApiProperty({ maxLength: 29, pattern: CP, description: '* is everybody' })
  chainPartnerId: string;
  @ApiProperty({ type: 'string', nullable: true, maxLength: 20, example: 'RKN-S4c' })
  clause: string | null;
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, maxLength: 40 })
  since: string | null;
  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    maxLength: 40,
    description: 'When it ends by itself; null where only a further act ends it',
  })
  until: string | null;
  @ApiProperty({ type: DutyWordsDto, description: 'What you can do about it' })
  duty: DutyWordsDto;
}

export class AnnouncedAtDto {
  @ApiProperty({ enum: ['security-review', 'chain-stop'] })
  procedure: string;
  @ApiProperty({ type: 'string', nullable: true, pattern: '^cp_[0-9a-z]{26}$', maxLength: 29 })
  chainPartnerId: string | null;
  @ApiProperty({ type: AnnouncedMeasureDto })
  measure: AnnouncedMeasureDto;
}

export class BankStandingDto {
  @ApiProperty({ pattern: '^[0-9]{4}$', maxLength: 4 })
  bankCode: string;
  @ApiProperty({ enum: [...STATES, 'unknown'] })
  state: string;
  @ApiProperty({ type: DutiesDto })
  duties: DutiesDto;
  @ApiProperty({ type: [MeasureDto], maxItems: 100 })
  measures: MeasureDto[];
  @ApiProperty({
    type: [AnnouncedAtDto],
    maxItems: 500,
    description: 'Announced and not yet in force: until when you may state your view (RKN-S4c)',
  })
  announced: AnnouncedAtDto[];
}

export class SoftwareBlockDto {
  @ApiProperty({ type: 'string', format: 'date-time', maxLength: 40 })
  since: string;
  @ApiProperty({
    type: 'string',
    format: 'date-time',
    maxLength: 40,
    description: 'Ends by itself',
  })
  until: string;
  @ApiProperty({ type: DutyWordsDto, description: 'What you can do about it' })
  duty: DutyWordsDto;
}

export class PartnerStandingDto {
  @ApiProperty({ pattern: '^cp_[0-9a-z]{26}$', maxLength: 29 })
  chainPartnerId: string;
  @ApiProperty({ enum: ['proposed', 'withdrawn', 'contracted', 'stopped'] })
  status: string;
  @ApiProperty({ enum: STATES })
  state: string;
}

export class StandingDto {
  @ApiProperty({ enum: STATES, description: 'The worst of the three levels over all institutions' })
  worst: string;
  @ApiProperty({ enum: STATES })
  participant: string;
  @ApiProperty({ enum: ['active', 'inactive', 'removed'], description: 'The software that asks' })
  application: string;
  @ApiProperty({
    type: SoftwareBlockDto,
    nullable: true,
    description: 'Where the bank blocked the software that asks (users.md A.3)',
  })
  applicationBlock: SoftwareBlockDto | null;
  @ApiProperty({ type: DutiesDto })
  duties: DutiesDto;
  @ApiProperty({ type: [PartnerStandingDto], maxItems: 500 })
  chainPartners: PartnerStandingDto[];
  @ApiProperty({ type: [BankStandingDto], maxItems: 50 })
  banks: BankStandingDto[];
}

export const toStanding = (standing: Standing): StandingDto => ({
  worst: standing.worst,
  participant: standing.participant,
  application: standing.application,
  applicationBlock: standing.applicationBlock && {
    ...standing.applicationBlock,
    duty: { ...standing.applicationBlock.duty },
  },
  duties: { ...standing.duties },
  chainPartners: standing.chainPartners.map((partner) => ({ ...partner })),
  banks: standing.banks.map((bank) => ({
    bankCode: bank.bankCode,
    state: bank.state,
    duties: { ...bank.duties },
    measures: bank.measures.map((measure) => ({ ...measure, duty: { ...measure.duty } })),
    announced: bank.announced.map(({ procedure, chainPartnerId, measure }) => ({
      procedure,
      chainPartnerId,
      measure: toAnnounced(measure),
    })),
  })),
});
