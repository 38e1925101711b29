import { mayProcessRequest } from '#libs/contracts';
import { assert, type Instant, type Yen } from '#libs/kernel';
import { ledgerKey } from '../ledger-key.js';
import type {
  CloseOrder,
  EndHoldOrder,
  HoldOrder,
  LedgerAnswer,
  LedgerOrder,
  LedgerStatus,
} from '../ledger-order.js';
import { processingFacts, refuse, type Judged } from './ledger-state.js';
import type { ModelAccount, ModelHold } from './ledger-state.js';

/** The uuid of the hold that an order captures or ends. */
export function namedHold(order: LedgerOrder): string | undefined {
  if (order.act === 'release' || order.act === 'expiry') return ledgerKey(order.hold);
  return order.act === 'post' && order.captures ? ledgerKey(order.captures) : undefined;
}

/** May this order end this hold? A hold of another account looks like none. */
export function endHoldRefusal(
  order: LedgerOrder,
  hold: ModelHold | undefined,
  at: Instant,
): LedgerAnswer | undefined {
  const account = order.act === 'post' ? order.lines[0]?.debitAccount : order.account;
  if (!hold || hold.account !== account) return refuse('hold_unknown');
  if (hold.state !== 'held') return refuse('hold_ended');
  const isPast = hold.expiresAt !== undefined && hold.expiresAt <= at;
  if (order.act === 'expiry' && !isPast) return refuse('hold_unknown');
  if (order.act !== 'post') return undefined;
  if (isPast) return refuse('hold_expired');
  // What reaches the whole account keeps no amount that could be taken.
  if (hold.amountYen === 'whole') return refuse('hold_unknown');
  const [line] = order.lines;
  return line && line.amountYen > hold.amountYen ? refuse('hold_exceeded') : undefined;
}

/** Closing, placing a hold or ending one: one leg, no money moves. */
export function judgeAccountChange(
  order: HoldOrder | EndHoldOrder | CloseOrder,
  account: ModelAccount | undefined,
  hold: ModelHold | undefined,
): Judged {
  if (!account) return refuse('debit_account_unknown');
  if (order.act === 'close') return judgeClosing(order, account);
  if (order.act === 'hold') return judgeHold(order, account);
  assert(hold, 'A hold that is not there was refused before.');
  if (account.closed) return refuse('account_closed');
  const freed = yenOf(hold);
  const changed = {
    ...account,
    held: account.held - freed,
    debitStops: account.debitStops - (hold.amountYen === 'whole' ? 1 : 0),
  };
  const ended = {
    ...hold,
    state: order.act === 'expiry' ? 'expired' : 'released',
    endedBy: ledgerKey(order.key),
  } as const;
  return oneLeg(order.account, changed, freed, [ledgerKey(order.hold), ended]);
}

function judgeClosing(order: CloseOrder, account: ModelAccount): Judged {
  if (account.closed) return refuse('account_closed');
  const isEmpty = account.balance === 0n && account.held === 0n && account.debitStops === 0;
  if (!isEmpty) return refuse('account_not_empty');
  return oneLeg(order.account, { ...account, closed: true }, 0n);
}

function judgeHold(order: HoldOrder, account: ModelAccount): Judged {
  const { kind, amountYen, expiresAt } = order;
  const refusal = holdRefusal(order, account);
  if (refusal) return refuse(refusal);
  const hold = { account: order.account, kind, amountYen, expiresAt, capturedYen: 0n } as const;
  const kept = yenOf(hold);
  const changed = {
    ...account,
    held: account.held + kept,
    debitStops: account.debitStops + (amountYen === 'whole' ? 1 : 0),
  };
  return oneLeg(order.account, changed, kept, [ledgerKey(order.key), { ...hold, state: 'held' }]);
}

/**
 * A reservation is a payment to be; an attachment comes whatever else stands, but takes from the deposit and not
 * from the overdraft line (`payableAmount`, SM-3.4-1-3). The whole account can be kept whatever is in it.
 */
function holdRefusal(order: HoldOrder, account: ModelAccount): LedgerStatus | undefined {
  if (order.amountYen === 'whole') return account.closed ? 'account_closed' : undefined;
  const isReservation = order.kind === 'reservation';
  const facts = processingFacts(account, order.amountYen, isReservation ? account.debitStops : 0);
  const usable = isReservation && order.mayUseOverdraft;
  const processing = mayProcessRequest(facts, { usable, lendingLimit: account.overdraft });
  if (processing.ok) return undefined;
  const { code } = processing.refusal;
  assert(code !== 'service_stopped', 'Whether the service is stopped is not the ledger’s to say.');
  return code;
}

export const yenOf = (hold: Pick<ModelHold, 'amountYen'>): Yen =>
  hold.amountYen === 'whole' ? 0n : hold.amountYen;

function oneLeg(
  id: bigint,
  changed: ModelAccount,
  amountYen: Yen,
  hold?: readonly [string, ModelHold],
): Judged {
  const account = { ...changed, version: changed.version + 1n };
  const debit = { debitSeq: account.version, debitBalance: account.balance };
  const leg = { amountYen, ...debit, creditSeq: null, creditBalance: null };
  return { legs: [leg], accounts: new Map([[id, account]]), ...(hold ? { hold } : {}) };
}
