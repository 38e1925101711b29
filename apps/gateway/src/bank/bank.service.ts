import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { accepted, type Result } from '#libs/kernel';
import {
  BankCoreSilent,
  BankCoreTransport,
  type AccountView,
  type AccountsView,
  type ApprovalHandle,
  type ApprovalRequest,
  type ApprovalResult,
  type BalancesView,
  type BankCoreCall,
  type BankCoreFile,
  type BankCoreProblem,
  type CatalogueView,
  type ConsentAccountsView,
  type ConsentHistoryView,
  type ConsentsView,
  type ConsentView,
  type ChangesView,
  type OutagesView,
  type FundsRequest,
  type FundsView,
  type IncomingTransfersView,
  type LimitsView,
  type QuoteRequest,
  type QuoteView,
  type ReconciliationView,
  type RiskSignalReceipt,
  type RiskSignalsRequest,
  type TransactionsView,
  type TransferRequest,
  type TransferView,
} from '#libs/bank-core-client';
import { Metrics, traceParentNow } from '#libs/platform';
import { GATEWAY_CONFIG, type GatewayConfig } from '../platform/config.js';
import { CallWatch, resourceOf } from './call-watch.js';
import { isCatalogueView, isOutagesView } from './domain/answer-shapes.js';
import { isCoreCode } from './domain/core.refusals.js';
import type { CoreRefusal } from './core.problems.js';

/** On whose behalf a call is made; bank-core judges it again from these four. */
export interface Caller {
  readonly clientId: string;
  readonly epspId: string;
  /** `none`, or the chain partner that was fixed at approval (RKN-D1). */
  readonly chainPartnerId: string;
  readonly interactionId: string;
  readonly consentId?: string | undefined;
  /** What the intermediary said of its customer; bank-core's record keeps it (SM-3.5). */
  readonly customer?: CustomerClaim | undefined;
}

/** Claimed by the intermediary, vouched for by nobody else. */
export interface CustomerClaim {
  /** IPv4 or IPv6: the customer is there and waits. */
  readonly address?: string;
  /** When the customer logged in at the intermediary, as on the wire. */
  readonly loggedInAt?: string;
}

export interface Period {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly limit: number;
  readonly after?: string | undefined;
}

/** An answer under an idempotency key: `isReplay` where an earlier call had it already. */
export interface Once<Value> {
  readonly value: Value;
  readonly isReplay: boolean;
}

export interface ConsentsPage {
  readonly state?: string | undefined;
  readonly limit: number;
  readonly after?: string | undefined;
}

type Answer<Value> = Promise<Result<Value, CoreRefusal>>;

/** One method per call of bank-core's internal API. Refusals are values; see `core.refusals.ts`. */
@Injectable()
export class BankService implements OnApplicationShutdown {
  readonly transport: BankCoreTransport;
  private readonly log = new Logger('BankService');
  private readonly calls: CallWatch;

  constructor(@Inject(GATEWAY_CONFIG) config: GatewayConfig, @Inject(Metrics) metrics: Metrics) {
    this.transport = new BankCoreTransport(config.bankCore, config.patience.bankAnswerMs);
    this.calls = new CallWatch(metrics);
  }

  /** Stores the content of one transfer at the push. The same content returns the same transfer. */
  prepareTransfer(caller: Caller, bankCode: string, body: TransferRequest): Answer<TransferView> {
    const path = `institutions/${bankCode}/transfers`;
    return this.ask(caller, { method: 'POST', path, body });
  }

  transferByInstruction(caller: Caller, bankCode: string, id: string): Answer<TransferView> {
    const path = `institutions/${bankCode}/transfers`;
    return this.ask(caller, { method: 'GET', path, query: { instructionId: id } });
  }

  transferById(caller: Caller, bankCode: string, transferId: string): Answer<TransferView> {
    return this.ask(caller, {
      method: 'GET',
      path: `institutions/${bankCode}/transfers/${transferId}`,
    });
  }

  /** Hands a pushed request over to bank-core's pages; the handle in the answer opens them once. */
  openApproval(caller: Caller, body: ApprovalRequest): Answer<ApprovalHandle> {
    return this.ask(caller, { method: 'POST', path: 'approvals', body });
  }

  /** What the holder decided, and how its consent stands by then; told again for twenty minutes. */
  approvalResult(caller: Caller, handle: string): Answer<ApprovalResult> {
    return this.ask(caller, { method: 'POST', path: 'approvals/results', body: { handle } });
  }

  accounts(caller: Caller, bankCode: string): Answer<AccountsView> {
    return this.ask(caller, { method: 'GET', path: `institutions/${bankCode}/accounts` });
  }

  account(caller: Caller, bankCode: string, accountId: string): Answer<AccountView> {
    const path = `institutions/${bankCode}/accounts/${accountId}`;
    return this.ask(caller, { method: 'GET', path });
  }

