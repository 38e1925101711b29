import { newId, type CivilDate, type Instant } from '#libs/kernel';
import type {
  HoldOrder,
  LedgerAnswer,
  LedgerOrder,
  OrderLine,
  PostOrder,
} from '../../../apps/bank-core/src/accounts/domain/ledger-order.js';
import type { Planned } from './history.js';
import type { Random } from './random.js';
import type { Books } from './world.js';

/** What is asked, and how often: the amounts make 10 to 20 of 100 a refusal. */
const KINDS = {
  transfer: 26,
  fee: 14,
  to_hot: 14,
  from_hot: 14,
  clearing: 6,
  reservation: 8,
  capture: 5,
  release: 3,
  expiry: 3,
  whole_account: 0.6,
  correction: 3,
  old_key_same: 3,
  old_key_other: 2,
  stranger: 1,
  close: 0.3,
} as const;
type Kind = keyof typeof KINDS;

const REMEMBERED = 400;
const FEE_YEN = 5n;
const PARTY = { epspId: 'epsp_01j0000000000000000000bank', chainPartnerId: 'none' };
const GENEROUS_YEN = 1_000_000_000n;

/** Orders of one institution, made from what was posted before: holds to end, postings to correct. */
export class Workload {
  readonly #old: LedgerOrder[] = [];
  readonly #posted: PostOrder[] = [];
  readonly #holds: HoldOrder[] = [];
  /** About what a subject has used of its day, so that some limits are just reached. */
  readonly #used = new Map<string, bigint>();
  #made = 0;

  constructor(
    readonly books: Books,
    private readonly seed: number,
  ) {}

  /** `now`: bank time as the caller's host shows it; around midnight hosts differ. */
  next(random: Random, now: Instant, today: CivilDate): Planned {
    const kind = random.weighted<Kind>(KINDS);
    const order = this.#order(kind, random, now, today);
    const isOldKey = this.#old.some((old) => old.key === order.key);
    return { institutionId: this.books.institutionId, order, isOldKey };
  }

  /** What an answer teaches about later orders. */
  learn({ order, isOldKey }: Planned, { status }: LedgerAnswer): void {
    if (isOldKey) return;
    keep(this.#old, order);
    if (status !== 'posted') return;
    if (order.act === 'hold') keep(this.#holds, order);
    if (order.act !== 'post') return;
    keep(this.#posted, order);
    const { limit } = order;
    if (!limit) return;
    const name = `${limit.subject} ${limit.requestedOn.toString()}`;
    this.#used.set(name, (this.#used.get(name) ?? 0n) + limit.chargeYen);
  }

  #order(kind: Kind, random: Random, now: Instant, today: CivilDate): LedgerOrder {
    const { people, shelf, hot, clearing, strangers } = this.books;
    const someone = (): bigint => random.pick(random.chance(0.03) ? shelf : people);
    const twoPeople = (): [bigint, bigint] => {
      const debit = someone();
      const credit = someone();
      return [debit, credit === debit && random.chance(0.8) ? hot : credit];
    };
    const post = (debit: bigint, credit: bigint, more = {}): PostOrder =>
      this.#post(random, today, debit, credit, more);
    switch (kind) {
      case 'transfer':
        return post(...twoPeople());
      case 'fee':
        return this.#withFee(post(...twoPeople()));
      case 'to_hot':
        return post(someone(), hot);
      case 'from_hot':
        return post(hot, someone());
      case 'clearing':
        // A little more goes than comes, fees included: so there is want of funds, and not everywhere.
        return random.chance(0.4) ? post(someone(), clearing) : post(clearing, someone());
      case 'stranger':
        return random.chance(0.5)
          ? post(someone(), random.pick(strangers))
          : post(random.pick(strangers), someone());
      case 'old_key_same':
      case 'old_key_other':
        return this.#oldKey(kind, random, today) ?? post(someone(), hot);
      case 'correction':
        return this.#correction(random, today) ?? post(someone(), hot);
      case 'close':
        return {
          ...this.#base(random, today),
          act: 'close',
          account: random.pick(shelf),
          text: '解約',
        };
      case 'reservation':
      case 'whole_account':
        return this.#hold(kind, random, now, today, random.pick(people));
      case 'capture':
      case 'release':
      case 'expiry':
        return (
          this.#endHold(kind, random, now, today) ??
          this.#hold('reservation', random, now, today, random.pick(people))
        );
    }
  }

  #base(random: Random, bookedOn: CivilDate) {
    this.#made += 1;
    const { institutionId } = this.books;
    // Both forms of a key: an id of ours, and any other name.
    const key = random.chance(0.5)
      ? newId('trf', bookedOn.startsAt())
      : `bank-test/${this.seed}/${institutionId}/${this.#made}`;
    return { key, bookedOn, mayUseOverdraft: random.chance(0.7) };
  }

  #post(
    random: Random,
    today: CivilDate,
    debitAccount: bigint,
    creditAccount: bigint,
    more: Partial<PostOrder>,
  ): PostOrder {
    const amountYen = BigInt(
      random.chance(0.02) ? random.between(500, 3_000) : random.between(1, 200),
    );
    const line: OrderLine = {
      operation: 'transfer',
      debitAccount,
      creditAccount,
      amountYen,
      valueOn: today,
      debitText: `振込 "${creditAccount}" \\`,
      creditText: `振込 ${debitAccount}`,
      ...(random.chance(0.2) ? { ediText: 'EDI 情報' } : {}),
    };
    const limit = random.chance(0.85)
      ? { limit: this.#limit(random, today, debitAccount, amountYen) }
      : {};
    const party = random.chance(0.9) ? { party: PARTY } : {};
    return {
      ...this.#base(random, today),
      ...party,
      ...limit,
      ...more,
      act: 'post',
      lines: [line],
    };
  }

  /** One in seven is a limit that the day's sum has about reached; a tenth is designated for tomorrow. */
  #limit(random: Random, today: CivilDate, account: bigint, chargeYen: bigint) {
    const subject = `account ${account}`;
    const used = this.#used.get(`${subject} ${today.toString()}`) ?? 0n;
    const limitYen = random.chance(0.15) ? used + BigInt(random.between(0, 800)) : GENEROUS_YEN;
    const designatedOn = random.chance(0.1) ? today.plusDays(1) : today;
    return { subject, limitYen, chargeYen, requestedOn: today, designatedOn };
  }

