import type { CivilDate } from '#libs/kernel';
import type { CallerRefusal } from '../../domain/ledger-model.js';
import type {
  LedgerLimit,
  LedgerOrder,
  LedgerParty,
  PostOrder,
} from '../../domain/ledger-order.js';
import { HOLD_KINDS } from '../../domain/ledger-order.js';
import type { ModelAccount, ModelLinkStop } from '../../domain/model/ledger-state.js';
import {
  close,
  end,
  FREE,
  hold,
  line,
  post,
  STATES,
  stepAt,
  TODAY,
  TOMORROW,
} from './order-builders.js';

/** Orders that come one after another, a second apart, over accounts of their own. */
export interface LedgerCase {
  readonly accounts: ReadonlyMap<bigint, Partial<ModelAccount>>;
  readonly steps: readonly LedgerOrder[];
  readonly caller?: CallerRefusal;
}

let nextAccount = 1_000n;
const MAX = 1_000_000_000_000n;

/** Three accounts, the first two in the states given, the third free; none shared with another case. */
function accountsIn(...states: readonly (Partial<ModelAccount> | undefined)[]) {
  const ids = [nextAccount, nextAccount + 1n, nextAccount + 2n] as const;
  nextAccount += 3n;
  const accounts = new Map<bigint, Partial<ModelAccount>>();
  ids.forEach((id, index) => {
    const state = index < states.length ? states[index] : FREE;
    if (state) accounts.set(id, state);
  });
  return { ids, accounts, name: `case/${ids[0]}` };
}

/** None, one yen, the edges of what is free without and with the overdraft, and the edges of any amount. */
function edgesOf(debit: Partial<ModelAccount> | undefined): readonly bigint[] {
  const { balance = 0n, held = 0n, overdraft = 0n } = debit ?? {};
  const free = balance - held;
  const edges = [0n, 1n, free, free + 1n, free + overdraft, free + overdraft + 1n, MAX, MAX + 1n];
  return [...new Set(edges)].filter((amount) => amount >= 0n);
}

/** Each account state against each, every edge, one line and two, with and without the overdraft. */
export function* payments(): Generator<LedgerCase> {
  for (const debit of STATES) {
    for (const credit of STATES) {
      for (const amount of edgesOf(debit)) {
        for (const mayUseOverdraft of debit?.overdraft ? [false, true] : [false]) {
          for (const second of [0, 1, 2]) {
            const { ids, accounts, name } = accountsIn(debit, credit);
            const [a, b, c] = ids;
            const seconds = [line(a, c, 1n, { operation: 'fee' }), line(b, c, 1_000n)];
            const lines = [line(a, b, amount), ...seconds.slice(second - 1, second)];
            yield {
              accounts,
              steps: [post(name, second ? lines : lines.slice(0, 1), { mayUseOverdraft })],
            };
          }
        }
      }
    }
  }
}

/** Placing each kind in each state, then each way of ending it before, at and after its time, then another. */
export function* holds(): Generator<LedgerCase> {
  const followUps = 9;
  for (const kind of HOLD_KINDS) {
    for (const state of STATES) {
      for (const amountYen of [...edgesOf(state).slice(0, 6), MAX + 1n, 'whole'] as const) {
        const { ids, accounts, name } = accountsIn(state);
        yield { accounts, steps: [hold(name, ids[0], { kind, amountYen, mayUseOverdraft: true })] };
      }
    }
    for (const state of [FREE, { ...FREE, overdraft: 500n }, { ...FREE, debitStops: 1 }]) {
      for (const amountYen of [400n, 'whole'] as const) {
        for (const expiresAt of [undefined, stepAt(0) + 1, stepAt(1), stepAt(1) + 1]) {
          for (let followUp = 0; followUp < followUps; followUp += 1) {
            const { ids, accounts, name } = accountsIn(state);
            const [a, b, c] = ids;
            const captures = `${name}/hold`;
            const acts: readonly LedgerOrder[] = [
              post(name, [line(a, b, 399n)], { captures }),
              post(name, [line(a, b, 400n)], { captures }),
              post(name, [line(a, b, 401n)], { captures }),
              post(name, [line(a, b, 400n), line(a, c, 600n)], { captures }),
              post(name, [line(a, b, 400n), line(a, c, 601n)], { captures }),
              post(name, [line(b, a, 1n)], { captures }),
              end('release', name, a, captures),
              end('expiry', name, a, captures),
              end('release', name, b, captures),
            ];
            const then = [
              post(`${name}/then`, [line(a, b, 1n)], { captures }),
              end('release', `${name}/then`, a, captures),
              end('expiry', `${name}/then`, a, captures),
              post(`${name}/then`, [line(a, b, 601n)]),
            ] as const;
            const act = acts[followUp];
            const last = then[followUp % then.length];
            const placing = hold(captures, a, { kind, amountYen, expiresAt });
            if (act && last) yield { accounts, steps: [placing, act, last] };
          }
        }
      }
    }
  }
}

