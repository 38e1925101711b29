import { bankingCalendar, CivilDate, daysInMonth, type Yen } from '#libs/kernel';
import { SYSTEM_ACCOUNTS } from './01-institutions.seed.js';
import type { SeedAccount } from './seed-account.js';
import type { History, LedgerEvent } from './ledger-history.js';
import { PAYEES, PAYERS } from './statement-words.js';
import type { SeedContext } from './seed-context.js';
import type { SeedRandom } from './seed-random.js';

const { clearing, fee_income, cash, interest_paid, opening } = SYSTEM_ACCOUNTS;
const hour = (h: number, minutes = 0) => h * 3600 + minutes * 60;

/**
 * One calendar month of everybody's life, as Japanese statements show it: salary before a weekend, direct
 * debits after it, cash on many days, interest in February and August. Sorted by time, then posted.
 */
export function liveOneMonth(
  context: SeedContext,
  history: History,
  accounts: readonly SeedAccount[],
  anyDay: CivilDate,
): void {
  const { random, today } = context;
  const first = CivilDate.of(anyDay.year, anyDay.month, 1);
  const isFirstMonth = history.postings.length === 0;
  const month = new Month(first, random, isFirstMonth);
  for (const account of accounts) {
    if (isFirstMonth) month.carryOver(account);
    if (account.isMain) month.everyday(account, siblingOf(account, accounts));
    else month.quiet(account);
  }
  let wasPosted = true;
  for (const event of month.inOrder(today)) {
    // A fee follows the payment it belongs to, and falls away with it.
    if (event.operation === 'fee' && !wasPosted) continue;
    wasPosted = history.post(event);
  }
}

const siblingOf = (account: SeedAccount, accounts: readonly SeedAccount[]) =>
  accounts.find((other) => other.holder === account.holder && other.accountType === '4');

class Month {
  private readonly events: LedgerEvent[] = [];

  constructor(
    private readonly first: CivilDate,
    private readonly random: SeedRandom,
    private readonly isFirst: boolean,
  ) {}

  /** Everything before today, in order of time: bank time has not come to the rest. */
  inOrder(today: CivilDate): LedgerEvent[] {
    return this.events
      .filter((event) => event.date.isBefore(today) && event.date.month === this.first.month)
      .sort((a, b) => a.date.compare(b.date) || a.second - b.second);
  }

  /** 繰越: what the account had when this history begins. Story people are well off. */
  carryOver({ ledgerId, holder, accountType }: SeedAccount): void {
    const rich = holder.story ? 3_000_000n : this.random.yen(80_000, 900_000);
    const amount = accountType === '4' ? rich / 2n : rich;
    this.add(this.first, 0, opening, ledgerId, amount, 'other', '繰越');
  }

  everyday(account: SeedAccount, savings: SeedAccount | undefined): void {
    this.income(account);
    this.bills(account);
    this.cash(account);
    this.transfers(account);
    if (savings) this.saving(account, savings);
    this.interest(account);
  }

  quiet(account: SeedAccount): void {
    const { random } = this;
    if (random.chance(0.8)) {
      const [day, amount] = [random.between(2, 27), random.yen(1, 30, 1_000n)];
      this.add(this.on(day), hour(11, 20), cash, account.ledgerId, amount, 'cash', 'ATM入金');
    }
    if (random.chance(0.5)) this.withdraw(account, random.between(3, 28));
    this.interest(account);
  }

  private income({ ledgerId, holder }: SeedAccount): void {
    const { random, first } = this;
    const receive = (day: number, yen: Yen, text: string) => {
      const date = bankingCalendar.onOrBefore(this.on(day));
      this.add(date, hour(8, 40), clearing, ledgerId, yen, 'transfer', text);
    };
    if (holder.livelihood === 'employee') {
      const employer = PAYERS[holder.loginId.length % PAYERS.length] ?? PAYERS[0];
      const salary = holder.story ? 312_480n : random.yen(210, 420, 1_000n) + 480n;
      receive(25, salary, `給与 ${employer}`);
      if (first.month === 6 || first.month === 12) receive(10, salary * 2n, `賞与 ${employer}`);
    } else if (holder.livelihood === 'pensioner') {
      if (first.month % 2 === 0) receive(15, random.yen(240, 330, 500n), '年金');
    } else {
      for (const day of [5, 15, 28]) {
        receive(day, random.yen(60, 190, 1_000n), `振込 ${random.pick(PAYERS)}`);
      }
    }
  }

