import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { SentInstant } from '#libs/platform';
import { LINK_FUNCTIONS } from '#libs/contracts';
import type {
  OwnIncidentLineView,
  OwnIncidentView,
  ReportIncidentRequest,
} from '../../../bank/index.js';
import { LINE } from '../../../platform/http/shapes.dto.js';
import { StatementDto } from '../linkage/demand.dto.js';
import { PageDto } from '../list-page.js';
import { idPattern } from '../own-affairs.js';

const KINDS = ['security_breach', 'leak', 'service_failure', 'partner_breach'] as const;
const PHASES = ['ongoing', 'contained', 'resolved'] as const;
const BANKS_MAX = 15;
const USERS_MAX = 100_000_000;
const BANK = { pattern: '^[0-9]{4}$', maxLength: 4, example: '2963' } as const;
const FUNCTIONS = {
  type: 'array' as const,
  items: { type: 'string' as const, enum: [...LINK_FUNCTIONS] },
  maxItems: LINK_FUNCTIONS.length,
};
const INSTANT_OR_NULL = {
  type: 'string',
  format: 'date-time',
  nullable: true,
  maxLength: 40,
} as const;
const PHASE = { enum: PHASES, description: 'How it stands, as you say' } as const;
type Function = (typeof LINK_FUNCTIONS)[number];

const SentFunctions = (more: object = {}) =>
  applyDecorators(
    ApiProperty({
      ...FUNCTIONS,
      description: 'Functions of the institutions that it touches (RKN-D4)',
      ...more,
    }),
    IsArray(),
    ArrayMaxSize(LINK_FUNCTIONS.length),
    ArrayUnique(),
    IsIn([...LINK_FUNCTIONS], { each: true }),
  );

const SentConcerned = (description: string, min: number) =>
  applyDecorators(
    ApiProperty({ type: [ConcernedDto], minItems: min, maxItems: BANKS_MAX, description }),
    IsArray(),
    ArrayMinSize(min),
    ArrayMaxSize(BANKS_MAX),
    ArrayUnique(({ bankCode }: ConcernedDto) => bankCode),
    ValidateNested({ each: true }),
    Type(() => ConcernedDto),
  );

export class ConcernedDto {
  @ApiProperty(BANK)
  @Matches(/^[0-9]{4}$/)
  bankCode: string;

