import { Inject, Injectable } from '@nestjs/common';
import { assert, CivilDate, type Instant, type Refusal, type Result } from '#libs/kernel';
import { problemOf, type Problem, type Transaction } from '#libs/platform';
import {
  oneIsEnough,
  ProposalDesk,
  refusedOutcome,
  type DeskRefusal,
  type ProposalKind,
  type ProposalStep,
  type ProposalView,
  type RefusedOutcome,
  type StaffMember,
} from '../staff/index.js';
import {
  decideCoverage,
  type CoverageAct,
  type CoverageSpan,
  type VersionRefusal,
} from './domain/agreement-file.js';
import { versionSentences } from './domain/version.refusals.js';
import { FederationDesk } from './federation-desk.js';
import { versionStatuses } from './http/version.problems.js';
import {
  agreementFile,
  agreementFiles,
  insertCoverageAct,
  lockAgreements,
  writeJoin,
  writeLeave,
} from './storage/version.store.pg.js';

/** The canonical text of a decision about coverage. */
export interface CoverageContent {
  readonly epspId: string;
  readonly agreementId: string;
  readonly act: 'join' | 'leave';
  /** Null: at once, with the approval. */
  readonly effectiveOn: string | null;
  readonly reason: string;
  readonly institutionIds: readonly number[];
}

type Outcome = { readonly from: string; readonly to: string | null } | RefusedOutcome;

/**
 * Each institution joins and leaves for itself, or the federation does it for one: the others are untouched. What is
 * not possible at one institution is the outcome there (RKN-0.2).
 */
@Injectable()
export class CoverageChanges implements ProposalKind<CoverageContent> {
  readonly kind = 'coverage_change';
  readonly proposerRole = 'compliance';
  readonly approverRole = 'approver';
  readonly clauseOf = () => 'RKN-0.2';

  constructor(
    @Inject(FederationDesk) private readonly federation: FederationDesk,
    @Inject(ProposalDesk) private readonly desk: ProposalDesk,
  ) {
    desk.register(this);
  }

  propose(by: StaffMember, content: CoverageContent): Promise<Result<ProposalView, DeskRefusal>> {
    return this.desk.propose(by, this.kind, content, content.institutionIds);
  }

  /** Refuses where no institution could; one that could is enough, each for itself. */
  async check(content: CoverageContent): Promise<Result<void, Refusal<string>>> {
    const at = await this.federation.clock.now();
    const could = (institutionId: number) =>
      this.federation.database.transaction((tx) => this.decide(tx, content, institutionId, at));
    const none = { code: 'institution_not_covered', clause: 'RKN-0.2' };
    return oneIsEnough(content.institutionIds, could, none);
  }

  async carryOut(tx: Transaction, step: ProposalStep<CoverageContent>): Promise<Outcome> {
    const { content, institutionId, proposal, at } = step;
    assert(institutionId !== undefined, 'Coverage is decided at an institution.');
    const { epspId, agreementId } = content;
    await lockAgreements(tx, epspId);
    const decided = await this.decide(tx, content, institutionId, at);
    if (!decided.ok) return refusedOutcome(decided.refusal);
    const span = decided.value;
    if (content.act === 'join') await writeJoin(tx, agreementId, span);
    else await writeLeave(tx, epspId, span);
    const act = { ...actOf(content, institutionId, at), proposalId: proposal.id, at };
    await insertCoverageAct(tx, { epspId, agreementId }, act);
    const outcome = { from: span.from.toString(), to: span.to?.toString() ?? null };
    const note = this.federation.noteIn(tx, institutionId, { epspId }, at);
    await note(`agreement_${content.act === 'join' ? 'joined' : 'left'}`, {
      ...{ agreementId, ...outcome, proposalId: proposal.id, clause: 'RKN-0.2' },
    });
    return outcome;
  }

  problemOf(refusal: Refusal<string>): Problem {
    return problemOf(refusal as Refusal<VersionRefusal>, versionStatuses, versionSentences);
  }

  private async decide(
    tx: Transaction,
    content: CoverageContent,
    institutionId: number,
    at: Instant,
  ): Promise<Result<CoverageSpan, Refusal<VersionRefusal>>> {
    const agreement = await agreementFile(tx, content.agreementId);
    assert(agreement, 'An agreement that was proposed about is there.');
    const { bankCode } = await this.federation.institutions.byId(institutionId);
    const all = await agreementFiles(tx, content.epspId);
    const today = CivilDate.inTokyo(at);
    return decideCoverage(actOf(content, institutionId, at), { agreement, all, bankCode, today });
  }
}

const actOf = (
  { act, effectiveOn, reason }: CoverageContent,
  institutionId: number,
  at: Instant,
): CoverageAct => ({
  institutionId,
  act,
  effectiveOn: effectiveOn === null ? CivilDate.inTokyo(at) : CivilDate.from(effectiveOn),
  reason,
});
