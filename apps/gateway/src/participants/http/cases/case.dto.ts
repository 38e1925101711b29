import { ApiProperty } from '@nestjs/swagger';
import type { OwnCaseLineView, OwnCaseView } from '../../../bank/index.js';
import { MoneyDto, yen } from '../../../platform/http/shapes.dto.js';
import { PageDto } from '../list-page.js';
import { idPattern } from '../own-affairs.js';

export const CATEGORIES = ['fraud', 'outage', 'wrong_data', 'leak', 'other'] as const;
export const SIDES = ['EPSP', 'FI'] as const;
const CAUSES = ['INVESTIGATING', 'FOUND', 'UNKNOWN'];
const INSTANT_OR_NULL = {
  type: 'string',
  format: 'date-time',
  nullable: true,
  maxLength: 40,
} as const;
const BANK = { pattern: '^[0-9]{4}$', maxLength: 4, example: '2963' } as const;
const SIDE = { enum: SIDES, description: 'EPSP: you; FI: the institution' } as const;

/** What the list and the case have in common. */
export class CaseLineDto {
  @ApiProperty({ pattern: idPattern('case'), maxLength: 31 })
  caseId: string;
  @ApiProperty(BANK)
  bankCode: string;
  @ApiProperty({ enum: CATEGORIES })
  category: string;
  @ApiProperty({ type: MoneyDto })
  loss: MoneyDto;
  @ApiProperty({ enum: CAUSES, description: 'What is known of the cause (RKN-L1a)' })
  causeStatus: string;
  @ApiProperty({ ...INSTANT_OR_NULL, description: 'When the cause should be known; it reminds' })
  causeDueAt: string | null;
  @ApiProperty()
  causeOverdue: boolean;
  @ApiProperty({ ...INSTANT_OR_NULL, description: 'When the work on it ended' })
  closedAt: string | null;
}

export class CaseSummaryDto extends CaseLineDto {
  @ApiProperty({ type: MoneyDto, description: 'Paid to the user so far, by both sides' })
  paid: MoneyDto;
  @ApiProperty({ format: 'date-time' })
  reportedAt: string;
}

export class CasesDto extends PageDto {
  @ApiProperty({ type: [CaseSummaryDto], maxItems: 500 })
  data: CaseSummaryDto[];
}

export class SideDto {
  @ApiProperty(SIDE)
  side: string;
  @ApiProperty({ type: MoneyDto })
  paid: MoneyDto;
  @ApiProperty({ type: MoneyDto })
  recovered: MoneyDto;
  @ApiProperty({ type: MoneyDto, description: 'What it bears as things stand' })
  burden: MoneyDto;
}

export class PaidDto {
  @ApiProperty({ maxLength: 100, example: 'payment-2026-0412' })
  id: string;
  @ApiProperty(SIDE)
  by: string;
  @ApiProperty({ ...BANK, type: 'string', nullable: true })
  institution: string | null;
  @ApiProperty({ type: MoneyDto })
  amount: MoneyDto;
  @ApiProperty({ format: 'date-time' })
  paidAt: string;
}

export class AttributionDto {
  @ApiProperty({
    enum: ['FI', 'EPSP', 'BOTH', 'NEITHER', 'UNCLEAR', 'CHAIN_PARTNER'],
    description: 'Found by two people of the institution; the last one counts (RKN-L3)',
  })
  finding: string;
  @ApiProperty({ type: 'string', nullable: true, maxLength: 60 })
  chainPartnerId: string | null;
  @ApiProperty({ maxLength: 4_000, example: '記録により確認した。' })
  grounds: string;
  @ApiProperty({ format: 'date-time' })
  foundAt: string;
}

export class ConsultationTextDto {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 1_000 })
  version: number;
  @ApiProperty(SIDE)
  claimant: string;
  @ApiProperty({ type: MoneyDto })
  amount: MoneyDto;
  @ApiProperty({ maxLength: 4_000, example: '双方の責めの大きさを考慮した。' })
  rationale: string;
  @ApiProperty({
    pattern: '^sha256:[0-9a-f]{64}$',
    maxLength: 71,
    description: 'Of exactly this text; an acceptance names it (RKN-L2b)',
  })
  textHash: string;
  @ApiProperty()
  acceptedByIntermediary: boolean;
  @ApiProperty()
  acceptedByInstitution: boolean;
}

export class ShareDto {
  @ApiProperty({ pattern: '^([0-9]{4}|EPSP)$', maxLength: 4, example: '2963' })
  against: string;
  @ApiProperty({ type: MoneyDto })
  amount: MoneyDto;
  @ApiProperty({ type: MoneyDto })
  settled: MoneyDto;
}

export class RecourseDto {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 10_000 })
  number: number;
  @ApiProperty(SIDE)
  claimant: string;
  @ApiProperty({ type: MoneyDto })
  amount: MoneyDto;
  @ApiProperty({ format: 'date-time' })
  claimedAt: string;
  @ApiProperty({ pattern: idPattern('doc'), maxLength: 30, description: 'Its statement' })
  documentId: string;
  @ApiProperty({ type: [ShareDto], maxItems: 20 })
  shares: ShareDto[];
}

