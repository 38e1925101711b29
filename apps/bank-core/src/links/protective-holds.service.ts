import { Inject, Injectable } from '@nestjs/common';
import { LINK_FUNCTIONS, rknParameters, type HoldEvent, type LinkEvent } from '#libs/contracts';
import {
  accepted,
  assert,
  CivilDate,
  hashOf,
  instantToWire,
  newId,
  refused,
  type Clock,
  type Instant,
  type Refusal,
  type Result,
} from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import { AgreementsService, NO_PARTNER } from '../agreements/index.js';
import { InstitutionsService } from '../institutions/index.js';
import { CLOCK } from '../platform/platform.module.js';
import { RecordsService } from '../records/index.js';
import type { Proposal, StaffMember } from '../staff/index.js';
import { holdSet, type HoldPeople } from './domain/decide-hold.js';
import { HoldAdoption } from './hold-adoption.js';
import { HoldMatter } from './hold-matter.js';
import type { HoldRefusal } from './domain/link.refusals.js';
import type { LinkMeasure, LinkScope } from './domain/link-state.js';
import { LinksService } from './links.service.js';
import {
  endMeasure,
  insertMeasure,
  liveHoldOn,
  liveHolds,
  measuresOf,
} from './storage/link.store.pg.js';

/** What two people agreed on: the content of their proposal. */
export interface HoldOrder extends LinkScope {
  readonly institutionIds: readonly number[];
  readonly basis: string;
}

/** A hold as its proposal words it; its hash is what the second person approves (T-17). */
export const contentOfHold = (order: HoldOrder & { readonly until: Instant }): object => ({
  ...order,
  until: instantToWire(order.until),
});

export interface Agreed {
  readonly proposal: Proposal;
  readonly approver: Pick<StaffMember, 'mailAddress' | 'personId'>;
}

export interface HoldDone {
  readonly institutionId: number;
  readonly measureId: string;
  readonly version: bigint;
}

type HoldResult = Result<HoldDone, Refusal<HoldRefusal>>;

