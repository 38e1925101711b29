import { Inject, Injectable } from '@nestjs/common';
import { accepted, type Refusal, type Result } from '#libs/kernel';
import {
  BankService,
  type Caller,
  type CoreRefusal,
  type Period,
  type IncomingTransfersView,
  type TransactionsView,
} from '../bank/index.js';
import { GATEWAY_CONFIG } from '../platform/config.js';
import { HostClock } from '../platform/host-clock.js';
import type { GatewaySecrets } from '../platform/secrets.js';
import { CursorSeal } from './cursor-seal.js';
import { decidePage, type CursorCode, type PageFilter } from './domain/cursor.js';

export interface StatementPage extends PageFilter {
  readonly after: string | undefined;
}

/** What both lists answer of the period that was read and of how they go on. */
type StatementView = Pick<TransactionsView, 'from' | 'to' | 'nextAfter'>;
type SizedPage = StatementPage & { readonly limit: number };
type SealedPage<View> = Promise<
  Result<{ readonly view: View; readonly next: string | undefined }, CoreRefusal>
>;

@Injectable()
export class InquiryService {
  private readonly seal: CursorSeal;

  constructor(
    @Inject(GATEWAY_CONFIG) config: { readonly secrets: Pick<GatewaySecrets, 'cursorKey'> },
    @Inject(BankService)
    private readonly bank: Pick<BankService, 'transactions' | 'incomingTransfers'>,
    @Inject(HostClock) private readonly clock: Pick<HostClock, 'read'>,
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
  transactions(caller: Caller, page: SizedPage): SealedPage<TransactionsView> {
    return this.read(caller, page, (...asked) => this.bank.transactions(caller, ...asked));
  }

  /** One page of what others sent, in the same manner. */
  incomingTransfers(caller: Caller, page: SizedPage): SealedPage<IncomingTransfersView> {
    return this.read(caller, page, (...asked) => this.bank.incomingTransfers(caller, ...asked));
  }

  private async read<View extends StatementView>(
    { consentId, customer }: Caller,
    { limit, after, ...filter }: SizedPage,
    ask: (bank: string, account: string, period: Period) => Promise<Result<View, CoreRefusal>>,
  ): SealedPage<View> {
    const { bankCode, accountId, from, to } = filter;
    const answer = await ask(bankCode, accountId, { from, to, after, limit });
    if (!answer.ok) return answer;
    const { nextAfter, from: first, to: last } = answer.value;
    if (nextAfter === null) return accepted({ view: answer.value, next: undefined });
    const madeAt = this.clock.read();
    // What was read with the customer there was never counted: nobody goes on from it alone for nothing.
    const countedFor = customer?.address === undefined ? consentId : undefined;
    // The period that was read, not the one that was asked for: midnight moves the ends that nobody named (SM-4.1-1).
    const period = { from: first, to: last };
    const next = this.seal.seal({ ...filter, ...period, after: nextAfter, madeAt, countedFor });
    return accepted({ view: answer.value, next });
  }
}
