import { Inject, Injectable } from '@nestjs/common';
import { accepted, CivilDate, newId, refused, type Refusal, type Result } from '#libs/kernel';
import type { IdempotencyRefusal } from '#libs/platform';
import { actOnce, type KeptAnswer } from '../platform/idempotency.js';
import type { InternalCaller } from '../platform/internal-caller.js';
import { Connections } from './connections.js';
import type { IntermediaryService } from './domain/contract-terms.js';
import type { FiledPartner } from './domain/filed-partner.js';
import type { ChainPartner, Intermediary, IntermediaryDesk } from './domain/intermediary.js';
import type { DeskRefusal } from './domain/proposal.refusals.js';
import {
  afterWithdrawal,
  changeProposal,
  checkProposal,
  isSameProposal,
  type ProposalChange,
  type ProposalRefusal,
  type ProposedPartner,
} from './domain/propose-partner.js';
import type { Registration } from './domain/registration.js';
import { FederationDesk } from './federation-desk.js';
import { AgreementStore } from './storage/agreement.store.pg.js';
import * as own from './storage/own-affairs.store.pg.js';
import { filedPartner, filedPartners } from './storage/partner-act.store.pg.js';
import { registrationsOf, servicesOf } from './storage/register.store.pg.js';

export interface Participant extends Intermediary {
  readonly desk: IntermediaryDesk;
  readonly registrations: readonly Registration[];
  readonly services: readonly IntermediaryService[];
}

type ChangeRefusal = ProposalRefusal | DeskRefusal | 'proposal_closed' | 'not_found';

/** No intermediary has more partners than one answer holds. */
const PARTNERS_MAX = 1_000;

/** What an intermediary does for itself. It concerns the federation as one party, which keeps the record. */
@Injectable()
export class ParticipantsService {
  constructor(
    @Inject(FederationDesk) private readonly federation: FederationDesk,
    @Inject(Connections) private readonly connections: Connections,
    @Inject(AgreementStore) private readonly store: AgreementStore,
  ) {}

  async participant(epspId: string): Promise<Participant | undefined> {
    const intermediary = await this.store.intermediary(epspId);
    if (!intermediary) return undefined;
    return this.federation.database.transaction(async (tx) => ({
      ...intermediary,
      desk: await own.deskOf(tx, epspId),
      registrations: await registrationsOf(tx, epspId),
      services: await servicesOf(tx, epspId),
    }));
  }

  /** Refuses with `version_conflict` where somebody else was first; `version` is what was read. */
  changeDesk(
    caller: InternalCaller,
    desk: IntermediaryDesk,
  ): Promise<Result<IntermediaryDesk, Refusal<DeskRefusal>>> {
    return this.federation.act(caller, async (tx, at, note) => {
      const changed = await own.writeDesk(tx, caller.epspId, desk, at);
      if (!changed) return refused('version_conflict');
      // The record says that it changed and when, never the address itself (T-30).
      await note('participant_desk_changed', { version: desk.version + 1 });
      return accepted({ ...desk, version: desk.version + 1 });
    });
  }

  partnersOf(epspId: string): Promise<FiledPartner[]> {
    return this.federation.database.transaction((tx) =>
      filedPartners(tx, { epspId, limit: PARTNERS_MAX }),
    );
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
    return this.federation.act(caller, (tx, at, note) =>
      actOnce(tx, { ...call, content: { ...partner } }, async () => {
        const today = CivilDate.inTokyo(at);
        const open = await own.countOpen(tx, epspId);
        const services = await servicesOf(tx, epspId);
        const checked = checkProposal(partner, { today, open, services });
        if (!checked.ok) return checked;
        const partnerId = newId('cp', at);
        await own.insertProposal(tx, { ...partner, id: partnerId, intermediaryId: epspId });
        await note('chain_partner_proposed', { partnerId, functions: partner.functions });
        return accepted({ partnerId });
      }),
    );
  }

  /**
   * Corrects a proposal and checks the whole anew; who said the same before has it already. Refuses with `not_found`
   * for a partner that is not the caller's own (T-14), `version_conflict`, `proposal_closed`, and as a proposal does.
   */
  change(
    caller: InternalCaller,
    partnerId: string,
    { version, ...change }: ProposalChange & { readonly version: number },
  ): Promise<Result<FiledPartner, Refusal<ChangeRefusal>>> {
    const { epspId } = caller;
    return this.federation.act(caller, async (tx, at, note) => {
      if ((await own.lockStatus(tx, epspId, partnerId)) === undefined) return refused('not_found');
      const filed = await filedPartner(tx, partnerId);
      if (!filed) return refused('not_found');
      if (filed.version !== version) return refused('version_conflict');
      const changed = changeProposal(filed, change);
      if (!changed.ok) return changed;
      if (isSameProposal(changed.value, filed)) return accepted(filed);
      // Of those that wait it is one itself.
      const open = (await own.countOpen(tx, epspId)) - 1;
      const today = CivilDate.inTokyo(at);
      const services = await servicesOf(tx, epspId);
      const checked = checkProposal(changed.value, { today, open, services });
      if (!checked.ok) return checked;
      await own.writeProposal(tx, changed.value);
      const { functions } = changed.value;
      await note('chain_partner_changed', { partnerId, version: version + 1, functions });
      return changed;
    });
  }

  /**
   * Takes a proposal back, or stops the connection with a partner; done twice it is done once. Institutions that had
   * asked for the stop hear of it: their measure has become needless (RKN-C2b/b).
   */
  withdraw(
    caller: InternalCaller,
    partnerId: string,
  ): Promise<Result<ChainPartner['status'], Refusal<'not_found'>>> {
    const { epspId } = caller;
    return this.federation.act(caller, async (tx, at, note) => {
      const before = await own.lockStatus(tx, epspId, partnerId);
      if (before === undefined) return refused('not_found');
      const after = afterWithdrawal(before);
      if (after !== before) {
        await own.writeStatus(tx, partnerId, after);
        const stopped = {
          type: 'partner_stopped',
          id: `withdrawn:${partnerId}`,
          happenedAt: at,
        } as const;
        // Where nobody had asked for it the machine has nothing to do with it, and says so.
        if (after === 'stopped')
          await this.connections.tellEverywhere(
            tx,
            { epspId, partnerId },
            () => Promise.resolve(stopped),
            at,
          );
        await note('chain_partner_withdrawn', { partnerId, before, after, clause: 'RKN-C2b' });
      }
      return accepted(after);
    });
  }
}