  balances(caller: Caller, bankCode: string, accountId: string): Answer<BalancesView> {
    const path = `institutions/${bankCode}/accounts/${accountId}/balances`;
    return this.ask(caller, { method: 'GET', path });
  }

  transactions(
    caller: Caller,
    bankCode: string,
    accountId: string,
    { from, to, limit, after }: Period,
  ): Answer<TransactionsView> {
    return this.ask(caller, {
      method: 'GET',
      path: `institutions/${bankCode}/accounts/${accountId}/transactions`,
      query: { from, to, after, limit: String(limit) },
    });
  }

  /** 振込入金明細, in pages as `transactions`. */
  incomingTransfers(
    caller: Caller,
    bankCode: string,
    accountId: string,
    { from, to, limit, after }: Period,
  ): Answer<IncomingTransfersView> {
    return this.ask(caller, {
      method: 'GET',
      path: `institutions/${bankCode}/accounts/${accountId}/incoming-transfers`,
      query: { from, to, after, limit: String(limit) },
    });
  }

  limits(caller: Caller, bankCode: string, accountId: string): Answer<LimitsView> {
    const path = `institutions/${bankCode}/accounts/${accountId}/limits`;
    return this.ask(caller, { method: 'GET', path });
  }

  /** Yes or no; bank-core counts the answers and caps them (T-15). */
  confirmFunds(caller: Caller, bankCode: string, body: FundsRequest): Answer<FundsView> {
    const path = `institutions/${bankCode}/funds-confirmations`;
    return this.ask(caller, { method: 'POST', path, body });
  }

  /** Fee, kind, day and arrival of a transfer that nobody has asked for yet. */
  quoteTransfer(caller: Caller, bankCode: string, body: QuoteRequest): Answer<QuoteView> {
    const path = `institutions/${bankCode}/transfer-quotes`;
    return this.ask(caller, { method: 'POST', path, body });
  }

  /** Count, sums and hash of the client's own transfers of one day. */
  reconciliation(caller: Caller, bankCode: string, date: string): Answer<ReconciliationView> {
    const path = `institutions/${bankCode}/reconciliations/${date}`;
    return this.ask(caller, { method: 'GET', path });
  }

  reportRiskSignals(
    caller: Caller,
    bankCode: string,
    transferId: string,
    key: string,
    body: RiskSignalsRequest,
  ): Answer<Once<RiskSignalReceipt>> {
    const path = `institutions/${bankCode}/transfers/${transferId}/risk-signals`;
    return this.askOnce(caller, key, { method: 'POST', path, body });
  }

  /** The caller's own consents in every state, the newest first. */
  consents(caller: Caller, bankCode: string, page: ConsentsPage): Answer<ConsentsView> {
    const { state, limit, after } = page;
    return this.ask(caller, {
      method: 'GET',
      path: `institutions/${bankCode}/consents`,
      query: { state, after, limit: String(limit) },
    });
  }

  /** One of them; another's answers as one that never was. */
  consent(caller: Caller, bankCode: string, consentId: string): Answer<ConsentView> {
    const path = `institutions/${bankCode}/consents/${consentId}`;
    return this.ask(caller, { method: 'GET', path });
  }

  consentAccounts(caller: Caller, bankCode: string, id: string): Answer<ConsentAccountsView> {
    const path = `institutions/${bankCode}/consents/${id}/accounts`;
    return this.ask(caller, { method: 'GET', path });
  }

  /** Versions, the newest first, or those of one kind of change. */
  consentHistory(
    caller: Caller,
    bankCode: string,
    consentId: string,
    { change, limit, after }: Omit<ConsentsPage, 'state'> & { readonly change?: string },
  ): Answer<ConsentHistoryView> {
    return this.ask(caller, {
      method: 'GET',
      path: `institutions/${bankCode}/consents/${consentId}/history`,
      query: { change, after, limit: String(limit) },
    });
  }

  /** Tells bank-core that the intermediary ended the right to call. */
  revokeConsent(caller: Caller, bankCode: string, consentId: string, reason: string): Answer<void> {
    const path = `institutions/${bankCode}/consents/${consentId}/revocations`;
    return this.ask(caller, { method: 'POST', path, body: { reason } });
  }

  catalogue(interactionId: string): Answer<CatalogueView> {
    return this.askForKeeping('catalogue', interactionId, isCatalogueView);
  }

  /** What changed for intermediaries behind a cursor; waits up to `waitSeconds` where nothing did. */
  changes(interactionId: string, cursor: string, waitSeconds: number): Answer<ChangesView> {
    const query = { cursor, waitSeconds: String(waitSeconds) };
    return this.ask(nobody(interactionId), { method: 'GET', path: 'changes', query });
  }

