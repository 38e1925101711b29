import { Inject, Injectable } from '@nestjs/common';
import { accepted, refused, type Instant, type Refusal, type Result } from '#libs/kernel';
import { problemOf, type Problem, type Transaction } from '#libs/platform';
import {
  ProposalDesk,
  refusedOutcome,
  type DeskRefusal,
  type ProposalKind,
  type ProposalStep,
  type ProposalView,
  type RefusedOutcome,
  type StaffMember,
} from '../staff/index.js';
import { viewOf } from './applications.service.js';
import { decideGoLive } from './domain/application.js';
import { standingSentences, type StandingRefusal } from './domain/standing.refusals.js';
import { FederationDesk } from './federation-desk.js';
import { standingStatuses } from './http/standing.problems.js';
import { applicationBy, insertEvent } from './storage/application.store.pg.js';
import { statusOf, writeStanding } from './storage/register.store.pg.js';
import { agreementFiles } from './storage/version.store.pg.js';

/** What two people agree on: an application goes live, or an intermediary leaves for good. */
export interface StandingContent {
  readonly epspId: string;
  readonly to: 'live' | 'terminated';
  readonly applicationId: string | null;
  readonly reason: string;
}

type Outcome = { readonly status: 'active' | 'terminated' } | RefusedOutcome;

/** Who may be a party at all changes by two people; what the agreements then cover is a matter of their own. */
@Injectable()
export class IntermediaryStandings implements ProposalKind<StandingContent> {
  readonly kind = 'intermediary_standing';
  readonly proposerRole = 'federation_officer';
  readonly approverRole = 'approver';

  constructor(
    @Inject(FederationDesk) private readonly federation: FederationDesk,
    @Inject(ProposalDesk) private readonly desk: ProposalDesk,
  ) {
    desk.register(this);
  }

  async propose(
    by: StaffMember,
    content: StandingContent,
  ): Promise<Result<ProposalView, DeskRefusal>> {
    return this.desk.propose(by, this.kind, content, [await this.federation.federationId()]);
  }

  async check(content: StandingContent): Promise<Result<void, Refusal<StandingRefusal>>> {
    const at = await this.federation.clock.now();
    return this.federation.database.transaction((tx) => decide(tx, content, at, false));
  }

  async carryOut(tx: Transaction, step: ProposalStep<StandingContent>): Promise<Outcome> {
    const { content, proposal, approvedBy, at } = step;
    const { epspId, to, applicationId } = content;
    const decided = await decide(tx, content, at, true);
    if (!decided.ok) return refusedOutcome(decided.refusal);
    const status = to === 'live' ? 'active' : 'terminated';
    if (applicationId !== null && to === 'live')
      await insertEvent(tx, applicationId, {
        act: 'went_live',
        step: 'go_live',
        side: 'bank',
        actor: approvedBy.mailAddress,
        note: '',
        documents: [],
        targetOn: undefined,
        at,
      });
    await writeStanding(tx, epspId, status);
    const place = await this.federation.federationId();
    const note = this.federation.noteIn(tx, place, { epspId }, at);
    await note(`intermediary_${status}`, { applicationId, proposalId: proposal.id });
    return { status };
  }

  problemOf(refusal: Refusal<string>): Problem {
    return problemOf(refusal as Refusal<StandingRefusal>, standingStatuses, standingSentences);
  }
}

/** Refuses with `intermediary_terminated`, the application's own refusals, `agreement_missing` (RKN-0.2). */
async function decide(
  tx: Transaction,
  { epspId, to, applicationId }: StandingContent,
  at: Instant,
  lock: boolean,
): Promise<Result<void, Refusal<StandingRefusal>>> {
  if ((await statusOf(tx, epspId)) === 'terminated') return refused('intermediary_terminated');
  if (to === 'terminated') return accepted(undefined);
  const found = applicationId === null ? undefined : await applicationBy(tx, applicationId, lock);
  if (!found) return refused('steps_left');
  const may = decideGoLive(viewOf(found, at).standing);
  if (!may.ok) return may;
  return (await agreementFiles(tx, epspId)).length === 0
    ? refused('agreement_missing', { clause: 'RKN-0.2' })
    : accepted(undefined);
}
