import { Inject, Injectable } from '@nestjs/common';
import { accepted, refused, type Refusal, type Result } from '#libs/kernel';
import { problemOf, type Problem, type Transaction } from '#libs/platform';
import {
  ProposalDesk,
  type DeskRefusal,
  type ProposalKind,
  type ProposalStep,
  type ProposalView,
  type StaffMember,
} from '../staff/index.js';
import type { EvidenceFile } from './domain/evidence.js';
import { reviewSentences, type ReviewRefusal } from './domain/review.refusals.js';
import { EvidenceService } from './evidence.service.js';
import { reviewStatuses } from './http/review.problems.js';
import { ReviewDesk } from './review-desk.js';
import { EvidenceStore } from './storage/evidence.store.pg.js';

export interface ReleaseContent {
  readonly evidenceId: string;
  /** Exactly these bytes were examined. */
  readonly sha256: string;
  readonly institutionIds: readonly number[];
  /** How it was examined without opening it here. */
  readonly examination: string;
}

/**
 * Two people of an institution let its officers open a file that no scanner has judged. It holds there alone, and
 * never for a file that was found infected (T-25; docs/decisions).
 */
@Injectable()
export class EvidenceRelease implements ProposalKind<ReleaseContent> {
  readonly kind = 'evidence_release';
  readonly proposerRole = 'compliance';
  readonly approverRole = 'approver';
  readonly clauseOf = () => 'RKN-S2';

  constructor(
    @Inject(ReviewDesk) private readonly desk: ReviewDesk,
    @Inject(ProposalDesk) private readonly proposals: ProposalDesk,
    @Inject(EvidenceService) private readonly evidence: EvidenceService,
    @Inject(EvidenceStore) private readonly store: EvidenceStore,
  ) {
    proposals.register(this);
  }

  async propose(
    by: StaffMember,
    institutionId: number,
    asked: Pick<ReleaseContent, 'evidenceId' | 'sha256' | 'examination'>,
  ): Promise<Result<ProposalView, DeskRefusal>> {
    const content = { ...asked, institutionIds: [institutionId] };
    return this.proposals.propose(by, this.kind, content, content.institutionIds);
  }

  async check(content: ReleaseContent): Promise<Result<void, Refusal<ReviewRefusal>>> {
    if (content.examination.trim() === '') return refused('reason_required', { clause: 'RKN-S2' });
    const [institutionId = 0] = content.institutionIds;
    const view = await this.evidence.seen(institutionId, content.evidenceId);
    return view.ok ? refusalOf(view.value.file, content) : view;
  }

  async carryOut(tx: Transaction, step: ProposalStep<ReleaseContent>): Promise<object> {
    const { content, institutionId = 0, proposal, at } = step;
    const view = await this.evidence.view(tx, institutionId, content.evidenceId);
    const checked = view.ok ? refusalOf(view.value.file, content) : view;
    if (!view.ok || !checked.ok) return { refused: checked.ok ? '' : checked.refusal.code };
    const { file } = view.value;
    const how = { examination: content.examination, proposalId: proposal.id, at };
    await this.store.release(tx, institutionId, file, how);
    await this.desk.records.append(tx, {
      institutionId,
      happenedAt: at,
      kind: 'evidence_released',
      epspId: file.epspId,
      content: { evidenceId: file.id, sha256: file.sha256, examination: content.examination },
    });
    return { released: file.id };
  }

  problemOf(refusal: Refusal<string>): Problem {
    return problemOf(refusal as Refusal<ReviewRefusal>, reviewStatuses, reviewSentences);
  }
}

/** Another file than the one that was examined, or one in which something was found, is not released. */
function refusalOf(
  file: EvidenceFile,
  { sha256 }: ReleaseContent,
): Result<void, Refusal<ReviewRefusal>> {
  if (file.erasedAt !== undefined) return refused('evidence_erased', { clause: 'RKN-S2' });
  if (file.sha256 !== sha256) return refused('version_conflict');
  if (file.state === 'infected') return refused('evidence_infected', { clause: 'RKN-S2' });
  return accepted(undefined);
}