  #withFee(order: PostOrder): PostOrder {
    const [line] = order.lines;
    const fee: OrderLine = {
      ...line!,
      operation: 'fee',
      creditAccount: this.books.feeIncome,
      amountYen: FEE_YEN,
      debitText: '振込手数料',
    };
    return { ...order, lines: [line!, fee] };
  }

  /** Gives up what the workload has forgotten: else every yen would be kept in the end. */
  release(random: Random, today: CivilDate, hold: string, account: bigint): Planned {
    const base = this.#base(random, today);
    const order = { ...base, act: 'release', account, hold, text: '留保の終わり' } as const;
    return { institutionId: this.books.institutionId, order, isOldKey: false };
  }

  #hold(
    kind: 'reservation' | 'whole_account',
    random: Random,
    now: Instant,
    today: CivilDate,
    account: bigint,
  ): HoldOrder {
    const isWhole = kind === 'whole_account';
    return {
      ...this.#base(random, today),
      act: 'hold',
      account,
      kind: isWhole ? 'payment_stop' : random.chance(0.8) ? 'reservation' : 'attachment',
      amountYen: isWhole ? 'whole' : BigInt(random.between(10, 250)),
      // Whole stops always end soon, or every account would be stopped in the end.
      ...(isWhole || random.chance(0.6) ? { expiresAt: now + random.between(200, 2_500) } : {}),
      text: '留保',
    };
  }

  #endHold(
    kind: 'capture' | 'release' | 'expiry',
    random: Random,
    now: Instant,
    today: CivilDate,
  ): LedgerOrder | undefined {
    if (this.#holds.length === 0) return undefined;
    const isDue = ({ expiresAt }: HoldOrder): boolean =>
      expiresAt !== undefined && expiresAt <= now;
    const due = this.#holds.filter(isDue);
    const hold = random.pick(kind === 'expiry' && due.length > 0 ? due : this.#holds);
    // A third is asked to end twice.
    if (random.chance(0.67)) this.#holds.splice(this.#holds.indexOf(hold), 1);
    const { account, amountYen } = hold;
    if (kind !== 'capture' || amountYen === 'whole') {
      const act = kind === 'expiry' ? 'expiry' : 'release';
      // The sweep's key is the hold's: two sweeps that find it due ask the same.
      const key = act === 'expiry' && isDue(hold) ? { key: `${hold.key}/expiry` } : {};
      const text = '留保の終わり';
      return { ...this.#base(random, today), ...key, act, account, hold: hold.key, text };
    }
    const payee = random.pick(random.chance(0.2) ? [this.books.clearing] : this.books.people);
    const post = this.#post(random, today, account, payee, { captures: hold.key });
    const taken = BigInt(random.between(1, Number(amountYen) + 5));
    return { ...post, lines: [{ ...post.lines[0]!, amountYen: taken }] };
  }

  #correction(random: Random, today: CivilDate): PostOrder | undefined {
    if (this.#posted.length === 0) return undefined;
    const wrong = random.pick(this.#posted);
    return {
      ...this.#base(random, today),
      act: 'post',
      corrects: wrong.key,
      lines: wrong.lines.map((line) => ({
        ...line,
        operation: 'correction',
        debitAccount: line.creditAccount,
        creditAccount: line.debitAccount,
        valueOn: today,
      })),
    };
  }

  /** The same content on a later day is the same request; a yen more is another. */
  #oldKey(
    kind: 'old_key_same' | 'old_key_other',
    random: Random,
    today: CivilDate,
  ): LedgerOrder | undefined {
    if (this.#old.length === 0) return undefined;
    const old = { ...random.pick(this.#old), bookedOn: today };
    if (kind === 'old_key_same' || old.act !== 'post') return old;
    return {
      ...old,
      lines: old.lines.map((line) => ({ ...line, amountYen: line.amountYen + 1n })),
    };
  }
}

/** Remembers the newest few hundred. */
function keep<Value>(list: Value[], value: Value): void {
  list.push(value);
  if (list.length > REMEMBERED) list.shift();
}
