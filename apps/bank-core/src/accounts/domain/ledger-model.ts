import { assert, type CivilDate, type Instant } from '#libs/kernel';
import { ledgerKey, orderHash } from './ledger-key.js';
import type { LedgerAnswer, LedgerOrder, LedgerStatus } from './ledger-order.js';
import { endHoldRefusal, judgeAccountChange, namedHold, yenOf } from './model/judge-hold.js';
import { judgeLines } from './model/judge-lines.js';
import {
  amountRefusal,
  correctionRefusal,
  limitDays,
  limitRefusal,
  linkRefusal,
} from './model/judge-request.js';
import {
  emptyLedger,
  isRefused,
  NEW_ACCOUNT,
  refuse,
  type Effects,
  type Judged,
  type LedgerState,
  type ModelAccount,
} from './model/ledger-state.js';
import { postingRows, type ModelPosting } from './model/posting-rows.js';

export interface Placed {
  readonly answer: LedgerAnswer;
  /** Empty where the key was known: its row stands already. */
  readonly rows: readonly ModelPosting[];
}

/** What the caller has found already: the ledger puts it after the link and the key. */
export type CallerRefusal = 'holder_unavailable' | 'debit_not_registered';

/**
 * The ledger of one institution as a sequential machine, in memory: what `ledger_post_many` must decide, store and
 * leave behind, order by order. Where a clause decides, libs/contracts is asked, so that the rule has one home.
 */
export class LedgerModel {
  constructor(readonly state: LedgerState = emptyLedger()) {}

  /** An account as it stands before the first order: free and with nothing in it unless said otherwise. */
  open(id: bigint, differing: Partial<ModelAccount> = {}): ModelAccount {
    const account = { ...NEW_ACCOUNT, ...differing };
    this.state.accounts.set(id, account);
    return account;
  }

  /** One order, decided at `at`; asked again with its key it answers the same, and changes nothing. */
  place(order: LedgerOrder, at: Instant, caller?: CallerRefusal): Placed {
    const [placed] = this.placeBatch([order], at, [caller]);
    assert(placed, 'One order has one answer.');
    return placed;
  }

  /**
   * One after another, each as if it were alone but for the booking date, which is the batch's: the latest business
   * date of its orders and of the accounts that they name, so that no account's dates go backwards.
   */
  placeBatch(
    orders: readonly LedgerOrder[],
    at: Instant,
    callers: readonly (CallerRefusal | undefined)[] = [],
  ): readonly Placed[] {
    const bookedOn = this.bookingDate(orders);
    return orders.map((order, index) => this.decide(order, { at, bookedOn }, callers[index]));
  }

  private bookingDate(orders: readonly LedgerOrder[]): CivilDate {
    const dates = orders.map((order) => order.bookedOn);
    for (const id of orders.flatMap(accountsOf)) {
      const account = this.state.accounts.get(id);
      if (account) dates.push(account.bookedOn);
    }
    return dates.reduce((latest, date) => (date.isAfter(latest) ? date : latest));
  }

  private decide(
    order: LedgerOrder,
    { at, bookedOn }: { readonly at: Instant; readonly bookedOn: CivilDate },
    caller: LedgerStatus | undefined,
  ): Placed {
    const { state } = this;
    const [key, hash] = [ledgerKey(order.key), orderHash(order)];
    // Access comes before a replayed answer (T-21), and a key that is known keeps its row.
    const stopped = linkRefusal(state.linkStops, order.party, at);
    const known = state.known.get(key);
    if (known) {
      const { status, detail } = known.hash === hash ? known : refuse('key_reused');
      return { answer: stopped ?? { status, detail }, rows: [] };
    }
    const judged = stopped ?? (caller ? refuse(caller) : this.judge(order, at));
    const answer = isRefused(judged) ? judged : refuse('posted');
    const legs = isRefused(judged) ? [] : judged.legs;
    if (!isRefused(judged)) this.apply(order, judged, bookedOn);
    state.known.set(key, { ...answer, hash, movedMoney: order.act === 'post' });
    return {
      answer,
      rows: postingRows(order, { key, hash, postedAt: at, bookedOn }, answer, legs),
    };
  }

  /** In the order in which the ledger looks; the first that applies is the answer. */
  private judge(order: LedgerOrder, at: Instant): Judged {
    const { state } = this;
    const name = namedHold(order);
    const hold = name === undefined ? undefined : state.holds.get(name);
    const corrects = order.act === 'post' && order.corrects ? ledgerKey(order.corrects) : undefined;
    const refusal =
      amountRefusal(order) ??
      limitRefusal(state, order.limit) ??
      correctionRefusal(state, corrects) ??
      (name === undefined ? undefined : endHoldRefusal(order, hold, at));
    if (refusal) return refusal;
    if (order.act !== 'post') {
      return judgeAccountChange(order, state.accounts.get(order.account), hold);
    }
    // A capture frees what its hold kept, then takes its amount.
    const judged = judgeLines(order, state.accounts, hold ? yenOf(hold) : 0n);
    if (isRefused(judged) || name === undefined || !hold) return judged;
    const capturedYen = order.lines[0]?.amountYen ?? 0n;
    const captured = { ...hold, state: 'captured', capturedYen, endedBy: ledgerKey(order.key) };
    return { ...judged, hold: [name, captured as typeof hold] };
  }

  private apply(order: LedgerOrder, effects: Effects, bookedOn: CivilDate): void {
    const { accounts, holds, limits, corrected } = this.state;
    for (const [id, account] of effects.accounts) accounts.set(id, { ...account, bookedOn });
    if (effects.hold) holds.set(...effects.hold);
    if (order.act === 'post' && order.corrects) corrected.add(ledgerKey(order.corrects));
    if (!order.limit) return;
    const { chargeYen } = order.limit;
    const days = limitDays(order.limit);
    const use = (day: string) => limits.get(day) ?? { requested: 0n, designated: 0n };
    const requested = use(days.requested);
    limits.set(days.requested, { ...requested, requested: requested.requested + chargeYen });
    const designated = use(days.designated);
    limits.set(days.designated, { ...designated, designated: designated.designated + chargeYen });
  }
}

const accountsOf = (order: LedgerOrder): readonly bigint[] =>
  order.act === 'post'
    ? order.lines.flatMap(({ debitAccount, creditAccount }) => [debitAccount, creditAccount])
    : [order.account];
