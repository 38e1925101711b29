import { nameAt, positionOf } from './calendar.js';
import type {
  ClaimForOpinion,
  Impediment,
  Known,
  Letters,
  Message,
  RelationToHolder,
  WrongfulTransfer,
} from './claim.js';
import type { Random } from './random.js';

/** Days around which calendars go wrong: leap days, month ends, year ends, and their neighbours. */
const EDGES: readonly string[] = [
  '2023-03-01',
  '2024-02-28',
  '2024-02-29',
  '2024-03-01',
  '2024-03-30',
  '2024-03-31',
  '2025-12-31',
  '2026-01-01',
  '2026-01-30',
  '2026-02-28',
  '2026-03-01',
  '2026-03-30',
  '2026-03-31',
  '2026-04-30',
  '2026-05-01',
  '2028-02-29',
  '2028-03-30',
  '2028-03-31',
  '2030-02-28',
  '2030-03-01',
];

const aDay = (random: Random): number =>
  random.chance(2)
    ? positionOf(random.pick(EDGES)) + random.between(-1, 1)
    : positionOf('2022-01-01') + random.between(0, 365 * 10);

/** Mostly the answer that leads on, so that every stage of the article is reached. */
const known = (random: Random, usual: 'yes' | 'no'): Known => {
  if (!random.chance(12)) return usual;
  return random.chance(3) ? 'unknown' : usual === 'yes' ? 'no' : 'yes';
};

const RELATIONS: readonly (RelationToHolder | 'unknown')[] = [
  'spouse',
  'family_within_second_degree',
  'cohabiting_relative',
  'other_cohabitant',
  'domestic_staff',
  'other_relative',
  'unknown',
];

const lettersFor = (random: Random): Letters => {
  const b = () => (random.chance(6) ? 'B' : 'A');
  return {
    'INT-01': b(),
    'INT-02': b(),
    'INT-03': b(),
    'INT-04': random.chance(10) ? 'B' : 'A',
    'INT-05': random.chance(3) ? random.pick(['B', 'C']) : 'A',
    'INT-07': b(),
    'INT-20': b(),
    'INT-26': random.chance(4) ? random.pick(['B', 'C']) : 'A',
  };
};

/** The notice on its day, among messages that are none or come later. */
function messagesFor(random: Random, notice: number, letter: Letters['INT-26']): Message[] {
  const tells = (): boolean => random.chance(2);
  const report = (place: number, tellsOfMisuse: boolean): Message => ({
    day: nameAt(place),
    kind: 'loss_report',
    tellsOfMisuse,
  });
  const byReport = letter !== 'C' && random.chance(4);
  const messages: Message[] = [
    byReport
      ? report(notice, letter === 'A' || tells())
      : { day: nameAt(notice), kind: 'notice', tellsOfMisuse: tells() },
  ];
  if (random.chance(4)) messages.push(report(notice + random.between(0, 5), tells()));
  if (letter !== 'B' && random.chance(4)) {
    messages.push(report(notice - random.between(0, 5), letter === 'C' && tells()));
  }
  return messages;
}

function impedimentsFor(random: Random, notice: number): Impediment[] {
  const count = random.chance(2) ? 0 : random.between(1, 3);
  const all: Impediment[] = [];
  for (let made = 0; made < count; made += 1) {
    const last = all.at(-1);
    // Often beside or inside the one before: a shared day, a neighbour, a gap of one.
    const near =
      last && random.chance(2) ? positionOf(last.from) + random.between(-3, 3) : undefined;
    const to = Math.min(notice, near ?? notice - random.pick([0, 0, 1, 5, 29, 30, 31, 60, 400]));
    const from = to - random.pick([0, 0, 1, 2, 9, 10, 29, 30, 365]);
    all.push({
      from: nameAt(from),
      to: nameAt(to),
      proven: known(random, 'yes'),
      earlierCounts: random.pick(['yes', 'no', 'unknown']),
    });
  }
  return all;
}

