import type { Instant } from '#libs/kernel';
import type { EndHoldOrder, HoldOrder, LedgerOrder, PostOrder } from '../../domain/ledger-order.js';
import { HOLD_KINDS } from '../../domain/ledger-order.js';
import type { ModelAccount } from '../../domain/model/ledger-state.js';
import { EPSPS } from './ledger-cases.js';
import { close, end, hold, line, post, STATES, stepAt, TODAY, TOMORROW } from './order-builders.js';

/** The same numbers for the same seed (mulberry32), so that a failure can be played again. */
export class Dice {
  constructor(private seed: number) {}

  /** 0 … below. */
  roll(below: number): number {
    this.seed = (this.seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.seed ^ (this.seed >>> 15), this.seed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  }

  chance(percent: number): boolean {
    return this.roll(100) < percent;
  }

  pick<T>(values: readonly T[]): T {
    return values[this.roll(values.length)] as T;
  }
}

/** Ten accounts that exist, in every state, and one that does not. */
const IDS = [11n, 12n, 13n, 14n, 15n, 16n, 17n, 18n, 19n, 20n, 99n];
/** More often met, so that half of the orders are posted. */
const FREE_IDS = [11n, 11n, 12n, 13n, 17n, 18n, 19n];
export const accountsOfSequence = (): Map<bigint, Partial<ModelAccount>> => {
  const standing = STATES.filter((state) => state !== undefined);
  const states = [{ balance: 50_000n }, { balance: 0n }, ...standing];
  return new Map(states.map((state, index) => [IDS[index] ?? 0n, state]));
};

export interface SequenceBatch {
  readonly at: Instant;
  readonly orders: readonly LedgerOrder[];
  readonly mayBeKnown: boolean;
}

const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';

/** Orders over a few accounts that get in each other's way: holds, captures, corrections, replays, reused keys. */
export class OrderSequence {
  private readonly placed: LedgerOrder[] = [];
  private readonly dice: Dice;
  private at = stepAt(0);

  constructor(seed: number) {
    this.dice = new Dice(seed);
  }

  /** Batches of 1 … 50 orders with distinct keys, until there are `count` orders. */
  *batches(count: number): Generator<SequenceBatch> {
    const { dice } = this;
    for (let made = 0; made < count;) {
      const size = dice.chance(40) ? 1 : 1 + dice.roll(50);
      const orders = new Map<string, LedgerOrder>();
      for (let index = 0; index < size; index += 1) {
        const order = this.next(made > count / 2);
        if (!orders.has(order.key)) orders.set(order.key, order);
        this.placed.push(order);
      }
      made += size;
      this.at += dice.roll(3) * 1_000;
      yield { at: this.at, orders: [...orders.values()], mayBeKnown: dice.chance(30) };
    }
  }

  private next(isAfterMidnight: boolean): LedgerOrder {
    const { dice, placed } = this;
    const earlier = placed.length > 0 ? dice.pick(placed) : undefined;
    if (earlier && dice.chance(8)) return earlier;
    const bookedOn = isAfterMidnight && dice.chance(80) ? TOMORROW : TODAY;
    const fresh = { ...this.anyAct(), bookedOn, mayUseOverdraft: dice.chance(50) };
    return earlier && dice.chance(4) ? { ...fresh, key: earlier.key } : fresh;
  }

  private anyAct(): LedgerOrder {
    const die = this.dice.roll(100);
    if (die < 68) return this.withLimits(this.anyPost());
    if (die < 84) return this.anyHold();
    return die < 97 ? this.anyEnd() : close(this.freshKey(), this.anyAccount());
  }

  private anyPost(): PostOrder {
    const { dice } = this;
    const length = dice.chance(70) ? 1 : 2 + dice.roll(2);
    const lines = Array.from({ length }, () => {
      const debit = this.anyAccount();
      const credit = dice.chance(2) ? debit : dice.pick(IDS.filter((id) => id !== debit));
      return line(debit, credit, this.anyAmount());
    });
    const captured = dice.chance(25) ? this.earlierOf('hold') : undefined;
    const [first, ...others] = lines;
    if (captured?.act === 'hold' && first && dice.chance(90)) {
      const debitAccount = captured.account;
      const creditAccount = dice.pick(IDS.filter((id) => id !== debitAccount));
      lines.splice(0, lines.length, { ...first, debitAccount, creditAccount }, ...others);
    }
    const corrected = dice.chance(8)
      ? this.earlierOf(dice.chance(90) ? 'post' : 'hold')
      : undefined;
    return post(this.freshKey(), lines, {
      ...(captured ? { captures: captured.key } : {}),
      ...(corrected ? { corrects: corrected.key } : {}),
    });
  }

  private withLimits(order: PostOrder): PostOrder {
    const { dice } = this;
    const [requestedOn, other] = dice.chance(60) ? [TODAY, TOMORROW] : [TOMORROW, TODAY];
    const epspId = dice.chance(85) ? EPSPS[0] : dice.pick(EPSPS);
    const limit = {
      subject: dice.pick(['hld_one', 'hld_two', '契約者 "三" \\']),
      limitYen: dice.pick([2_000n, 20_000n]),
      chargeYen: order.lines[0]?.amountYen ?? 0n,
      requestedOn,
      designatedOn: dice.chance(75) ? requestedOn : other,
    };
    return {
      ...order,
      ...(dice.chance(75) ? { limit } : {}),
      ...(dice.chance(75) && epspId ? { party: { epspId, chainPartnerId: 'none' } } : {}),
    };
  }

  private anyHold(): HoldOrder {
    const { dice } = this;
    const kind = dice.pick(HOLD_KINDS);
    const isWhole = dice.chance(kind === 'reservation' ? 3 : 8);
    const isLimited = dice.chance(40);
    return hold(this.freshKey(), this.anyAccount(), {
      kind,
      amountYen: isWhole ? 'whole' : this.anyAmount(),
      ...(isLimited ? { expiresAt: this.at + dice.roll(20) * 1_000 } : {}),
    });
  }

  private anyEnd(): EndHoldOrder {
    const held = this.earlierOf('hold');
    const account = held?.act === 'hold' && this.dice.chance(92) ? held.account : this.anyAccount();
    const act = this.dice.chance(60) ? 'release' : 'expiry';
    return end(act, this.freshKey(), account, held?.key ?? 'nothing');
  }

  private earlierOf(act: LedgerOrder['act']): LedgerOrder | undefined {
    const found = this.placed.filter((order) => order.act === act);
    // Mostly a young one: the old ones have ended.
    return found.length > 0
      ? this.dice.pick(found.slice(this.dice.chance(70) ? -8 : 0))
      : undefined;
  }

  /** Mostly one of those that nothing stands against from the beginning. */
  private anyAccount(): bigint {
    return this.dice.pick(this.dice.chance(70) ? FREE_IDS : IDS);
  }

  private anyAmount(): bigint {
    if (this.dice.chance(2)) return this.dice.pick([0n, -1n, 1_000_000_000_001n]);
    return BigInt(1 + this.dice.roll(this.dice.chance(80) ? 300 : 3_000));
  }

  /** Of our own shape, which keeps its bits, or any other name, which is hashed. */
  private freshKey(): string {
    const digits = Array.from({ length: 25 }, () => DIGITS[this.dice.roll(32)]).join('');
    return this.dice.chance(70) ? `trf_${this.dice.roll(8)}${digits}` : `client/route/${digits}`;
  }
}