/** A hold that nobody placed, closing in every state, and what a closed account still does. */
export function* endings(): Generator<LedgerCase> {
  for (const state of [...STATES, { balance: 0n }, { balance: 0n, debitStops: 1 }]) {
    const { ids, accounts, name } = accountsIn(state);
    const [a, b] = ids;
    yield {
      accounts,
      steps: [close(name, a), post(`${name}/in`, [line(b, a, 1n)]), close(`${name}/2`, a)],
    };
    const other = accountsIn(state);
    const unknown = post(other.name, [line(other.ids[0], other.ids[1], 1n)], {
      captures: 'nothing',
    });
    const ending = end('release', `${other.name}/end`, other.ids[0], 'nothing');
    yield { accounts: other.accounts, steps: [unknown, ending] };
    const same = accountsIn(state);
    const [x, y] = same.ids;
    const lines = [line(x, y, 1n), line(x, x, 1n), line(x, y, 0n)];
    const reversed = post(`${same.name}/reversed`, lines.toReversed());
    yield { accounts: same.accounts, steps: [post(same.name, lines), reversed] };
  }
}

/** What is wrong with what is corrected; and a correction that was refused corrects nothing. */
export function* corrections(): Generator<LedgerCase> {
  const wrongs = ['posted', 'refused', 'hold', 'none'] as const;
  for (const wrong of wrongs) {
    for (const first of [1n, 2_000n]) {
      const { ids, accounts, name } = accountsIn();
      const [a, b] = ids;
      const corrects = `${name}/wrong`;
      const steps = {
        posted: [post(corrects, [line(a, b, 500n)])],
        refused: [post(corrects, [line(a, b, 5_000n)])],
        hold: [hold(corrects, a)],
        none: [],
      }[wrong];
      const correcting = (key: string, amount: bigint) =>
        post(`${name}/${key}`, [line(b, a, amount, { operation: 'correction' })], { corrects });
      yield {
        accounts,
        steps: [...steps, correcting('1', first), correcting('2', 500n), correcting('3', 1n)],
      };
    }
  }
}

/** Limit 100: what stands on each basis, the same day or two, and what is asked at the edge. */
export function* limits(): Generator<LedgerCase> {
  for (const designatedOn of [TODAY, TOMORROW]) {
    for (const onRequest of [0n, 60n, 100n]) {
      for (const onDesignated of [0n, 60n, 100n]) {
        for (const asks of [0n, 39n, 40n, 41n, 100n, 101n]) {
          const { ids, accounts, name } = accountsIn({ balance: 10_000n });
          const [a, b] = ids;
          const charged = (
            chargeYen: bigint,
            requestedOn: CivilDate,
            designated: CivilDate,
          ): LedgerLimit => ({
            subject: name,
            limitYen: 100n,
            chargeYen,
            requestedOn,
            designatedOn: designated,
          });
          const order = (key: string, limit: LedgerLimit, amount = 1n) =>
            post(`${name}/${key}`, [line(a, b, amount)], { limit });
          yield {
            accounts,
            steps: [
              order('1', charged(onRequest, TODAY, TODAY.plusDays(9))),
              order('2', charged(onDesignated, TODAY.minusDays(9), designatedOn)),
              order('refused', charged(1n, TODAY, designatedOn), 20_000n),
              order('3', charged(asks, TODAY, designatedOn)),
              order('4', charged(1n, TODAY, designatedOn)),
            ],
          };
        }
      }
    }
  }
}

