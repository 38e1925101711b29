import { Inject, Injectable } from '@nestjs/common';
import { accepted, CivilDate, refused, type Clock, type Refusal, type Result } from '#libs/kernel';
import { Database } from '#libs/platform';
import { InstitutionsService } from '../institutions/index.js';
import { CLOCK } from '../platform/platform.module.js';
import type { Reconciliation } from './domain/reconciliation.js';
import { totalsOf } from './storage/reconciliation.store.pg.js';

export interface ReconcileTransfers {
  readonly institutionId: number;
  readonly clientId: string;
  readonly businessDate: CivilDate;
}

/** What a client sent on one day, so that both sides can find a difference without comparing rows. */
@Injectable()
export class ReconcileOwnTransfers {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(InstitutionsService) private readonly institutions: InstitutionsService,
  ) {}

  /**
   * Refuses with `date_not_allowed` for a day that has not begun, and with nothing else: what was fixed before a stop
   * is completed, and its client counts it whatever became of link, partner or catalogue since (RKN-S4c, INT-21).
   */
  async reconcile(
    asked: ReconcileTransfers,
  ): Promise<Result<Reconciliation, Refusal<'date_not_allowed'>>> {
    const { institutionId, clientId, businessDate } = asked;
    const at = await this.clock.now();
    const today = CivilDate.inTokyo(at);
    if (today.isBefore(businessDate))
      return refused('date_not_allowed', { facts: { today: today.toString() } });
    const { bankCode } = await this.institutions.byId(institutionId);
    const from = businessDate.at('00:00');
    const until = businessDate.plusDays(1).at('00:00');
    return this.database.inInstitution(institutionId, async (tx) => {
      const totals = await totalsOf(tx, institutionId, clientId, from, until);
      const isFinal = businessDate.isBefore(today);
      return accepted({ bankCode, businessDate, ...totals, isFinal, asOf: at });
    });
  }
}
