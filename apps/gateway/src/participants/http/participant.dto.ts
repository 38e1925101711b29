import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, Matches, MaxLength } from 'class-validator';
import type { ParticipantView } from '../../bank/index.js';

const MAIL = '^[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63}){1,4}$';
const PHONE = '^\\+?[0-9-]{6,20}$';
export const EPSP = '^epsp_[0-9a-hjkmnp-tv-z]{26}$';

export class NoticeDeskDto {
  @ApiProperty({
    type: 'string',
    nullable: true,
    pattern: MAIL,
    maxLength: 254,
    example: 'desk@minato.example',
  })
  noticeMail: string | null;

  @ApiProperty({
    type: 'string',
    nullable: true,
    pattern: PHONE,
    maxLength: 21,
    example: '0120-000-901',
  })
  noticePhone: string | null;
}

/** A service of your own with its kind (RKN-D3): a partner's contract names those that reach users through it. */
export class OwnServiceDto {
  @ApiProperty({ pattern: '^svc_[0-9a-hjkmnp-tv-z]{26}$', maxLength: 30 })
  serviceId: string;
  @ApiProperty({ maxLength: 100, example: 'みなと家計簿' })
  nameJa: string;
  @ApiProperty({ maxLength: 100, example: 'Minato Budget' })
  nameEn: string;
  @ApiProperty({
    enum: ['conveys_instructions', 'fetches_account_information'],
    isArray: true,
    maxItems: 2,
  })
  acts: string[];
  @ApiProperty({ format: 'date', maxLength: 10 })
  since: string;
}

export class ParticipantDto {
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

  @ApiProperty({
    maxLength: 200,
    description: 'As the bank shows it to customers; changed by the bank',
  })
  contactJa: string;

  @ApiProperty({ maxLength: 200 })
  contactEn: string;

  @ApiProperty({ enum: ['pending', 'active', 'terminated'] })
  status: 'pending' | 'active' | 'terminated';

  @ApiProperty({ type: NoticeDeskDto, description: 'Where notices of the bank reach you' })
  desk: NoticeDeskDto;

  @ApiProperty({ type: [OwnServiceDto], maxItems: 500, description: 'As the bank registered them' })
  services: OwnServiceDto[];
}

/** What an intermediary changes by itself. Its names are the bank's register and no request's (T-07). */
export class ParticipantPatchDto {
  @ApiProperty({ required: false, type: 'string', nullable: true, pattern: MAIL, maxLength: 254 })
  @IsOptional()
  @MaxLength(254)
  @Matches(new RegExp(MAIL))
  noticeMail?: string | null;

  @ApiProperty({ required: false, type: 'string', nullable: true, pattern: PHONE, maxLength: 21 })
  @IsOptional()
  @MaxLength(21)
  @Matches(new RegExp(PHONE))
  noticePhone?: string | null;
}

/** Member by member: what bank-core may add one day does not leave the house by itself. */
export const toParticipant = (view: ParticipantView): ParticipantDto => ({
  epspId: view.epspId,
  nameJa: view.nameJa,
  nameKana: view.nameKana,
  nameEn: view.nameEn,
  registration: view.registration,
  contactJa: view.contactJa,
  contactEn: view.contactEn,
  status: view.status,
  desk: { noticeMail: view.desk.noticeMail, noticePhone: view.desk.noticePhone },
  services: view.services.map(({ serviceId, nameJa, nameEn, acts, since }) => ({
    serviceId,
    nameJa,
    nameEn,
    acts: [...acts],
    since,
  })),
});
