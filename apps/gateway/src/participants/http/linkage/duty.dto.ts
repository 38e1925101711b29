import { ApiProperty } from '@nestjs/swagger';
import type { OwnCaseLineView, OwnMatterView } from '../../../bank/index.js';
import { idPattern } from '../own-affairs.js';
import { PageDto } from '../list-page.js';

const CLAUSE = { maxLength: 20, example: 'RKN-S4a' } as const;
const STATE = '^[A-Z_]{1,40}$';

export class DeadlineDto {
  @ApiProperty({ maxLength: 60, pattern: '^[a-z_]+$', example: 'improvement' })
  name: string;
  @ApiProperty(CLAUSE)
  clause: string;
  @ApiProperty({ format: 'date-time', description: 'The last instant that is in time' })
  dueAt: string;
}

/** Something that is left to do: what, under which clause, by when. */
export class RemainingDutyDto {
  @ApiProperty({ maxLength: 300, example: '期間内に改善して報告する。' })
  ja: string;
  @ApiProperty({ maxLength: 300, example: 'Improve within the period and report.' })
  en: string;
  @ApiProperty(CLAUSE)
  clause: string;
  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, maxLength: 40 })
  by: string | null;
}

export class AnnouncedRightDto {
  @ApiProperty({ maxLength: 40, pattern: '^[a-z_]+$', example: 'transfer_initiation' })
  right: string;
  @ApiProperty({
    maxLength: 29,
    pattern: '^(all|direct|chained|cp_[0-9a-z]{26})$',
    description: 'Whose calls: everybody’s, your own, every chain partner’s, or one partner’s',
  })
  reach: string;
  @ApiProperty({ type: 'integer', minimum: 0, maximum: 100_000, nullable: true })
  callsPerMinuteMax: number | null;
}

/** 弁明・意見: what you said to a prior notice. */
export class NoticeStatementDto {
  @ApiProperty({ pattern: idPattern('stm'), maxLength: 30 })
  statementId: string;
  @ApiProperty({ maxLength: 10_000, example: '対象の項目は10月に改めており、証拠を添えます。' })
  text: string;
  @ApiProperty({ type: 'array', items: { type: 'string', maxLength: 200 }, maxItems: 50 })
  evidence: string[];
  @ApiProperty({ format: 'date-time' })
  receivedAt: string;
}

export class AnnouncedMeasureDto {
  @ApiProperty({ pattern: idPattern('ntc'), maxLength: 30 })
  noticeId: string;
  @ApiProperty({ enum: ['restriction', 'suspension'] })
  kind: string;
  @ApiProperty({ type: [AnnouncedRightDto], maxItems: 100 })
  removed: AnnouncedRightDto[];
  @ApiProperty({
    type: 'integer',
    minimum: 0,
    maximum: 8_760,
    description: 'Hours that have to pass between the arrival of the notice and the measure',
  })
  leadHours: number;
  @ApiProperty({ type: 'string', nullable: true, pattern: idPattern('doc'), maxLength: 30 })
  letterId: string | null;
  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    maxLength: 40,
    description: 'Until when you may state your view; null until the notice has arrived',
  })
  statementUntil: string | null;
  @ApiProperty({ type: [NoticeStatementDto], maxItems: 20, description: 'The oldest first' })
  statements: NoticeStatementDto[];
}

/** What a demand and a request to stop have in common. */
export class ProcedureDto {
  @ApiProperty({ pattern: '^[0-9]{4}$', maxLength: 4, example: '2963' })
  bankCode: string;
  @ApiProperty({ pattern: STATE, maxLength: 40, example: 'IMPROVEMENT_REQUESTED' })
  state: string;
  @ApiProperty({ format: 'date-time' })
  since: string;
  @ApiProperty({
    type: 'string',
    nullable: true,
    pattern: idPattern('doc'),
    maxLength: 30,
    description: 'The letter that says so; its arrival, when you fetch it, starts the period',
  })
  letterId: string | null;
  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    maxLength: 40,
    description: 'The end of the period; null until the letter has arrived',
  })
  dueAt: string | null;
  @ApiProperty({ type: AnnouncedMeasureDto, nullable: true })
  announced: AnnouncedMeasureDto | null;
  @ApiProperty({ type: [DeadlineDto], maxItems: 20 })
  deadlines: DeadlineDto[];
  @ApiProperty({ type: [RemainingDutyDto], maxItems: 20 })
  duties: RemainingDutyDto[];
}