export class EntryDto {
  @ApiProperty({ enum: ['cause', 'case'] })
  about: string;
  @ApiProperty({ maxLength: 4_000, example: '接続サーバーの設定を確認しました。' })
  text: string;
  @ApiProperty({ type: 'array', items: { type: 'string', maxLength: 200 }, maxItems: 50 })
  evidence: string[];
  @ApiProperty({ format: 'date-time' })
  recordedAt: string;
}

export class CaseDto extends CaseLineDto {
  @ApiProperty({ enum: ['holder', 'intermediary', 'institution'], description: 'Who told of it' })
  origin: string;
  @ApiProperty({ type: 'string', nullable: true, maxLength: 100, example: 'incident-2026-17' })
  reference: string | null;
  @ApiProperty({ type: 'string', nullable: true, pattern: idPattern('cp'), maxLength: 29 })
  chainPartnerId: string | null;
  @ApiProperty({ type: 'array', items: { type: 'string', maxLength: 200 }, maxItems: 50 })
  requestIds: string[];
  @ApiProperty({ type: MoneyDto, description: 'Of the loss, what nobody has paid the user' })
  uncovered: MoneyDto;
  @ApiProperty({ format: 'date-time' })
  knownAt: string;
  @ApiProperty({ enum: ['service', 'function', 'linkage', 'unknown'] })
  scope: string;
  @ApiProperty({
    type: 'string',
    nullable: true,
    maxLength: 200,
    description: 'The clause under which nothing is owed, where that was recorded (RKN-L1c)',
  })
  exemptionClause: string | null;
  @ApiProperty({ type: [SideDto], maxItems: 2 })
  sides: SideDto[];
  @ApiProperty({ type: [PaidDto], maxItems: 1_000 })
  payments: PaidDto[];
  @ApiProperty({ type: [AttributionDto], maxItems: 1_000 })
  attributions: AttributionDto[];
  @ApiProperty({ type: [ConsultationTextDto], maxItems: 1_000 })
  agreements: ConsultationTextDto[];
  @ApiProperty({ type: [RecourseDto], maxItems: 1_000 })
  recourse: RecourseDto[];
  @ApiProperty({ type: [EntryDto], maxItems: 10_000, description: 'What you entered yourself' })
  entries: EntryDto[];
}

const lineOf = (view: OwnCaseLineView | OwnCaseView): CaseLineDto => ({
  caseId: view.caseId,
  bankCode: view.bankCode,
  category: view.category,
  loss: yen(view.lossYen),
  causeStatus: view.causeStatus,
  causeDueAt: view.causeDueAt,
  causeOverdue: view.causeOverdue,
  closedAt: view.closedAt,
});

/** Member by member: what bank-core may add one day does not leave the house by itself. */
export const toCaseSummary = (view: OwnCaseLineView): CaseSummaryDto => ({
  ...lineOf(view),
  paid: yen(view.paidYen),
  reportedAt: view.reportedAt,
});

export const toCase = (view: OwnCaseView): CaseDto => ({
  ...lineOf(view),
  origin: view.origin,
  reference: view.reference,
  chainPartnerId: view.chainPartnerId,
  requestIds: [...view.requestIds],
  uncovered: yen(view.uncoveredYen),
  knownAt: view.knownAt,
  scope: view.scope,
  exemptionClause: view.exemptionClause,
  sides: view.sides.map(({ side, paidYen, recoveredYen, burdenYen }) => ({
    side,
    paid: yen(paidYen),
    recovered: yen(recoveredYen),
    burden: yen(burdenYen),
  })),
  payments: view.payments.map(({ id, by, institution, amountYen, paidAt }) => ({
    id,
    by,
    institution,
    amount: yen(amountYen),
    paidAt,
  })),
  attributions: view.attributions.map(({ finding, chainPartnerId, grounds, foundAt }) => ({
    finding,
    chainPartnerId,
    grounds,
    foundAt,
  })),
  agreements: view.agreements.map(({ amountYen, ...text }) => ({
    version: text.version,
    claimant: text.claimant,
    amount: yen(amountYen),
    rationale: text.rationale,
    textHash: text.textHash,
    acceptedByIntermediary: text.acceptedByIntermediary,
    acceptedByInstitution: text.acceptedByInstitution,
  })),
  recourse: view.recourse.map(({ amountYen, shares, ...claim }) => ({
    number: claim.number,
    claimant: claim.claimant,
    amount: yen(amountYen),
    claimedAt: claim.claimedAt,
    documentId: claim.documentId,
    shares: shares.map((share) => ({
      against: share.against,
      amount: yen(share.amountYen),
      settled: yen(share.settledYen),
    })),
  })),
  entries: view.entries.map(({ about, text, evidence, recordedAt }) => ({
    about,
    text,
    evidence: [...evidence],
    recordedAt,
  })),
});