/** Protective holds: their own basis, two people, a latest end; no suspension of RKN-S4c (INT-13). */
@Injectable()
export class ProtectiveHoldsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(AgreementsService) private readonly agreements: AgreementsService,
    @Inject(RecordsService) private readonly records: RecordsService,
    @Inject(LinksService) private readonly links: LinksService,
    @Inject(HoldMatter) private readonly hold: HoldMatter,
    @Inject(HoldAdoption) private readonly adoption: HoldAdoption,
  ) {}

  /** Whether intermediary, chain partner and function exist. Refuses with `not_a_scope`. */
  async checkScope(scope: LinkScope): Promise<Result<void, Refusal<HoldRefusal>>> {
    const known = (await this.agreements.intermediary(scope.epspId)) !== undefined;
    const anyPartner = scope.chainPartnerId === '*' || scope.chainPartnerId === NO_PARTNER;
    const partner = anyPartner ? undefined : await this.agreements.partner(scope.chainPartnerId);
    const partnerFits = anyPartner || partner?.intermediaryId === scope.epspId;
    const functionFits =
      scope.function === '*' || (LINK_FUNCTIONS as readonly string[]).includes(scope.function);
    return known && partnerFits && functionFits ? accepted(undefined) : refused('not_a_scope');
  }

  /**
   * Sets the hold at each institution in a transaction of its own: a federation-wide hold is one child
   * measure each, and one institution's refusal leaves the others standing (RKN-S4c/d).
   */
  async set(
    order: HoldOrder & { until: Instant },
    agreed: Agreed,
  ): Promise<{ institutionId: number; result: HoldResult }[]> {
    assertAgreedOn(agreed, 'protective_hold', contentOfHold(order));
    const done = [];
    for (const institutionId of order.institutionIds)
      done.push({ institutionId, result: await this.setAt(institutionId, order, agreed) });
    return done;
  }

  /** Lifts the live hold on exactly this scope at each institution. */
  async release(
    order: HoldOrder,
    agreed: Agreed,
  ): Promise<{ institutionId: number; result: HoldResult }[]> {
    assertAgreedOn(agreed, 'protective_hold_release', order);
    const done = [];
    for (const institutionId of order.institutionIds)
      done.push({ institutionId, result: await this.releaseAt(institutionId, order, agreed) });
    return done;
  }

  list(institutionId: number): Promise<LinkMeasure[]> {
    return this.database.inInstitution(institutionId, (tx) => measuresOf(tx, institutionId));
  }

  /** At one institution, in a transaction that has entered it; a refusal leaves it unchanged. */
  async setIn(
    tx: Transaction,
    institutionId: number,
    order: HoldOrder & { until: Instant },
    { agreed, now }: { readonly agreed: Agreed; readonly now: Instant },
  ): Promise<HoldResult> {
    if (await liveHoldOn(tx, institutionId, order, now))
      return refused('hold_known', { clause: 'RKN-S4a' });
    const measure: LinkMeasure = {
      institutionId,
      id: newId('hold', now),
      epspId: order.epspId,
      chainPartnerId: order.chainPartnerId,
      function: order.function,
      basis: order.basis,
      since: now,
      until: order.until,
      releasedAt: undefined,
    };
    const maxHours = await this.maxHours(institutionId, now);
    const event = holdSet(measure, peopleOf(agreed), maxHours, now);
    const told = await this.tell(tx, measure, event, now, {
      type: 'hold_began',
      id: measure.id,
      happenedAt: now,
      institution: String(institutionId),
      hold: {
        id: measure.id,
        basis: measure.basis,
        removed: event.removed,
        since: now,
        latestEnd: measure.until,
      },
    });
    if (!told.ok) return told;
    await insertMeasure(tx, measure, agreed.proposal.id);
    await this.record(tx, 'protective_hold_set', measure, agreed, now);
    return told;
  }

  /** What the machine would say to this hold now, without anything being stored. */
  async wouldSet(
    tx: Transaction,
    institutionId: number,
    order: HoldOrder & { until: Instant },
    { people, now }: { readonly people: HoldPeople; readonly now: Instant },
  ): Promise<Result<void, Refusal<HoldRefusal>>> {
    if (await liveHoldOn(tx, institutionId, order, now))
      return refused('hold_known', { clause: 'RKN-S4a' });
    const maxHours = await this.maxHours(institutionId, now);
    const event = holdSet({ ...order, id: 'would', institutionId }, people, maxHours, now);
    const name = this.hold.nameOf(institutionId, order.epspId, event.id);
    const said = this.hold.step(this.hold.begin(name, now), event, now);
    return said.ok ? accepted(undefined) : said;
  }

  async wouldRelease(
    tx: Transaction,
    institutionId: number,
    order: HoldOrder,
    { people, now }: { readonly people: HoldPeople; readonly now: Instant },
  ): Promise<Result<void, Refusal<HoldRefusal>>> {
    const measure = await liveHoldOn(tx, institutionId, order, now);
    if (!measure) return refused('hold_not_found');
    const state = await this.adoption.state(tx, measure, now);
    if (!state.ok) return state;
    const event = {
      type: 'released',
      id: 'would',
      happenedAt: now,
      reason: order.basis,
      ...people,
    } as const;
    const said = this.hold.step(state.value, event, now);
    return said.ok ? accepted(undefined) : said;
  }

  async releaseIn(
    tx: Transaction,
    institutionId: number,
    order: HoldOrder,
    { agreed, now }: { readonly agreed: Agreed; readonly now: Instant },
  ): Promise<HoldResult> {
    const measure = await liveHoldOn(tx, institutionId, order, now);
    if (!measure) return refused('hold_not_found');
    const id = agreed.proposal.id;
    const event = {
      type: 'released',
      id,
      happenedAt: now,
      reason: order.basis,
      ...peopleOf(agreed),
    } as const;
    const told = await this.tellStanding(tx, measure, event, now);
    if (!told.ok) return told;
    await endMeasure(tx, measure, id, now);
    await this.record(tx, 'protective_hold_released', measure, agreed, now);
    return told;
  }

  /** The holds on an intermediary that are in force at the institution which the transaction has entered. */
  async liveOn(
    tx: Transaction,
    institutionId: number,
    epspId: string,
    now: Instant,
  ): Promise<readonly LinkMeasure[]> {
    const all = await liveHolds(tx, institutionId, now);
    return all.filter((one) => one.epspId === epspId);
  }

  /**
   * Every hold in force on the intermediary becomes this demand and ends: a demand stops nothing by itself (INT-13).
   * Refuses with `hold_unknown` where none is in force.
   */
  async becomeDemand(
    tx: Transaction,
    link: { readonly institutionId: number; readonly epspId: string },
    demand: { readonly id: string; readonly proposalId: string },
    now: Instant,
  ): Promise<Result<readonly string[], Refusal<HoldRefusal>>> {
    const { institutionId, epspId } = link;
    const live = await this.liveOn(tx, institutionId, epspId, now);
    if (live.length === 0) return refused('hold_unknown', { clause: 'RKN-S4a' });
    for (const measure of live) {
      const id = `${demand.id}:${measure.id}`;
      const event = { type: 'became_demand', id, happenedAt: now, demandId: demand.id } as const;
      const told = await this.tellStanding(tx, measure, event, now);
      if (!told.ok) return told;
      await endMeasure(tx, measure, demand.proposalId, now);
      await this.records.append(tx, {
        institutionId,
        happenedAt: now,
        kind: 'protective_hold_became_demand',
        epspId,
        chainPartnerId: measure.chainPartnerId,
        content: { reading: 'INT-13', measureId: measure.id, demandId: demand.id },
      });
    }
    return accepted(live.map(({ id }) => id));
  }

  private async setAt(
    institutionId: number,
    order: HoldOrder & { until: Instant },
    agreed: Agreed,
  ): Promise<HoldResult> {
    const now = await this.clock.now();
    return this.database.inInstitution(institutionId, (tx) =>
      this.setIn(tx, institutionId, order, { agreed, now }),
    );
  }

  private async releaseAt(
    institutionId: number,
    order: HoldOrder,
    agreed: Agreed,
  ): Promise<HoldResult> {
    const now = await this.clock.now();
    return this.database.inInstitution(institutionId, (tx) =>
      this.releaseIn(tx, institutionId, order, { agreed, now }),
    );
  }

  /** As `tell`, of a hold that stands: one from before holds were matters begins as one first. */
  private async tellStanding(
    tx: Transaction,
    measure: LinkMeasure,
    event: HoldEvent,
    now: Instant,
  ): Promise<HoldResult> {
    const begun = await this.adoption.begin(tx, measure, now);
    return begun.ok ? this.tell(tx, measure, event, now, endedBy(event.id, measure, now)) : begun;
  }

  /** The hold's machine first, then the link's: what the second refuses is a bug of ours, and takes the first back. */
  private async tell(
    tx: Transaction,
    { institutionId, epspId, id }: LinkMeasure,
    event: HoldEvent,
    now: Instant,
    ofLink: LinkEvent,
  ): Promise<HoldResult> {
    const name = this.hold.nameOf(institutionId, epspId, id);
    const held = await this.hold.matters.tell(tx, this.hold, name, event, now);
    if (!held.ok) return held;
    const told = await this.links.tell(tx, { institutionId, epspId }, ofLink, now);
    assert(told.ok, `The link refused what the hold ${id} had accepted.`);
    return accepted({ institutionId, measureId: id, version: told.value.version });
  }

  private async maxHours(institutionId: number, now: Instant): Promise<number | undefined> {
    const { id, constraint } = rknParameters.holdMaxDuration;
    const value = await this.institutions.parameter(institutionId, id, CivilDate.inTokyo(now));
    return value.ok ? constraint.read(value.value) : undefined;
  }

  private async record(
    tx: Transaction,
    kind: string,
    measure: LinkMeasure,
    { proposal, approver }: Agreed,
    at: Instant,
  ): Promise<void> {
    await this.records.append(tx, {
      institutionId: measure.institutionId,
      happenedAt: at,
      kind,
      epspId: measure.epspId,
      chainPartnerId: measure.chainPartnerId,
      content: {
        reading: 'INT-13',
        measureId: measure.id,
        function: measure.function,
        basis: measure.basis,
        since: instantToWire(measure.since),
        until: instantToWire(measure.until),
        proposalId: proposal.id,
        contentHash: proposal.contentHash,
        proposedBy: proposal.proposedBy.mailAddress,
        approvedBy: approver.mailAddress,
      },
    });
  }
}

/** Two people agreed on exactly this: whoever comes with another order has a bug (T-17). */
function assertAgreedOn({ proposal }: Agreed, kind: string, content: object): void {
  const isTheirs = proposal.kind === kind && proposal.contentHash === hashOf(content);
  assert(isTheirs, `Proposal ${proposal.id} is not about this ${kind}.`);
}

/** The machine counts natural persons, not accounts. */
const peopleOf = ({ proposal, approver }: Agreed) => ({
  enteredBy: proposal.proposedBy.personId,
  approvedBy: approver.personId,
});

const endedBy = (id: string, { id: holdId }: LinkMeasure, happenedAt: Instant): LinkEvent => ({
  type: 'hold_ended',
  id,
  happenedAt,
  holdId,
});
