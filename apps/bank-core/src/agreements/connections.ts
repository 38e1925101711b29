import { Inject, Injectable } from '@nestjs/common';
import type { ChainEvent } from '#libs/contracts';
import { CivilDate, type Instant } from '#libs/kernel';
import { enterInstitution, type Transaction } from '#libs/platform';
import { ChainPort } from './chain-port.js';
import type { ToldAt } from './domain/partner-act.js';
import { FederationDesk } from './federation-desk.js';
import { AgreementStore } from './storage/agreement.store.pg.js';

/** Tells something of a partner to the matter of every institution that the agreement covers. */
@Injectable()
export class Connections {
  constructor(
    @Inject(FederationDesk) private readonly federation: FederationDesk,
    @Inject(AgreementStore) private readonly store: AgreementStore,
    @Inject(ChainPort) readonly port: ChainPort,
  ) {}

  /** The institutions that an agreement in force covers at that instant. */
  async coveredBy(epspId: string, at: Instant): Promise<number[]> {
    const coverages = await this.store.coverages(CivilDate.inTokyo(at));
    return coverages
      .filter(({ intermediaryId }) => intermediaryId === epspId)
      .map(({ institutionId }) => institutionId);
  }

  /** One after the other in one transaction, which is at the federation again afterwards. */
  async tellEverywhere(
    tx: Transaction,
    partner: { readonly epspId: string; readonly partnerId: string },
    eventAt: (institutionId: number) => Promise<ChainEvent>,
    at: Instant,
  ): Promise<ToldAt[]> {
    const told: ToldAt[] = [];
    for (const institutionId of await this.coveredBy(partner.epspId, at)) {
      const event = await eventAt(institutionId);
      await enterInstitution(tx, institutionId);
      const answer = await this.port.book.tell(tx, { institutionId, ...partner }, event, at);
      if (answer.ok) told.push({ institutionId, state: answer.value.state.name });
      else {
        const { code, clause } = answer.refusal;
        told.push({ institutionId, refused: code, ...(clause === undefined ? {} : { clause }) });
      }
    }
    await enterInstitution(tx, await this.federation.federationId());
    return told;
  }
}