export class OwedDto extends RemainingDutyDto {
  @ApiProperty({ pattern: '^[0-9]{4}$', maxLength: 4, example: '2963' })
  bankCode: string;
  @ApiProperty({ enum: ['security-review', 'chain-stop', 'liability-case'] })
  procedure: string;
  @ApiProperty({ type: 'string', nullable: true, pattern: idPattern('cp'), maxLength: 29 })
  chainPartnerId: string | null;
  @ApiProperty({ pattern: STATE, maxLength: 40, example: 'IMPROVEMENT_REQUESTED' })
  state: string;
  @ApiProperty({
    type: 'string',
    nullable: true,
    pattern: '^(dem|req|case)_[0-9a-z]{26}$',
    maxLength: 31,
    description: 'The demand, the request or the case that it belongs to',
  })
  about: string | null;
}

export class OwedListDto extends PageDto {
  @ApiProperty({ type: [OwedDto], maxItems: 5_000 })
  data: OwedDto[];
}

/** Member by member: what bank-core may add one day does not leave the house by itself. */
export const toAnnounced = (
  announced: NonNullable<OwnMatterView['announced']>,
): AnnouncedMeasureDto => ({
  noticeId: announced.noticeId,
  kind: announced.kind,
  removed: announced.removed.map(({ right, reach, callsPerMinuteMax }) => ({
    right,
    reach,
    callsPerMinuteMax,
  })),
  leadHours: announced.leadHours,
  letterId: announced.letterId,
  statementUntil: announced.statementUntil,
  statements: announced.statements.map(({ statementId, text, evidence, receivedAt }) => ({
    statementId,
    text,
    evidence: [...evidence],
    receivedAt,
  })),
});

export const toProcedure = (view: OwnMatterView, period: string): ProcedureDto => ({
  bankCode: view.bankCode,
  state: view.state,
  since: view.since,
  letterId: view.letterId,
  dueAt: view.deadlines.find(({ name }) => name === period)?.dueAt ?? null,
  announced: view.announced && toAnnounced(view.announced),
  deadlines: view.deadlines.map(({ name, clause, dueAt }) => ({ name, clause, dueAt })),
  duties: view.duties.map(({ ja, en, clause, by }) => ({ ja, en, clause, by })),
});

/** RKN-L1a: while a cause is not known, it is the intermediary's to find. */
const FIND_CAUSE = {
  ja: '損害の原因を速やかに究明し、結果を届け出る。',
  en: 'Find the cause of the loss promptly and report it.',
  clause: 'RKN-L1a',
} as const;

/** Everything owed, what is due first on top; what has no day of its own comes last. */
export function toOwed(
  views: readonly OwnMatterView[],
  cases: readonly OwnCaseLineView[],
): OwedDto[] {
  const owed = views.flatMap((view) =>
    view.duties.map(({ ja, en, clause, by }) => ({
      bankCode: view.bankCode,
      procedure: view.machine,
      chainPartnerId: view.chainPartnerId,
      state: view.state,
      about: view.about,
      ja,
      en,
      clause,
      by,
    })),
  );
  const causes = cases.flatMap(({ bankCode, caseId, causeStatus, causeDueAt, closedAt }) =>
    causeStatus === 'INVESTIGATING' && closedAt === null
      ? [
          {
            bankCode,
            procedure: 'liability-case',
            chainPartnerId: null,
            state: causeStatus,
            about: caseId,
            ...FIND_CAUSE,
            by: causeDueAt,
          },
        ]
      : [],
  );
  const dayOf = ({ by }: OwedDto) => (by === null ? Infinity : Date.parse(by));
  return [...owed, ...causes].sort((one, other) =>
    dayOf(one) < dayOf(other) ? -1 : +(dayOf(one) > dayOf(other)),
  );
}