  @ApiProperty({
    type: 'integer',
    minimum: 0,
    maximum: USERS_MAX,
    required: false,
    description: 'Users of this institution; leave it out while it is not known',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(USERS_MAX)
  affectedUsers?: number;
}

export class IncidentReportDto extends StatementDto {
  @ApiProperty({
    minLength: 1,
    maxLength: 100,
    example: 'INC-2026-17',
    description: 'Your own name for it: one reference is one incident',
  })
  @IsString()
  @Length(1, 100)
  @Matches(LINE)
  reference: string;

  @ApiProperty({
    enum: KINDS,
    description:
      'security_breach (RKN-S2), leak (RKN-S1), service_failure (RKN-L1a), partner_breach (RKN-C1d)',
  })
  @IsIn(KINDS)
  kind: ReportIncidentRequest['kind'];

  @ApiProperty(PHASE)
  @IsIn(PHASES)
  phase: ReportIncidentRequest['phase'];

  @ApiProperty({
    required: false,
    pattern: idPattern('cp'),
    maxLength: 29,
    description: 'The chain partner concerned; a partner_breach names it',
  })
  @IsOptional()
  @Matches(new RegExp(idPattern('cp')))
  chainPartnerId?: string;

  @IsOptional()
  @SentInstant({ required: false })
  occurredAt?: string;

  @SentInstant()
  foundAt: string;

  @SentFunctions()
  functions: Function[];

  @SentConcerned('Every institution concerned: all are told, or none', 1)
  concerned: ConcernedDto[];
}

export class FurtherReportDto extends StatementDto {
  @ApiProperty(PHASE)
  @IsIn(PHASES)
  phase: ReportIncidentRequest['phase'];

  @IsOptional()
  @SentFunctions({ required: false })
  functions?: Function[];

  @SentConcerned('New counts, and institutions that it concerns besides', 0)
  concerned: ConcernedDto[];
}

export class IncidentAtDto {
  @ApiProperty(BANK)
  bankCode: string;
  @ApiProperty({
    type: 'integer',
    minimum: 1,
    maximum: 2_147_483_647,
    description: 'The institution’s own number for it',
  })
  number: number;
  @ApiProperty({ format: 'date-time', description: 'When it was told' })
  reportedAt: string;
  @ApiProperty({
    enum: ['reported', 'acknowledged', 'closed'],
    description: 'reported: something was told that no officer has read yet',
  })
  state: string;
  @ApiProperty({ enum: PHASES })
  phase: string;
  @ApiProperty(FUNCTIONS)
  functions: string[];
  @ApiProperty({
    type: 'integer',
    minimum: 0,
    maximum: USERS_MAX,
    nullable: true,
    description: 'Null: not known',
  })
  affectedUsers: number | null;
  @ApiProperty(INSTANT_OR_NULL)
  acknowledgedAt: string | null;
  @ApiProperty(INSTANT_OR_NULL)
  closedAt: string | null;
}

export class IncidentSummaryDto {
  @ApiProperty({ pattern: idPattern('inc'), maxLength: 30 })
  incidentId: string;
  @ApiProperty({ maxLength: 100, example: 'INC-2026-17' })
  reference: string;
  @ApiProperty({ enum: KINDS })
  kind: string;
  @ApiProperty({ maxLength: 20, example: 'RKN-S1', description: 'The clause that it touches' })
  clause: string;
  @ApiProperty({ type: 'string', nullable: true, pattern: idPattern('cp'), maxLength: 29 })
  chainPartnerId: string | null;
  @ApiProperty({ ...INSTANT_OR_NULL, description: 'Null: not known' })
  occurredAt: string | null;
  @ApiProperty({ format: 'date-time' })
  foundAt: string;
  @ApiProperty({ type: [IncidentAtDto], maxItems: BANKS_MAX })
  institutions: IncidentAtDto[];
}

export class ReportedDto {
  @ApiProperty({ pattern: idPattern('rpt'), maxLength: 30 })
  reportId: string;
  @ApiProperty({ enum: ['reported', 'followed_up'] })
  kind: string;
  @ApiProperty({ format: 'date-time' })
  at: string;
  @ApiProperty({ maxLength: 4_000, example: '設定を直し、対象の利用者に知らせました。' })
  text: string;
  @ApiProperty({ enum: PHASES })
  phase: string;
  @ApiProperty({ type: 'array', items: { type: 'string', maxLength: 200 }, maxItems: 50 })
  evidence: string[];
}

export class RestingDemandDto {
  @ApiProperty(BANK)
  bankCode: string;
  @ApiProperty({ pattern: idPattern('dem'), maxLength: 30 })
  demandId: string;
}

export class IncidentDto extends IncidentSummaryDto {
  @ApiProperty({ type: [ReportedDto], maxItems: 200, description: 'The oldest first' })
  reports: ReportedDto[];
  @ApiProperty({
    type: [RestingDemandDto],
    maxItems: 1_000,
    description: 'Demands for improvement that rest on it (RKN-S4a)',
  })
  demands: RestingDemandDto[];
}

export class IncidentsDto extends PageDto {
  @ApiProperty({ type: [IncidentSummaryDto], maxItems: 500 })
  data: IncidentSummaryDto[];
}

/** Member by member: what bank-core may add one day does not leave the house by itself. */
export const toIncidentSummary = (view: OwnIncidentLineView): IncidentSummaryDto => ({
  incidentId: view.incidentId,
  reference: view.reference,
  kind: view.kind,
  clause: view.clause,
  chainPartnerId: view.chainPartnerId,
  occurredAt: view.occurredAt,
  foundAt: view.foundAt,
  institutions: view.institutions.map((at) => ({
    bankCode: at.bankCode,
    number: at.number,
    reportedAt: at.reportedAt,
    state: at.state,
    phase: at.phase,
    functions: [...at.functions],
    affectedUsers: at.affectedUsers,
    acknowledgedAt: at.acknowledgedAt,
    closedAt: at.closedAt,
  })),
});

export const toIncident = (view: OwnIncidentView): IncidentDto => ({
  ...toIncidentSummary(view),
  reports: view.reports.map(({ reportId, kind, at, text, phase, evidence }) => ({
    reportId,
    kind,
    at,
    text,
    phase,
    evidence: [...evidence],
  })),
  demands: view.demands.map(({ bankCode, demandId }) => ({ bankCode, demandId })),
});
