import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { instantToWire } from '#libs/kernel';
import type { NoticeStatement } from '../domain/notice-statement.js';
import type { ProcedureView, TimelineEntry } from '../timeline.service.js';

export class BankQuery {
  @ApiProperty({ pattern: '^[0-9]{4}$' })
  @Matches(/^[0-9]{4}$/)
  bankCode: string;
}

export class DeadlineDto {
  @ApiProperty()
  name: string;
  @ApiProperty()
  clause: string;
  @ApiProperty({ format: 'date-time', description: 'the last instant in time' })
  dueAt: string;
}

export class DutyDto {
  @ApiProperty({ enum: ['institution', 'epsp', 'chain_partner', 'holder'] })
  who: string;
  @ApiProperty()
  ja: string;
  @ApiProperty()
  en: string;
  @ApiProperty()
  clause: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  by: string | null;
}

/** By which reading of the register something is said; version 0 is the register's own. */
export class ReadingUsedDto {
  @ApiProperty({ example: 'INT-11' })
  entry: string;
  @ApiProperty({ example: 'A' })
  reading: string;
  @ApiProperty({ type: 'integer', minimum: 0 })
  version: number;
  @ApiProperty({ enum: ['proposed', 'signed'] })
  status: string;
}

/** 弁明・意見: what the intermediary said to a prior notice. */
export class NoticeStatementDto {
  @ApiProperty({ pattern: '^stm_[0-9a-hjkmnp-tv-z]{26}$' })
  statementId: string;
  @ApiProperty()
  noticeId: string;
  @ApiProperty()
  text: string;
  @ApiProperty({ type: [String] })
  evidence: string[];
  @ApiProperty({ format: 'date-time' })
  receivedAt: string;
}

export class ProcedureDto {
  @ApiProperty()
  machine: string;
  @ApiProperty({ type: String, nullable: true })
  chainPartnerId: string | null;
  @ApiProperty()
  state: string;
  @ApiProperty({ format: 'date-time' })
  since: string;
  @ApiProperty({ type: 'object', additionalProperties: true })
  facts: object;
  @ApiProperty({ type: [DeadlineDto] })
  deadlines: DeadlineDto[];
  @ApiProperty({ type: [DutyDto] })
  duties: DutyDto[];
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'may a measure be committed now, and if not, what is missing',
  })
  measure: object | null;
  @ApiProperty({ type: [ReadingUsedDto], description: 'the readings on which that rests' })
  readings: ReadingUsedDto[];
  @ApiProperty({
    type: [NoticeStatementDto],
    description: 'what the intermediary said to the prior notice, the oldest first',
  })
  statements: NoticeStatementDto[];
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'until when it may; null until the notice has arrived',
  })
  statementUntil: string | null;
}

export class StandingDto {
  @ApiProperty({ type: [ProcedureDto] })
  procedures: ProcedureDto[];
}

export class TimelineEntryDto {
  @ApiProperty({ format: 'date-time' })
  at: string;
  @ApiProperty()
  source: string;
  @ApiProperty({ type: String, nullable: true })
  chainPartnerId: string | null;
  @ApiProperty()
  what: string;
  @ApiProperty({ type: String, nullable: true })
  cameTo: string | null;
  @ApiProperty({ type: [String] })
  clauses: string[];
  @ApiProperty({ type: 'object', additionalProperties: true })
  detail: object;
}

export class TimelineDto {
  @ApiProperty({ type: [TimelineEntryDto] })
  entries: TimelineEntryDto[];
}

export const procedureToWire = (view: ProcedureView): ProcedureDto => ({
  machine: view.machine,
  chainPartnerId: view.partnerId ?? null,
  state: view.state,
  since: instantToWire(view.since),
  facts: view.facts,
  deadlines: view.deadlines.map(({ name, clause, dueAt }) => ({
    name,
    clause,
    dueAt: instantToWire(dueAt),
  })),
  duties: view.duties.map(({ who, what, clause, by }) => ({
    who,
    ...what,
    clause,
    by: by === undefined ? null : instantToWire(by),
  })),
  measure: view.measure ?? null,
  readings: view.readings.map(({ entry, reading, version, status }) => ({
    entry,
    reading,
    version,
    status,
  })),
  statements: view.statements.map(statementToWire),
  statementUntil: view.statementUntil === undefined ? null : instantToWire(view.statementUntil),
});

export const statementToWire = (said: NoticeStatement): NoticeStatementDto => ({
  statementId: said.id,
  noticeId: said.noticeId,
  text: said.text,
  evidence: [...said.evidence],
  receivedAt: instantToWire(said.receivedAt),
});

export const entryToWire = (entry: TimelineEntry): TimelineEntryDto => ({
  at: instantToWire(entry.at),
  source: entry.source,
  chainPartnerId: entry.partnerId ?? null,
  what: entry.what,
  cameTo: entry.cameTo ?? null,
  clauses: [...entry.clauses],
  detail: entry.detail,
});
