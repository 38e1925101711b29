import { Inject, Injectable } from '@nestjs/common';
import { rknParameters } from '#libs/contracts';
import {
  accepted,
  assert,
  CivilDate,
  newId,
  refused,
  type Instant,
  type Refusal,
  type Result,
} from '#libs/kernel';
import { enterInstitution, type IdempotencyRefusal, type Transaction } from '#libs/platform';
import { actOnce, type KeptAnswer } from '../platform/idempotency.js';
import type { InternalCaller } from '../platform/internal-caller.js';
import { Connections } from './connections.js';
import type { ActRefusal } from './domain/act.refusals.js';
import type { FiledPartner } from './domain/filed-partner.js';
import { openItems, type OpenItem } from './domain/open-item.js';
import {
  aboutOf,
  eventOfAct,
  prefixOf,
  type ActSaid,
  type PartnerAct,
  type ToldAt,
} from './domain/partner-act.js';
import { FederationDesk } from './federation-desk.js';
import { lockStatus } from './storage/own-affairs.store.pg.js';
import {
  actsOf,
  filedPartner,
  filedPartners,
  insertAct,
  partnersWithDocument,
  type PartnerFilter,
} from './storage/partner-act.store.pg.js';

export interface ActTaken {
  readonly actId: string;
  readonly about: string | null;
  readonly told: readonly ToldAt[];
}

/** Where a partner's connection stands at one institution, with what has come due there. */
export interface ConnectionAt {
  readonly institutionId: number;
  readonly state: string;
  readonly deadlines: readonly { name: string; clause: string; dueAt: Instant }[];
  readonly open: readonly OpenItem[];
}

export interface PartnerFile {
  readonly partner: FiledPartner;
  readonly acts: readonly PartnerAct[];
  readonly connections: readonly ConnectionAt[];
}

/**
 * What an intermediary asks of its partners and reports of them (RKN-C1b to C1d). One entry is told to the matter of
 * every covered institution, each of which decides for itself what it makes of it; all in one transaction.
 */
@Injectable()
export class PartnerActsService {
  constructor(
    @Inject(FederationDesk) private readonly federation: FederationDesk,
    @Inject(Connections) private readonly connections: Connections,
  ) {}

  /**
   * Once per key. Refuses with `not_found` for a partner that is not the caller's own (T-14), and with the
   * machine's first refusal where no institution's matter takes it; then nothing is entered.
   */
  enter(
    caller: InternalCaller,
    key: string,
    partnerId: string,
    said: ActSaid,
  ): Promise<Result<KeptAnswer<ActTaken>, Refusal<ActRefusal | IdempotencyRefusal | 'not_found'>>> {
    const { clientId, epspId } = caller;
    const route = `chain-partners/${partnerId}/acts`;
    const call = {
      institutionId: 'federation',
      clientId,
      route,
      key,
      content: { ...said },
    } as const;
    return this.federation.act(caller, (tx, at, note) =>
      actOnce(tx, call, async (): Promise<Result<ActTaken, Refusal<ActRefusal | 'not_found'>>> => {
        if ((await lockStatus(tx, epspId, partnerId)) === undefined) return refused('not_found');
        const about = aboutOf(said.kind, await actsOf(tx, partnerId));
        const act = { ...said, id: newId(prefixOf(said.kind), at), partnerId, about, at };
        const told = await this.tellEverywhere(tx, epspId, act);
        if (!told.ok) return told;
        await insertAct(tx, { ...act, told: told.value }, clientId);
        const { id, kind } = act;
        await note(`chain_partner_${kind}`, { actId: id, partnerId, about, told: told.value });
        return accepted({ actId: id, about: about ?? null, told: told.value });
      }),
    );
  }

  /** In the order of their ids. */
  list(filter: PartnerFilter): Promise<FiledPartner[]> {
    return this.federation.database.transaction((tx) => filedPartners(tx, filter));
  }

  /** The partner with its history, and where it stands at each covered institution of `among`. */
  async file(
    partnerId: string,
    among: 'all' | readonly number[],
    epspId?: string,
  ): Promise<PartnerFile | undefined> {
    const at = await this.federation.clock.now();
    return this.federation.database.transaction(async (tx) => {
      const partner = await filedPartner(tx, partnerId);
      if (!partner || (epspId !== undefined && partner.intermediaryId !== epspId)) return undefined;
      const acts = await actsOf(tx, partnerId);
      const covered = await this.connections.coveredBy(partner.intermediaryId, at);
      const connections: ConnectionAt[] = [];
      for (const institutionId of covered.filter((id) => among === 'all' || among.includes(id)))
        connections.push(await this.connectionAt(tx, institutionId, partner, acts, at));
      return { partner, acts, connections };
    });
  }

  /** What has come due of a partner at one institution: grounds may point at it, nothing follows by itself. */
  async openAt(institutionId: number, partnerId: string): Promise<readonly OpenItem[]> {
    const at = await this.federation.clock.now();
    return this.federation.database.inInstitution(institutionId, async (tx) => {
      const partner = await filedPartner(tx, partnerId);
      if (!partner) return [];
      const acts = await actsOf(tx, partnerId);
      return (await this.connectionAt(tx, institutionId, partner, acts, at)).open;
    });
  }

  /** Partners that the file with this hash was filed of, as their contract or with a report. */
  withDocument(tx: Transaction, epspId: string, sha256: string) {
    return partnersWithDocument(tx, epspId, sha256);
  }

  private async connectionAt(
    tx: Transaction,
    institutionId: number,
    partner: FiledPartner,
    acts: readonly PartnerAct[],
    at: Instant,
  ): Promise<ConnectionAt> {
    await enterInstitution(tx, institutionId);
    const of = { institutionId, epspId: partner.intermediaryId, partnerId: partner.id };
    const state = await this.connections.port.book.state(tx, of, at);
    return {
      institutionId,
      state: state.name,
      deadlines: state.deadlines.map(({ name, clause, dueAt }) => ({ name, clause, dueAt })),
      open: openItems(state, acts),
    };
  }

  /** Refused where every institution refuses; otherwise each one's answer, refusals among them. */
  private async tellEverywhere(
    tx: Transaction,
    epspId: string,
    act: Omit<PartnerAct, 'told'>,
  ): Promise<Result<ToldAt[], Refusal<ActRefusal>>> {
    const { partnerId, at } = act;
    if (eventOfAct(act, undefined) === undefined) return accepted([]);
    await tx.query('savepoint before_telling');
    const told = await this.connections.tellEverywhere(
      tx,
      { epspId, partnerId },
      async (institutionId) => {
        const event = eventOfAct(act, await this.reportDays(institutionId, at));
        assert(event, 'What moves nothing is told to nobody.');
        return event;
      },
      at,
    );
    if (told.some((one) => 'state' in one)) return accepted(told);
    await tx.query('rollback to savepoint before_telling');
    const first = told.find((one) => 'refused' in one);
    const code = (first?.refused ?? 'institution_not_covered') as ActRefusal;
    return refused(code, { clause: first?.clause ?? 'RKN-0.2' });
  }

  /** P.rkn.c1.reportToFi in days; undefined while the institution has not set it, and the machine refuses. */
  private async reportDays(institutionId: number, at: Instant): Promise<number | undefined> {
    const { id, constraint } = rknParameters.c1ReportToFi;
    const on = CivilDate.inTokyo(at);
    const value = await this.federation.institutions.parameter(institutionId, id, on);
    return value.ok ? constraint.read(value.value) : undefined;
  }
}
