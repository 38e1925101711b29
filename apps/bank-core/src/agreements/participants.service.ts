import { Inject, Injectable } from '@nestjs/common';
import {
  accepted,
  assert,
  CivilDate,
  newId,
  refused,
  type Clock,
  type Refusal,
  type Result,
} from '#libs/kernel';
import { Database, type IdempotencyRefusal, type Transaction } from '#libs/platform';
import { InstitutionsService } from '../institutions/index.js';
import { actOnce, type KeptAnswer } from '../platform/idempotency.js';
import type { InternalCaller } from '../platform/internal-caller.js';
import { CLOCK } from '../platform/platform.module.js';
import { RecordsService } from '../records/index.js';
import type { ChainPartner, Intermediary, IntermediaryDesk } from './domain/intermediary.js';
import type { DeskRefusal } from './domain/proposal.refusals.js';
import {
  afterWithdrawal,
  checkProposal,
  type ProposalRefusal,
  type ProposedPartner,
} from './domain/propose-partner.js';
import { AgreementStore } from './storage/agreement.store.pg.js';
import * as own from './storage/own-affairs.store.pg.js';

export interface Participant extends Intermediary {
  readonly desk: IntermediaryDesk;
}

/** What an intermediary does for itself. It concerns the federation as one party, which keeps the record. */
@Injectable()
export class ParticipantsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
    @Inject(RecordsService) private readonly records: RecordsService,
    @Inject(AgreementStore) private readonly store: AgreementStore,
  ) {}

  async participant(epspId: string): Promise<Participant | undefined> {
    const intermediary = await this.store.intermediary(epspId);
    if (!intermediary) return undefined;
    const desk = await this.database.transaction((tx) => own.deskOf(tx, epspId));
    return { ...intermediary, desk };
  }

  /** Refuses with `version_conflict` where somebody else was first; `version` is what was read. */
  changeDesk(
    caller: InternalCaller,
    desk: IntermediaryDesk,
  ): Promise<Result<IntermediaryDesk, Refusal<DeskRefusal>>> {
    return this.act(caller, async (tx, at, note) => {
      const changed = await own.writeDesk(tx, caller.epspId, desk, at);
      if (!changed) return refused('version_conflict');
      // The record says that it changed and when, never the address itself (T-30).
      await note('participant_desk_changed', { version: desk.version + 1 });
      return accepted({ ...desk, version: desk.version + 1 });
    });
  }

  partnersOf(epspId: string): Promise<ChainPartner[]> {
    return this.store.partnersOf(epspId);
  }

  /** Once per key; what it makes is only a proposal, which passes no call (RKN-C1a). */
  propose(
    caller: InternalCaller,
    key: string,
    partner: ProposedPartner,
  ): Promise<
    Result<
      KeptAnswer<{ readonly partnerId: string }>,
      Refusal<ProposalRefusal | IdempotencyRefusal>
    >
  > {
    const { clientId, epspId } = caller;
    const call = { institutionId: 'federation', clientId, route: 'chain-partners', key } as const;
    return this.act(caller, (tx, at, note) =>
      actOnce(tx, { ...call, content: { ...partner } }, async () => {
        const today = CivilDate.inTokyo(at);
        const checked = checkProposal(partner, { today, open: await own.countOpen(tx, epspId) });
        if (!checked.ok) return checked;
        const partnerId = newId('cp', at);
        await own.insertProposal(tx, { ...partner, id: partnerId, intermediaryId: epspId });
        await note('chain_partner_proposed', { partnerId, functions: partner.functions });
        return accepted({ partnerId });
      }),
    );
  }

  /** Takes a proposal back, or stops the connection with a partner; done twice it is done once. */
  withdraw(
    caller: InternalCaller,
    partnerId: string,
  ): Promise<Result<ChainPartner['status'], Refusal<'not_found'>>> {
    return this.act(caller, async (tx, _at, note) => {
      const before = await own.lockStatus(tx, caller.epspId, partnerId);
      if (before === undefined) return refused('not_found');
      const after = afterWithdrawal(before);
      if (after !== before) {
        await own.writeStatus(tx, partnerId, after);
        await note('chain_partner_withdrawn', { partnerId, before, after, clause: 'RKN-C2b' });
      }
      return accepted(after);
    });
  }

  private async act<Value>(
    { epspId, clientId, interactionId }: InternalCaller,
    work: (
      tx: Transaction,
      at: number,
      note: (kind: string, content: object) => Promise<void>,
    ) => Promise<Value>,
  ): Promise<Value> {
    const at = await this.clock.now();
    const federation = (await this.institutions.all()).find(({ kind }) => kind === 'federation');
    assert(federation, 'The federation is one of the institutions.');
    const { id: institutionId } = federation;
    return this.database.inInstitution(institutionId, (tx) =>
      work(tx, at, (kind, content) =>
        this.records.append(tx, {
          institutionId,
          happenedAt: at,
          kind,
          epspId,
          clientId,
          interactionId,
          content,
        }),
      ),
    );
  }
}
