import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { OwnLetterView } from '../../../bank/index.js';
import { PageDto } from '../list-page.js';
import { idPattern } from '../own-affairs.js';

const FORMS = ['pdf', 'html', 'json'] as const;

export class DocumentFormQuery {
  @ApiProperty({ enum: FORMS, default: 'pdf', required: false })
  @IsOptional()
  @IsIn(FORMS)
  form?: (typeof FORMS)[number];
}

export class LetterDto {
  @ApiProperty({ pattern: idPattern('doc'), maxLength: 30 })
  documentId: string;
  @ApiProperty({ pattern: '^[0-9]{4}$', maxLength: 4, example: '2963' })
  bankCode: string;
  @ApiProperty({ type: 'string', nullable: true, pattern: idPattern('cp'), maxLength: 29 })
  chainPartnerId: string | null;
  @ApiProperty({ maxLength: 60, pattern: '^[a-z_]+$', example: 'improvement_demand' })
  notice: string;
  @ApiProperty({ maxLength: 20, example: 'RKN-S4a' })
  clause: string;
  @ApiProperty({
    type: 'string',
    nullable: true,
    pattern: '^(dem|req|ntc)_[0-9a-z]{26}$',
    maxLength: 30,
    description: 'The demand, request or notice that it carries, where its arrival counts',
  })
  about: string | null;
  @ApiProperty({ format: 'date-time' })
  sentAt: string;
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, maxLength: 40 })
  arrivedAt: string | null;
  @ApiProperty({
    type: 'string',
    nullable: true,
    enum: ['fetched', 'recorded', null],
    description: 'You fetched it, or an officer recorded with evidence that it reached you',
  })
  proof: string | null;
}

export class LettersDto extends PageDto {
  @ApiProperty({ type: [LetterDto], maxItems: 500 })
  data: LetterDto[];
}

export const toLetter = (view: OwnLetterView): LetterDto => ({
  documentId: view.documentId,
  bankCode: view.bankCode,
  chainPartnerId: view.chainPartnerId,
  notice: view.notice,
  clause: view.clause,
  about: view.about,
  sentAt: view.sentAt,
  arrivedAt: view.arrivedAt,
  proof: view.proof,
});
