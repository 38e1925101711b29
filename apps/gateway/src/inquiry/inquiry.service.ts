import { Inject, Injectable } from '@nestjs/common';
import { accepted, type Refusal, type Result } from '#libs/kernel';
import {
  BankService,
  type Caller,
  type CoreRefusal,
  type TransactionsView,
} from '../bank/index.js';
import { GATEWAY_CONFIG, type GatewayConfig } from '../platform/config.js';
import { HostClock } from '../platform/host-clock.js';
import { CursorSeal } from './cursor-seal.js';
import { decidePage, type CursorCode, type PageFilter } from './domain/cursor.js';

export interface StatementPage extends PageFilter {
  readonly after: string | undefined;
}

@Injectable()
export class InquiryService {
  private readonly seal: CursorSeal;

  constructor(
    @Inject(GATEWAY_CONFIG) config: GatewayConfig,
    @Inject(BankService) private readonly bank: BankService,
    @Inject(HostClock) private readonly clock: HostClock,
  ) {
    this.seal = new CursorSeal(config.secrets.cursorKey);
  }

  /** Which page is asked for: the first, or the one that the cursor names. */
  pageOf(
    asked: PageFilter,
    cursor: string | undefined,
  ): Result<StatementPage, Refusal<CursorCode>> {
    if (cursor === undefined) return accepted({ ...asked, after: undefined });
    return decidePage(this.seal.open(cursor), asked, this.clock.read());
  }

  /** One page of postings and the sealed cursor of the next one. */
  async transactions(
    caller: Caller,
    page: StatementPage & { readonly limit: number },
  ): Promise<Result<{ view: TransactionsView; next: string | undefined }, CoreRefusal>> {
    const { bankCode, accountId, from, to, after, limit } = page;
    const period = { from, to, after, limit };
    const answer = await this.bank.transactions(caller, bankCode, accountId, period);
    if (!answer.ok) return answer;
    const { nextAfter } = answer.value;
    const next =
      nextAfter === null
        ? undefined
        : this.seal.seal({
            bankCode,
            accountId,
            from,
            to,
            after: nextAfter,
            madeAt: this.clock.read(),
          });
    return accepted({ view: answer.value, next });
  }
}
