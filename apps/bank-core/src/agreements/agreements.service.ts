import { Inject, Injectable } from '@nestjs/common';
import { accepted, type CivilDate, type Refusal, type Result } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { AgreementRefusal } from './domain/agreement.refusals.js';
import { decidePartner, NO_PARTNER } from './domain/decide-partner.js';
import type { ChainPartner, Coverage, Intermediary } from './domain/intermediary.js';
import { noticeOn, type AgreementVersion } from './domain/published-notice.js';
import { AgreementStore } from './storage/agreement.store.pg.js';

/** Who has an agreement, for which institutions, and with which chain partners behind them (RKN-0, RKN-C1a). */
@Injectable()
export class AgreementsService {
  constructor(@Inject(AgreementStore) private readonly store: AgreementStore) {}

  intermediary(epspId: string): Promise<Intermediary | undefined> {
    return this.store.intermediary(epspId);
  }

  intermediaries(): Promise<Intermediary[]> {
    return this.store.intermediaries();
  }

  /** Whose registration is revoked on that day, and since when: a fact that people are shown (RKN-0.2). */
  registrationsRevoked(on: CivilDate): Promise<ReadonlyMap<string, CivilDate>> {
    return this.store.registrationsRevoked(on);
  }

  partners(): Promise<ChainPartner[]> {
    return this.store.partners();
  }

  /** The partner by id, for its name; whether it may act is the business of `partnerFor`. */
  partner(id: string): Promise<ChainPartner | undefined> {
    return id === NO_PARTNER ? Promise.resolve(undefined) : this.store.partner(id);
  }

  /**
   * Whether traffic tagged with `partnerId` may use `fn` on that day; `none` is the intermediary's own and
   * always passes. Refuses with `chain_partner_unknown`, `chain_partner_stopped`, `chain_partner_scope`.
   */
  async partnerFor(
    partnerId: string,
    epspId: string,
    fn: string,
    on: CivilDate,
    tx?: Transaction,
  ): Promise<Result<ChainPartner | undefined, Refusal<AgreementRefusal>>> {
    if (partnerId === NO_PARTNER) return accepted(undefined);
    return decidePartner(await this.store.partner(partnerId, tx), epspId, fn, on);
  }

  /** Whether an agreement in force covers the institution on that day. Source: RKN-0.2. */
  covers(epspId: string, institutionId: number, on: CivilDate): Promise<boolean> {
    return this.store.covers(epspId, institutionId, on);
  }

  /** What is published on that day of the agreements that cover the institution, with whom (RKN-0.1). */
  async notices(
    institutionId: number,
    on: CivilDate,
  ): Promise<{ readonly intermediary: Intermediary; readonly version: AgreementVersion }[]> {
    const versions = await this.store.versionsFor(institutionId, on);
    const byParty = Map.groupBy(versions, ({ intermediaryId }) => intermediaryId);
    const all = await this.store.intermediaries();
    return all.flatMap((intermediary) => {
      const version = noticeOn(byParty.get(intermediary.id) ?? [], on);
      return version ? [{ intermediary, version }] : [];
    });
  }

  coverages(on: CivilDate): Promise<Coverage[]> {
    return this.store.coverages(on);
  }
}
