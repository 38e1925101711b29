import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { BankService } from '../bank/index.js';
import { Rounds } from '../platform/rounds.js';
import { GrantStore } from './storage/grant.store.pg.js';

const PAUSE_MS = 500;
const ROWS_MAX = 20;
/** A stable word in the consent's history, never text about a person. */
const REASON = 'grant_ended_by_client';

/**
 * Tells bank-core which consents lost their grant here, so that the holder's overview tells the truth
 * (RKN-D6). The rows are the truth: whatever is not told yet is told again, by whichever process is free.
 */
@Injectable()
export class TellEndsJob extends Rounds {
  constructor(
    @Inject(GrantStore) private readonly store: GrantStore,
    @Inject(BankService) private readonly bank: BankService,
  ) {
    super('ends not told, tried again', PAUSE_MS);
  }

  protected async round(): Promise<number> {
    for (const end of await this.store.untoldEnds(ROWS_MAX)) {
      const { clientId, epspId, chainPartnerId, bankCode, consentId, grantId } = end;
      const caller = { clientId, epspId, chainPartnerId, interactionId: randomUUID() };
      const told = await this.bank.revokeConsent(caller, bankCode, consentId, REASON);
      // A refusal is an answer: the consent is over already, or was never this client's.
      const isSilent = !told.ok && told.refusal.code === 'core_unavailable';
      if (isSilent) break;
      await this.store.markTold(grantId);
    }
    return PAUSE_MS;
  }
}
