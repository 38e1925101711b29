import { Inject, Injectable } from '@nestjs/common';
import {
  accepted,
  canonicalJson,
  hashOf,
  newId,
  refused,
  type Clock,
  type Refusal,
  type Result,
} from '#libs/kernel';
import { Database } from '#libs/platform';
import { PasswordHasher } from '../platform/password-hasher.js';
import { CLOCK } from '../platform/platform.module.js';
import { decideApproval } from './domain/decide-approval.js';
import type { Proposal, StaffMember } from './domain/staff-member.js';
import type { StaffRefusal } from './domain/staff.refusals.js';
import { StaffStore } from './storage/staff.store.pg.js';

/** House rule: an officer's account stops after this many wrong passwords in a row; a colleague reopens it. */
const STAFF_FAILURES_MAX = 5;

/** Officers, what they propose, and the second approval (T-17, INT-13). */
@Injectable()
export class StaffService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(StaffStore) private readonly store: StaffStore,
    @Inject(PasswordHasher) private readonly hasher: PasswordHasher,
  ) {}

  /** One login of one natural person. Unknown, locked and wrong are one refusal at one cost. */
  async login(
    mailAddress: string,
    password: string,
  ): Promise<Result<StaffMember, Refusal<StaffRefusal>>> {
    const counted = await this.store.countAttempt(mailAddress.trim().toLowerCase());
    const isRight = await this.hasher.verify(counted?.hash, password);
    if (!counted) return refused('staff_login_failed');
    if (isRight && counted.attempt <= STAFF_FAILURES_MAX) {
      await this.store.forgetFailures(counted.member.mailAddress);
      return accepted(counted.member);
    }
    if (counted.attempt >= STAFF_FAILURES_MAX) await this.store.lock(counted.member.mailAddress);
    return refused('staff_login_failed');
  }

  /** Writes down what is wanted. The hash that the second person approves is of this content and nothing else. */
  async propose(by: StaffMember, kind: string, content: object): Promise<Proposal> {
    const at = await this.clock.now();
    const proposal: Proposal = {
      id: newId('prp', at),
      kind,
      content: canonicalJson(content),
      contentHash: hashOf(content),
      proposedBy: by,
    };
    await this.database.transaction((tx) => this.store.insertProposal(tx, proposal, at));
    return proposal;
  }

  /** The second natural person approves the content with the hash that this person saw. */
  async approve(
    proposal: Proposal,
    approver: StaffMember,
    contentHashSeen: string,
  ): Promise<Result<Proposal, Refusal<StaffRefusal>>> {
    const decision = decideApproval(proposal, approver, contentHashSeen);
    if (!decision.ok) return decision;
    const at = await this.clock.now();
    await this.database.transaction((tx) => this.store.insertApproval(tx, proposal, approver, at));
    return decision;
  }
}