  private bills(account: SeedAccount): void {
    const { random, first } = this;
    const [times, tenth] = first.month <= 3 || first.month === 12 ? [16n, 10n] : [1n, 1n];
    this.bill(account, 26, (random.yen(5_200, 9_800) * times) / tenth, '電気料');
    this.bill(account, 20, (random.yen(3_100, 6_400) * times) / tenth, 'ガス料');
    if (first.month % 2 === 1) this.bill(account, 18, random.yen(4_600, 8_900), '水道料');
    this.bill(account, 27, account.holder.story ? 68_000n : random.yen(48, 92, 1_000n), '家賃');
    this.bill(account, 10, random.yen(14_000, 68_000), 'クレジットカード');
    this.bill(account, 25, random.yen(2_980, 8_400), '携帯電話料');
    this.bill(account, 27, 3_850n, 'インターネット');
    if (random.chance(0.7)) this.bill(account, 27, random.yen(29, 121, 100n), '生命保険料');
    if (first.month === 5) this.bill(account, 31, 34_500n, '自動車税');
    if ([6, 9, 12, 2].includes(first.month) && random.chance(0.5)) {
      this.bill(account, daysInMonth(first.year, first.month), 27_300n, '固定資産税');
    }
  }

  /** Direct debits fall on the next business day (口座振替). */
  private bill({ ledgerId }: SeedAccount, day: number, yen: Yen, text: string): void {
    const date = bankingCalendar.onOrAfter(this.on(day));
    this.add(date, hour(7), ledgerId, clearing, yen, 'direct_debit', text);
  }

  private cash(account: SeedAccount): void {
    const { random } = this;
    for (let count = random.between(6, 10); count > 0; count -= 1) {
      this.withdraw(account, random.between(1, 28));
    }
    if (random.chance(0.25)) {
      const day = this.on(random.between(1, 28));
      const yen = random.yen(1, 10, 10_000n);
      this.add(day, hour(17, 5), cash, account.ledgerId, yen, 'cash', 'ATM入金');
    }
  }

  private withdraw({ ledgerId }: SeedAccount, day: number): void {
    const { random } = this;
    const second = random.between(hour(8), hour(21));
    const yen = random.pick([3n, 5n, 10n, 10n, 20n, 20n, 30n, 50n]) * 1_000n;
    this.add(this.on(day), second, ledgerId, cash, yen, 'cash', 'ATM');
    if (second > hour(18)) {
      this.add(this.on(day), second, ledgerId, fee_income, 110n, 'fee', 'ATM手数料');
    }
  }

  private transfers({ ledgerId }: SeedAccount): void {
    const { random } = this;
    for (let count = random.between(0, 2); count > 0; count -= 1) {
      const [day, second] = [this.on(random.between(1, 28)), random.between(hour(9), hour(20))];
      const yen = random.yen(2, 48, 1_000n);
      const text = random.pick(PAYEES);
      this.add(day, second, ledgerId, clearing, yen, 'transfer', text);
      this.add(day, second, ledgerId, fee_income, 220n, 'fee', '振込手数料');
    }
    if (random.chance(0.35)) {
      const [day, yen] = [this.on(random.between(1, 28)), random.yen(1, 60, 500n)];
      const text = random.pick(PAYEES);
      this.add(day, hour(12, 31), clearing, ledgerId, yen, 'transfer', text);
    }
  }

  private saving(account: SeedAccount, savings: SeedAccount): void {
    const yen = this.random.yen(1, 4, 5_000n);
    const date = bankingCalendar.onOrAfter(this.on(26));
    const event = [account.ledgerId, savings.ledgerId, yen, 'book_transfer', '積立'] as const;
    this.add(date, hour(9, 2), ...event);
  }

  /** 決算利息, twice a year. */
  private interest({ ledgerId }: SeedAccount): void {
    if (this.isFirst || (this.first.month !== 2 && this.first.month !== 8)) return;
    const third = bankingCalendar.onOrAfter(this.on(3 * 7 - 3));
    const yen = this.random.yen(1, 92);
    this.add(third, hour(6), interest_paid, ledgerId, yen, 'interest', '利息');
  }

  private on(day: number): CivilDate {
    const { year, month } = this.first;
    return CivilDate.of(year, month, Math.min(day, daysInMonth(year, month)));
  }

  private add(
    date: CivilDate,
    second: number,
    from: bigint,
    to: bigint,
    amount: Yen,
    operation: string,
    text: string,
  ): void {
    const texts = { debitText: text, creditText: text };
    this.events.push({ date, second, from, to, amount, operation, ...texts });
  }
}
