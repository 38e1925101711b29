import { Inject, Injectable } from '@nestjs/common';
import { type Clock, type Instant, type Refusal, type Result } from '#libs/kernel';
import { Database, problemOf, type Problem, type Transaction } from '#libs/platform';
import {
  holdSentences,
  ProtectiveHoldsService,
  type Agreed,
  type HoldDone,
  type HoldPeople,
  type HoldRefusal,
} from '../links/index.js';
import { CLOCK } from '../platform/platform.module.js';
import {
  oneIsEnough,
  ProposalDesk,
  twoPeople,
  type Proposal,
  type ProposalKind,
  type ProposalStep,
  type StaffMember,
} from '../staff/index.js';
import { holdStatuses } from './http/hold.problems.js';

/** A protective hold as two people decide on it at the console (INT-13, T-17). */
export interface HoldContent {
  readonly epspId: string;
  readonly chainPartnerId: string;
  readonly function: string;
  readonly institutionIds: readonly number[];
  /** Its own basis, in words; for a release: why. */
  readonly basis: string;
  /** Its latest end; absent where it is released. */
  readonly until?: number;
}

/** Before the second person is known the machine is asked as if there were one. */

@Injectable()
export class HoldDesk {
  constructor(
    @Inject(Database) readonly database: Database,
    @Inject(CLOCK) readonly clock: Clock,
    @Inject(ProtectiveHoldsService) readonly holds: ProtectiveHoldsService,
    @Inject(ProposalDesk) readonly proposals: ProposalDesk,
  ) {}
}

interface Asked {
  readonly people: HoldPeople;
  readonly now: Instant;
}
interface Agreement {
  readonly agreed: Agreed;
  readonly now: Instant;
}

/** What setting and releasing have in common: each institution for itself, and its refusal is the outcome there. */
abstract class HoldKind implements ProposalKind<HoldContent> {
  readonly proposerRole = 'compliance';
  readonly approverRole = 'approver';
  readonly clauseOf = () => 'INT-13';

  constructor(
    readonly kind: string,
    protected readonly desk: HoldDesk,
  ) {
    desk.proposals.register(this);
  }

  protected abstract would(
    tx: Transaction,
    institutionId: number,
    content: HoldContent,
    asked: Asked,
  ): Promise<Result<unknown, Refusal<HoldRefusal>>>;
  protected abstract act(
    tx: Transaction,
    institutionId: number,
    content: HoldContent,
    agreement: Agreement,
  ): Promise<Result<HoldDone, Refusal<HoldRefusal>>>;

  /** Refuses where no institution could set it; one that could is enough, each for itself (RKN-S4c/d). */
  async check(
    content: HoldContent,
    by: StaffMember,
    proposal?: Proposal,
  ): Promise<Result<void, Refusal<string>>> {
    const known = await this.desk.holds.checkScope(content);
    if (!known.ok) return known;
    const people = twoPeople(by, proposal);
    const now = await this.desk.clock.now();
    const could = (institutionId: number) =>
      this.desk.database.inInstitution(institutionId, (tx) =>
        this.would(tx, institutionId, content, { people, now }),
      );
    return oneIsEnough(content.institutionIds, could, { code: 'not_own_linkage' });
  }

  async carryOut(tx: Transaction, step: ProposalStep<HoldContent>): Promise<object> {
    const { content, proposal, approvedBy: approver, institutionId = 0, at: now } = step;
    const done = await this.act(tx, institutionId, content, {
      agreed: { proposal, approver },
      now,
    });
    if (!done.ok) return { refused: done.refusal.code, clause: done.refusal.clause };
    return { holdId: done.value.measureId, linkVersion: Number(done.value.version) };
  }

  problemOf(refusal: Refusal<string>): Problem {
    return problemOf(refusal as Refusal<HoldRefusal>, holdStatuses, holdSentences);
  }
}

/** Sets a protective hold: no suspension of RKN-S4c, with a basis of its own, two people and a latest end (INT-13). */
@Injectable()
export class HoldSettings extends HoldKind {
  constructor(@Inject(HoldDesk) desk: HoldDesk) {
    super('hold_setting', desk);
  }

  protected would(tx: Transaction, institutionId: number, content: HoldContent, asked: Asked) {
    const order = { ...content, until: content.until ?? asked.now };
    return this.desk.holds.wouldSet(tx, institutionId, order, asked);
  }

  protected act(tx: Transaction, institutionId: number, content: HoldContent, by: Agreement) {
    const order = { ...content, until: content.until ?? by.now };
    return this.desk.holds.setIn(tx, institutionId, order, by);
  }
}

/** Lifts a protective hold before its latest end, by two people and with a reason. */
@Injectable()
export class HoldReleases extends HoldKind {
  constructor(@Inject(HoldDesk) desk: HoldDesk) {
    super('hold_release', desk);
  }

  protected would(tx: Transaction, institutionId: number, content: HoldContent, asked: Asked) {
    return this.desk.holds.wouldRelease(tx, institutionId, content, asked);
  }

  protected act(tx: Transaction, institutionId: number, content: HoldContent, by: Agreement) {
    return this.desk.holds.releaseIn(tx, institutionId, content, by);
  }
}