/** What may take the short way: one line, a party and a limit of one day whose row stands already. */
export function* plainPayments(): Generator<LedgerCase> {
  for (const debit of STATES) {
    for (const credit of STATES) {
      for (const amount of edgesOf(debit)) {
        for (const mayUseOverdraft of debit?.overdraft ? [false, true] : [false]) {
          const { ids, accounts, name } = accountsIn(debit, credit);
          // Either account may have the lower number: the short way locks that one first.
          const [from, to] = amount % 2n === 0n ? [ids[0], ids[1]] : [ids[1], ids[0]];
          const swapped = new Map(accounts);
          if (from === ids[1]) {
            [from, to].forEach((id) => swapped.delete(id));
            if (debit) swapped.set(from, debit);
            if (credit) swapped.set(to, credit);
          }
          const order = post(name, [line(from, to, amount)], { mayUseOverdraft });
          yield { accounts: swapped, steps: [plainly(order, 'shared', 1_000_000n, 1n)] };
        }
      }
    }
  }
  const days = [
    { requestedOn: TODAY, designatedOn: TODAY },
    { requestedOn: TODAY, designatedOn: TOMORROW },
    { requestedOn: TODAY.minusDays(1), designatedOn: TODAY },
  ];
  for (const epspId of EPSPS) {
    for (const asks of [0n, 39n, 40n, 41n]) {
      for (const charged of days) {
        const { ids, accounts, name } = accountsIn(FREE);
        const order = (key: string) => post(`${name}/${key}`, [line(ids[0], ids[1], 1n)]);
        const first = plainly(order('1'), name, 100n, 60n);
        const warm = { ...first, limit: { ...first.limit, ...charged } };
        const next = { ...plainly(order('2'), name, 100n, asks), party: party(epspId) };
        yield { accounts, steps: [warm, next, { ...next, party: party(epsp('a')) }] };
      }
    }
  }
}

const plainly = (order: PostOrder, subject: string, limitYen: bigint, chargeYen: bigint) => ({
  ...order,
  party: party(epsp('a')),
  limit: { subject, limitYen, chargeYen, requestedOn: TODAY, designatedOn: TODAY },
});

const party = (epspId: string, chainPartnerId = 'none'): LedgerParty => ({
  epspId,
  chainPartnerId,
});
const epsp = (letter: string) => `epsp_${letter.repeat(26)}`;
export const EPSPS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(epsp);
const long = { since: Date.UTC(2020, 0), clause: 'RKN-S4c' };

/** Open, each state, one partner only, two states at once (the strictest decides), not yet, no longer. */
export const STOPS: readonly ModelLinkStop[] = [
  { ...long, ...party(epsp('b'), '*'), state: 'terminated', clause: 'RKN-S4d' },
  { ...long, ...party(epsp('c'), 'cp_one'), state: 'suspended' },
  { ...long, ...party(epsp('d')), state: 'restricted', clause: 'RKN-S4a' },
  { ...long, ...party(epsp('e'), '*'), state: 'restricted', clause: 'RKN-S4a' },
  { ...long, ...party(epsp('e')), state: 'suspended' },
  { ...long, ...party(epsp('f'), '*'), state: 'suspended', since: Date.UTC(2100, 0) },
  { ...long, ...party(epsp('g'), '*'), state: 'suspended', until: Date.UTC(2021, 0) },
];

/** First, again with the same content, with other content, while it is stopped, and the caller's refusals. */
export function* links(): Generator<LedgerCase> {
  for (const epspId of EPSPS) {
    for (const chainPartnerId of ['none', 'cp_one']) {
      for (const amount of [1n, 5_000n]) {
        for (const caller of [undefined, 'holder_unavailable', 'debit_not_registered'] as const) {
          const { ids, accounts, name } = accountsIn();
          const [a, b] = ids;
          const order = (epspOfTry: string, yen: bigint) =>
            post(name, [line(a, b, yen)], { party: party(epspOfTry, chainPartnerId) });
          const steps = [
            order(epspId, amount),
            order(epspId, amount),
            order(epspId, amount + 1n),
            order(epsp('a'), amount),
            order(epsp('b'), amount),
            { ...order(epsp('a'), amount), bookedOn: TOMORROW, mayUseOverdraft: true },
          ];
          yield { accounts, steps, ...(caller ? { caller } : {}) };
        }
      }
    }
  }
}
