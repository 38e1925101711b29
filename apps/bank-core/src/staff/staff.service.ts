import { createHash, randomBytes } from 'node:crypto';
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
import { BANK_CONFIG, type BankConfig } from '../platform/config.js';
import { matchingStep } from '../platform/one-time-code.js';
import { PasswordHasher } from '../platform/password-hasher.js';
import { CLOCK } from '../platform/platform.module.js';
import { openSeed } from '../platform/sealed-seed.js';
import { stepsAround } from '../platform/totp.js';
import { decideApproval } from './domain/decide-approval.js';
import type { Proposal, StaffMember } from './domain/staff-member.js';
import { isSessionOpen } from './domain/staff-session.js';
import { staffSeedPlace } from './domain/staff-seed-place.js';
import type { StaffRefusal } from './domain/staff.refusals.js';
import { ProposalStore } from './storage/proposal.store.pg.js';
import { StaffStore } from './storage/staff.store.pg.js';

/** House rule: an officer's account stops after this many wrong log-ins in a row; a colleague reopens it. */
const STAFF_FAILURES_MAX = 5;
const CODE = { stepSeconds: 30, window: 1, digits: 6 };
/** A session is written down as used at most this often. */
const SEEN_EVERY_MS = 60_000;

export interface OpenedSession {
  readonly member: StaffMember;
  /** Given to the browser once; only its hash is kept. */
  readonly secret: string;
}

/** Officers, their sessions, and what two of them agree on at a terminal (T-17, INT-13). */
@Injectable()
export class StaffService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(StaffStore) private readonly store: StaffStore,
    @Inject(ProposalStore) private readonly proposals: ProposalStore,
    @Inject(PasswordHasher) private readonly hasher: PasswordHasher,
    @Inject(BANK_CONFIG) private readonly config: BankConfig,
  ) {}

  /**
   * One log-in of one natural person at a terminal of the bank, where the machine is the other factor. Unknown,
   * locked and wrong are one refusal at one cost.
   */
  login(
    mailAddress: string,
    password: string,
  ): Promise<Result<StaffMember, Refusal<StaffRefusal>>> {
    return this.judge(mailAddress, password, () => Promise.resolve(true));
  }

  /** Logs in over the network: password and one-time code, judged together (T-16, T-17). */
  async openSession(
    mailAddress: string,
    password: string,
    code: string,
  ): Promise<Result<OpenedSession, Refusal<StaffRefusal>>> {
    const at = await this.clock.now();
    const judged = await this.judge(mailAddress, password, async (member, wrappedSeed) => {
      if (!wrappedSeed) return false;
      const place = staffSeedPlace(member.mailAddress);
      const seed = openSeed(this.config.keyEncryptionKey, place, wrappedSeed);
      const steps = stepsAround(at, CODE.stepSeconds, CODE.window);
      const step = matchingStep(seed, code, steps, CODE.digits);
      return step !== undefined && this.store.useStep(member.mailAddress, step);
    });
    if (!judged.ok) return judged;
    return accepted(await this.openFor(judged.value));
  }

  /** Opens a session for an officer who has proved himself, here or at the bank's own issuer. */
  async openFor(member: StaffMember): Promise<OpenedSession> {
    const secret = randomBytes(32).toString('base64url');
    await this.store.openSession(hashOfSecret(secret), member.mailAddress, await this.clock.now());
    return { member, secret };
  }

  /** The officer of a session with the roles of this moment; `staff_session_missing` when it has ended. */
  async memberOf(secret: string): Promise<Result<StaffMember, Refusal<StaffRefusal>>> {
    const found = await this.store.session(hashOfSecret(secret));
    const at = await this.clock.now();
    if (!found || !isSessionOpen(found.session, at)) return refused('staff_session_missing');
    if (at - found.session.lastSeenAt > SEEN_EVERY_MS)
      await this.store.seen(hashOfSecret(secret), at);
    return accepted(found.member);
  }

  async closeSession(secret: string): Promise<void> {
    await this.store.closeSession(hashOfSecret(secret), await this.clock.now());
  }

  /** Writes down what is wanted. The hash that the second person approves is of this content and nothing else. */
  async propose(
    by: StaffMember,
    kind: string,
    content: object,
    institutionIds: readonly number[] = [],
  ): Promise<Proposal> {
    const at = await this.clock.now();
    const proposal: Proposal = {
      id: newId('prp', at),
      kind,
      content: canonicalJson(content),
      contentHash: hashOf(content),
      institutionIds,
      proposedBy: by,
    };
    await this.database.transaction((tx) => this.proposals.insert(tx, proposal, at));
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
    await this.database.transaction((tx) => this.proposals.approve(tx, proposal, approver, at));
    return decision;
  }

  private async judge(
    mailAddress: string,
    password: string,
    second: (member: StaffMember, wrappedSeed: Buffer | undefined) => Promise<boolean>,
  ): Promise<Result<StaffMember, Refusal<StaffRefusal>>> {
    const counted = await this.store.countAttempt(mailAddress.trim().toLowerCase());
    const isRight = await this.hasher.verify(counted?.hash, password);
    if (!counted) return refused('staff_login_failed');
    const { member, attempt, wrappedSeed } = counted;
    const mayEnter = isRight && attempt <= STAFF_FAILURES_MAX;
    if (mayEnter && (await second(member, wrappedSeed))) {
      await this.store.forgetFailures(member.mailAddress);
      return accepted(member);
    }
    if (attempt >= STAFF_FAILURES_MAX) await this.store.lock(member.mailAddress);
    return refused('staff_login_failed');
  }
}

const hashOfSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();
