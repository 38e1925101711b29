import { Inject, Injectable } from '@nestjs/common';
import type { HoldEvent, HoldState } from '#libs/contracts';
import {
  accepted,
  assert,
  instantToWire,
  type Clock,
  type Instant,
  type Refusal,
  type Result,
} from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import { CLOCK } from '../platform/platform.module.js';
import { RecordsService } from '../records/index.js';
import { ProposalDesk } from '../staff/index.js';
import { holdStood } from './domain/decide-hold.js';
import type { HoldRefusal } from './domain/link.refusals.js';
import type { LinkMeasure } from './domain/link-state.js';
import { HoldMatter } from './hold-matter.js';
import { LinksService } from './links.service.js';
import { liveHolds, proposalOfHold } from './storage/link.store.pg.js';

/**
 * A hold that was set before holds were kept as matters stands as a row, and as a state of the link's table. Its matter
 * begins with that row, so that it is released, becomes a demand and ends like every other (INT-13).
 */
@Injectable()
export class HoldAdoption {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(HoldMatter) private readonly hold: HoldMatter,
    @Inject(LinksService) private readonly links: LinksService,
    @Inject(RecordsService) private readonly records: RecordsService,
    @Inject(ProposalDesk) private readonly proposals: ProposalDesk,
  ) {}

  /** Every hold in force at the institution that has no matter yet; the others are left as they are. */
  async at(institutionId: number): Promise<void> {
    const now = await this.clock.now();
    await this.database.inInstitution(institutionId, async (tx) => {
      for (const hold of await liveHolds(tx, institutionId, now)) await this.begin(tx, hold, now);
    });
  }

  /** Where the hold stands, or would stand once it is begun; nothing is stored. */
  async state(
    tx: Transaction,
    hold: LinkMeasure,
    now: Instant,
  ): Promise<Result<HoldState, Refusal<HoldRefusal>>> {
    const name = this.hold.nameOf(hold.institutionId, hold.epspId, hold.id);
    const known = await this.hold.matters.state(tx, this.hold, name, now);
    if (known.version > 0) return accepted(known);
    const begun = this.hold.step(known, await this.eventOf(tx, hold), hold.since);
    return begun.ok ? accepted(begun.value.state) : begun;
  }

  /** Begins the matter where there is none, as of the moment since which the hold stands; and the link learns of it. */
  async begin(
    tx: Transaction,
    hold: LinkMeasure,
    now: Instant,
  ): Promise<Result<void, Refusal<HoldRefusal>>> {
    const { institutionId, epspId, id, since, until: latestEnd, basis } = hold;
    const name = this.hold.nameOf(institutionId, epspId, id);
    const { version } = await this.hold.matters.state(tx, this.hold, name, now);
    if (version > 0) return accepted(undefined);
    const event = await this.eventOf(tx, hold);
    const told = await this.hold.matters.tell(tx, this.hold, name, event, since);
    if (!told.ok) return told;
    const link = { institutionId, epspId };
    const { facts } = await this.links.state(tx, link, now);
    if (!facts.holds.some((one) => one.id === id)) {
      const inForce = { id, basis, removed: event.removed, since, latestEnd };
      const institution = String(institutionId);
      const began = {
        type: 'hold_began',
        id,
        happenedAt: now,
        institution,
        hold: inForce,
      } as const;
      const learnt = await this.links.tell(tx, link, began, now);
      assert(learnt.ok, `The link refused the hold ${id}, which stands.`);
    }
    const content = { reading: 'INT-13', measureId: id, basis, since: instantToWire(since) };
    await this.records.append(tx, {
      institutionId,
      happenedAt: now,
      kind: 'protective_hold_matter_begun',
      epspId,
      chainPartnerId: hold.chainPartnerId,
      content,
    });
    return accepted(undefined);
  }

  private async eventOf(
    tx: Transaction,
    hold: LinkMeasure,
  ): Promise<Extract<HoldEvent, { type: 'hold_set' }>> {
    const view = await this.proposals.find((await proposalOfHold(tx, hold)) ?? '', tx);
    assert(view?.deciderPerson, `The hold ${hold.id} rests on two people.`);
    return holdStood(hold, {
      enteredBy: view.proposal.proposedBy.personId,
      approvedBy: view.deciderPerson,
    });
  }
}