/** Where the theft lay: close to the bar, close to the window, or anywhere. */
function theftPlace(random: Random, notice: number): number {
  if (random.chance(3)) {
    const { year, rest } = yearBefore(nameAt(notice));
    const bar = positionOf(`${year}-${rest}`) + random.between(-2, 2);
    return Math.min(notice, bar);
  }
  return notice - random.pick([0, 1, 28, 29, 30, 31, 32, random.between(0, 800)]);
}

function yearBefore(day: string): { year: number; rest: string } {
  const rest = day.slice(5) === '02-29' ? '02-28' : day.slice(5);
  return { year: Number(day.slice(0, 4)) - 2, rest };
}

const amount = (random: Random): bigint =>
  BigInt(random.pick([1, 2, 100, 330, 99_999, 1_000_000, random.between(1, 1_000_000_000)]));

function transfersFor(
  random: Random,
  notice: number,
  extension: number,
  earliest: number,
): WrongfulTransfer[] {
  const edge = notice - 30 - extension;
  const count = random.between(1, 5);
  return Array.from({ length: count }, () => {
    const place = random.pick([
      edge + random.between(-1, 1),
      edge + random.between(-1, 1),
      notice - 30 + random.between(-1, 1),
      notice + random.between(-2, 2),
      earliest + random.between(0, 3),
      notice - random.between(0, 200),
    ]);
    return {
      day: nameAt(Math.max(earliest, place)),
      principal: amount(random),
      fee: BigInt(random.pick([0, 110, 330])),
      interest: BigInt(random.pick([0, 0, 1, 12])),
    };
  });
}

/** One case. Nothing impossible is made here: what is refused as input has specs of its own. */
export function generate(random: Random): ClaimForOpinion {
  const notice = aDay(random);
  const letters = lettersFor(random);
  const impediments = impedimentsFor(random, notice);
  const status = random.pick(['known', 'known', 'estimated', 'not_clear'] as const);
  const theft = theftPlace(random, notice);
  const proven = impediments.filter((one) => one.proven === 'yes');
  const extension = proven.reduce(
    (sum, one) => sum + positionOf(one.to) - positionOf(one.from) + 1,
    0,
  );
  const earliest = status === 'not_clear' ? theft - random.pick([0, 0, 40]) : theft;
  const transfers = transfersFor(random, notice, extension, earliest);
  const total = transfers.reduce((sum, one) => sum + one.principal + one.fee + one.interest, 0n);
  const part = (): bigint => (total * BigInt(random.between(0, 110))) / 100n;
  const fault = random.chance(12)
    ? 'unknown'
    : random.pick(['none', 'none', 'ordinary', 'ordinary', 'gross', 'intent'] as const);
  const back = (): bigint => (random.chance(2) ? 0n : part());
  return {
    individual: known(random, 'yes'),
    stolen: random.chance(10) ? known(random, 'yes') : 'yes',
    depositReduced: random.chance(10) ? known(random, 'yes') : 'yes',
    promptNotice: known(random, 'yes'),
    explained: known(random, 'yes'),
    policeReport: random.chance(3) ? random.pick(['no', 'unknown']) : 'yes',
    otherSigns: random.chance(2) ? random.pick(['no', 'unknown']) : 'yes',
    assisted: known(random, 'yes'),
    messages: messagesFor(random, notice, letters['INT-26']),
    theft: status === 'not_clear' ? { status } : { status, day: nameAt(theft) },
    transfers,
    impediments,
    endDays: random.pick(['both', 'one']),
    fault,
    unionInGoodFaith: known(random, 'yes'),
    unionWithoutFault: random.chance(10) ? 'unknown' : random.pick(['yes', 'no']),
    relation: random.chance(4) ? random.pick(RELATIONS) : 'stranger',
    falseStatement: known(random, 'no'),
    disorder: random.chance(2) ? 'no' : known(random, 'no'),
    repaid: back(),
    recovered: back(),
    determined: random.chance(fault === 'none' ? 12 : 3)
      ? random.pick([0n, 1n, -1n, total, total - 1n, total + 1n, part(), part()])
      : null,
    letters,
    closedWeekdays: random.pick([[], [0], [0, 6], [0, 1, 6]]),
  };
}
