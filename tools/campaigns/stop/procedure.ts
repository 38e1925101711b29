import { generateKeyPairSync } from 'node:crypto';
import { LINK_RIGHTS, type RemovedRight } from '#libs/contracts';
import { assert, newId, type Clock, type Instant } from '#libs/kernel';
import type { StaffMember } from '../../../apps/bank-core/src/staff/index.js';
import { openStaffDesk, type StaffDesk } from '../../../apps/bank-core/src/staff-desk.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** How far behind the present the procedure begins: its period of one day and its lead are over by now. */
const FOUND_MS = 14 * DAY_MS;
const JUDGED_MS = 12 * DAY_MS;
const ITEMS = ['4.2'];
const GROUNDS = { text: 'campaign stop: 4.2 is not met', evidence: ['campaign:stop'] };
const EVERYTHING: readonly RemovedRight[] = LINK_RIGHTS.map((right) => ({ right, reach: 'all' }));

/** What a prior notice announces. */
export interface Announced {
  readonly kind: 'restriction' | 'suspension';
  readonly removed: readonly RemovedRight[];
}
const SUSPENSION: Announced = { kind: 'suspension', removed: EVERYTHING };

/** Whose review it is, at one institution. */
export interface ReviewedLink {
  readonly institutionId: number;
  readonly epspId: string;
}

type Fields = Parameters<StaffDesk['reviewSteps']['propose']>[1]['fields'];

/** A clock that its owner sets: what takes weeks is gone through at the instants at which it may happen. */
class SetClock implements Clock {
  at: Instant = 0;

  now(): Promise<Instant> {
    return Promise.resolve(this.at);
  }
}

/**
 * RKN-S4 as officers go through it: every step proposed by one and approved by the other, every letter fetched. All
 * but the measure itself happens at a desk whose clock lies weeks behind, so that only the wait is left out.
 */
export class Procedure {
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly present: StaffDesk,
    private readonly past: StaffDesk,
    private readonly clock: SetClock,
    private readonly proposer: StaffMember,
    private readonly approver: StaffMember,
  ) {}

  static async open(
    databaseUrl: string,
    proposer: StaffMember,
    approver: StaffMember,
  ): Promise<Procedure> {
    const { privateKey } = generateKeyPairSync('ed25519');
    const documentKey = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const clock = new SetClock();
    const present = await openStaffDesk({ databaseUrl, documentKey });
    const past = await openStaffDesk({ databaseUrl, documentKey, clock });
    return new Procedure(present, past, clock, proposer, approver);
  }

  /** Up to a prior notice that has arrived and whose lead is over: what is missing is the measure. */
  async noticed(link: ReviewedLink, measure = SUSPENSION): Promise<void> {
    // One clock serves every lane, so that one procedure at a time lies behind.
    const noticed = this.#turn.then(() => this.#upToNotice(link, measure));
    this.#turn = noticed.catch(() => undefined);
    await noticed;
  }

  /** Up to the measure, which the function that comes back commits; it resolves after the commit. */
  async agreeOnStop(link: ReviewedLink): Promise<() => Promise<void>> {
    await this.noticed(link);
    return this.#proposed(
      this.present,
      link,
      'measure_committed',
      { grounds: GROUNDS },
      'SUSPENDED',
    );
  }

  agreeOnRelease(link: ReviewedLink): Promise<() => Promise<void>> {
    const fields = { reason: 'campaign stop: remedied' };
    return this.#proposed(this.present, link, 'resumed', fields, 'RESUMED');
  }

  async close(): Promise<void> {
    await this.past.close();
    await this.present.close();
  }

  async #upToNotice(link: ReviewedLink, measure: Announced): Promise<void> {
    const now = await this.present.clock.now();
    this.clock.at = now - FOUND_MS;
    await this.#underAssessment(link);
    await this.#take(link, 'found_deficient', { items: ITEMS, grounds: GROUNDS }, 'DEFICIENT');
    const demand = { items: ITEMS, grounds: GROUNDS, periodDays: 1 };
    await this.#take(link, 'improvement_demanded', demand, 'IMPROVEMENT_REQUESTED');
    await this.#fetch(link, 'improvement_demand');
    this.clock.at = now - JUDGED_MS;
    await this.#take(link, 'judged_insufficient', { grounds: GROUNDS }, 'INSUFFICIENT');
    await this.#take(link, 'notice_sent', measure, 'NOTICE_SENT');
    await this.#fetch(link, 'measure_announced');
  }

  /** The checklist that comes before every finding; a review that has been through this once needs no other. */
  async #underAssessment({ institutionId, epspId }: ReviewedLink): Promise<void> {
    const { review, matters, database } = this.past;
    const { at } = this.clock;
    const matter = review.nameOf(institutionId, epspId);
    await database.inInstitution(institutionId, async (tx) => {
      if ((await matters.state(tx, review, matter, at)).name !== 'NO_CHECKLIST') return;
      const submission = { submissionId: `campaign-${epspId}`, incompleteItems: [] };
      const events = [
        { type: 'checklist_submitted', ...submission },
        { type: 'assessment_opened' },
      ] as const;
      for (const event of events) {
        const id = `campaign:${event.type}`;
        const told = await matters.tell(tx, review, matter, { ...event, id, happenedAt: at }, at);
        assert(told.ok, `The review refused ${event.type}.`);
      }
    });
  }

  async #take(link: ReviewedLink, step: string, fields: Fields, expected: string): Promise<void> {
    const carryOut = await this.#proposed(this.past, link, step, fields, expected);
    await carryOut();
  }

  /** Proposed by one; the other approves when the function that comes back is called. */
  async #proposed(
    desk: StaffDesk,
    { institutionId, epspId }: ReviewedLink,
    step: string,
    fields: Fields,
    expected: string,
  ): Promise<() => Promise<void>> {
    const asked = { epspId, step, institutionIds: [institutionId], fields };
    const proposed = await desk.reviewSteps.propose(this.proposer, asked);
    assert(proposed.ok, `${step} was refused: ${proposed.ok || proposed.refusal.code}`);
    const { id, contentHash } = proposed.value.proposal;
    return async () => {
      const done = await desk.proposals.approve(id, this.approver, contentHash);
      assert(done.ok, `${step} was refused: ${done.ok || done.refusal.code}`);
      const outcome = JSON.stringify(done.value.effects[0]?.outcome);
      assert(outcome?.includes(`"${expected}"`), `${step} came to ${outcome}.`);
    };
  }

  /** The intermediary takes the letter that was written at this moment: the period runs from there. */
  async #fetch({ institutionId, epspId }: ReviewedLink, notice: string): Promise<void> {
    // Ids sort by their time: those behind this one are not later than the clock.
    const before = newId('doc', this.clock.at + 1);
    const found = await this.past.letters.list(institutionId, epspId, { before, limit: 1 });
    const [letter] = found.filter((one) => one.notice === notice);
    assert(letter, `The ${notice} was written.`);
    const by = { clientId: 'campaign', interactionId: letter.documentId };
    const fetched = await this.past.letters.fetch(epspId, letter.documentId, by);
    assert(fetched.ok, `The ${notice} can be fetched.`);
  }
}
