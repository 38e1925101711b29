import { Inject, Injectable } from '@nestjs/common';
import { LINK_FUNCTIONS, rknParameters } from '#libs/contracts';
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
import { Database } from '#libs/platform';
import { AgreementsService, NO_PARTNER } from '../agreements/index.js';
import { InstitutionsService } from '../institutions/index.js';
import { CLOCK } from '../platform/platform.module.js';
import { RecordsService } from '../records/index.js';
import type { Proposal, StaffMember } from '../staff/index.js';
import { decideHold, decideRelease } from './domain/decide-hold.js';
import type { HoldRefusal } from './domain/link.refusals.js';
import type { LinkMeasure, LinkScope, LinkState } from './domain/link-state.js';
import { LinksService, type LinkWriter } from './links.service.js';
import { endMeasure, insertMeasure, liveMeasureOn, measuresOf } from './storage/link.store.pg.js';

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
  readonly approver: StaffMember;
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

  private async setAt(
    institutionId: number,
    order: HoldOrder & { until: Instant },
    agreed: Agreed,
  ): Promise<HoldResult> {
    const now = await this.clock.now();
    const maxHours = await this.maxHours(institutionId, now);
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
    const decision = decideHold(measure, peopleOf(agreed), maxHours, now);
    if (!decision.ok) return decision;
    const changed = await this.links.change(institutionId, now, async (writer) => {
      if (await liveMeasureOn(writer.tx, institutionId, order, now)) return undefined;
      await insertMeasure(writer.tx, measure, agreed.proposal.id);
      await writer.put(stateOf(measure, decision.value));
      await this.record(writer, 'protective_hold_set', measure, agreed, now);
      return measure.id;
    });
    return changed
      ? accepted({ institutionId, measureId: changed.value, version: changed.version })
      : refused('state_conflict');
  }

  private async releaseAt(
    institutionId: number,
    order: HoldOrder,
    agreed: Agreed,
  ): Promise<HoldResult> {
    const now = await this.clock.now();
    let refusal: Refusal<HoldRefusal> = { code: 'hold_not_found' };
    const changed = await this.links.change(institutionId, now, async (writer) => {
      const id = await liveMeasureOn(writer.tx, institutionId, order, now);
      const measure = (await measuresOf(writer.tx, institutionId)).find((one) => one.id === id);
      if (!measure) return undefined;
      const decision = decideRelease(measure, peopleOf(agreed), order.basis, now);
      if (!decision.ok) {
        refusal = decision.refusal;
        return undefined;
      }
      await endMeasure(writer.tx, measure, agreed.proposal.id, now);
      await writer.put({ ...stateOf(measure, 'active'), basis: order.basis, until: undefined });
      await this.record(writer, 'protective_hold_released', measure, agreed, now);
      return measure.id;
    });
    return changed
      ? accepted({ institutionId, measureId: changed.value, version: changed.version })
      : { ok: false, refusal };
  }

  private async maxHours(institutionId: number, now: Instant): Promise<number | undefined> {
    const { id, constraint } = rknParameters.holdMaxDuration;
    const value = await this.institutions.parameter(institutionId, id, CivilDate.inTokyo(now));
    return value.ok ? constraint.read(value.value) : undefined;
  }

  private async record(
    writer: LinkWriter,
    kind: string,
    measure: LinkMeasure,
    { proposal, approver }: Agreed,
    at: Instant,
  ): Promise<void> {
    await this.records.append(writer.tx, {
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

const stateOf = (measure: LinkMeasure, state: LinkState['state']) => ({
  epspId: measure.epspId,
  chainPartnerId: measure.chainPartnerId,
  function: measure.function,
  state,
  clause: 'INT-13',
  basis: measure.basis,
  measureId: measure.id,
  since: measure.since,
  until: measure.until as Instant | undefined,
});