  outages(interactionId: string): Answer<OutagesView> {
    return this.askForKeeping('outages', interactionId, isOutagesView);
  }

  onApplicationShutdown(): void {
    this.transport.close();
  }

  /** For the rest of this room; every other room asks for a function of its own. */
  async ask<Value>(caller: Caller, call: Omit<BankCoreCall, 'headers'>): Answer<Value> {
    const answer = await this.send<Value>(caller, call, {});
    return answer.ok ? accepted(answer.value.value) : answer;
  }

  /** A change under the caller's own key: sent twice it is made once, and answered the same. */
  askOnce<Value>(
    caller: Caller,
    key: string,
    call: Omit<BankCoreCall, 'headers'>,
  ): Answer<Once<Value>> {
    return this.send(caller, call, { 'x-renkei-idempotency-key': key });
  }

  /** A document as bank-core draws it, byte for byte. */
  async fetch(caller: Caller, call: Omit<BankCoreCall, 'headers'>): Answer<BankCoreFile> {
    const full = { ...call, headers: headersOf(caller, {}) };
    return this.orSilence(call, async () => {
      const answer = await this.calls.see(call, () => this.transport.fetch(full));
      return answer.ok ? accepted(answer.file) : this.refusalOf(call, answer);
    });
  }

  /** What many calls are judged by afterwards: in another shape than agreed it is no answer. */
  private async askForKeeping<Value>(
    path: string,
    interactionId: string,
    isAgreed: (value: unknown) => value is Value,
  ): Answer<Value> {
    const answer = await this.ask<unknown>(nobody(interactionId), { method: 'GET', path });
    if (!answer.ok) return answer;
    const { value } = answer;
    if (isAgreed(value)) return accepted(value);
    this.log.error(`bank-core answered ${path} in a shape that is not agreed`);
    return silence(false);
  }

  private send<Value>(
    caller: Caller,
    call: Omit<BankCoreCall, 'headers'>,
    more: Readonly<Record<string, string>>,
  ): Answer<Once<Value>> {
    const full = { ...call, headers: headersOf(caller, more) };
    return this.orSilence(call, async () => {
      const answer = await this.calls.see(call, () => this.transport.call(full));
      if (!answer.ok) return this.refusalOf(call, answer);
      return accepted({ value: answer.body as Value, isReplay: answer.isReplay });
    });
  }

  private async orSilence<Value>(
    { method, path }: Pick<BankCoreCall, 'method' | 'path'>,
    work: () => Answer<Value>,
  ): Answer<Value> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof BankCoreSilent)) throw error;
      return silence(error.sent && method === 'POST' && path.endsWith('/transfers'));
    }
  }

  private refusalOf(
    { path }: Pick<BankCoreCall, 'path'>,
    answer: { readonly problem: BankCoreProblem; readonly retryAfterSeconds?: number },
  ): { readonly ok: false; readonly refusal: CoreRefusal } {
    const { code, clause, facts } = answer.problem;
    if (!isCoreCode(code)) {
      // The two servers disagree about their contract: for the caller that is no answer.
      this.log.error(
        `bank-core refused ${resourceOf(path)} with a code that has no entry: ${code}`,
      );
      return silence(false);
    }
    const wait = answer.retryAfterSeconds;
    const refusal = {
      code,
      ...(clause ? { clause } : {}),
      ...(facts ? { facts } : {}),
      ...(wait ? { retryAfterSeconds: wait } : {}),
    };
    return { ok: false, refusal };
  }
}

/** Whose call it is, in the headers of the internal API. */
function headersOf(
  caller: Caller,
  more: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const traceparent = traceParentNow();
  const { customer } = caller;
  return {
    ...(traceparent ? { traceparent } : {}),
    'x-fapi-interaction-id': caller.interactionId,
    'x-renkei-client': caller.clientId,
    'x-renkei-epsp': caller.epspId,
    'x-renkei-chain-partner': caller.chainPartnerId,
    ...(caller.consentId ? { 'x-renkei-consent': caller.consentId } : {}),
    ...(customer?.address ? { 'x-renkei-customer-address': customer.address } : {}),
    ...(customer?.loggedInAt ? { 'x-renkei-customer-logged-in-at': customer.loggedInAt } : {}),
    ...more,
  };
}

/** For what belongs to the gateway itself and to no intermediary. */
const nobody = (interactionId: string): Caller => ({
  clientId: 'none',
  epspId: 'none',
  chainPartnerId: 'none',
  interactionId,
});

/** Without an answer a read failed and may be tried again; a write may have been carried out. */
const silence = (mayHaveActed: boolean): { readonly ok: false; readonly refusal: CoreRefusal } => ({
  ok: false,
  refusal: { code: mayHaveActed ? 'outcome_unknown' : 'core_unavailable' },
});
