import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsString, Length, Matches } from 'class-validator';
import type { OwnClosedDemandView } from '../../../bank/index.js';
import { LINE } from '../../../platform/http/shapes.dto.js';
import { idPattern } from '../own-affairs.js';
import { PageDto } from '../list-page.js';

const TEXT_MAX = 10_000;

/** 弁明・意見, in your own words; it moves nothing and stands beside the measure when people decide. */
export class NoticeStatementRequestDto {
  @ApiProperty({
    minLength: 1,
    maxLength: TEXT_MAX,
    example: '対象の項目は10月に改めており、証拠を添えます。',
  })
  @IsString()
  @Length(1, TEXT_MAX)
  text: string;

  @ApiProperty({
    type: 'array',
    items: { type: 'string', minLength: 1, maxLength: 200 },
    maxItems: 50,
    example: ['access-review-2026-10.pdf'],
    description: 'Names of what shows it',
  })
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 200, { each: true })
  @Matches(LINE, { each: true })
  evidence: string[];
}

export class StatementTakenDto {
  @ApiProperty({ pattern: idPattern('stm'), maxLength: 30 })
  statementId: string;
  @ApiProperty({ format: 'date-time' })
  receivedAt: string;
}

export class ClosedDemandDto {
  @ApiProperty({ pattern: '^[0-9]{4}$', maxLength: 4, example: '2963' })
  bankCode: string;
  @ApiProperty({ enum: ['security-review', 'chain-stop'] })
  procedure: string;
  @ApiProperty({ type: 'string', nullable: true, pattern: idPattern('cp'), maxLength: 29 })
  chainPartnerId: string | null;
  @ApiProperty({
    pattern: '^(dem|req)_[0-9a-z]{26}$',
    maxLength: 30,
    description: 'The demand for improvement, or the request to stop a partner',
  })
  about: string;
  @ApiProperty({
    type: 'array',
    items: { type: 'string', maxLength: 100 },
    maxItems: 200,
    example: ['4.2'],
  })
  items: string[];
  @ApiProperty({ format: 'date-time' })
  demandedAt: string;
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, maxLength: 40 })
  arrivedAt: string | null;
  @ApiProperty({ format: 'date-time' })
  endedAt: string;
  @ApiProperty({
    maxLength: 60,
    pattern: '^[a-z_]+$',
    example: 'judged_sufficient',
    description:
      'judged_sufficient, resumed, agreement_ended; partner_stopped, stop_request_withdrawn, contract_ended',
  })
  endedBy: string;
  @ApiProperty({ pattern: '^[A-Z_]{1,40}$', maxLength: 40, example: 'ACCEPTED' })
  state: string;
  @ApiProperty({ type: 'array', items: { type: 'string', maxLength: 20 }, maxItems: 20 })
  clauses: string[];
  @ApiProperty({ description: 'A measure was in force before it ended (RKN-S4c, RKN-C2b)' })
  ledToMeasure: boolean;
}

export class ClosedDemandsDto extends PageDto {
  @ApiProperty({ type: [ClosedDemandDto], maxItems: 500 })
  data: ClosedDemandDto[];
}

/** Member by member: what bank-core may add one day does not leave the house by itself. */
export const toClosedDemand = (view: OwnClosedDemandView): ClosedDemandDto => ({
  bankCode: view.bankCode,
  procedure: view.machine,
  chainPartnerId: view.chainPartnerId,
  about: view.about,
  items: [...view.items],
  demandedAt: view.demandedAt,
  arrivedAt: view.arrivedAt,
  endedAt: view.endedAt,
  endedBy: view.endedBy,
  state: view.state,
  clauses: [...view.clauses],
  ledToMeasure: view.ledToMeasure,
});
