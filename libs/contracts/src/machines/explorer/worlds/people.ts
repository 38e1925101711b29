import type { Grounds } from '../../../conditions/grounds-are-recorded.js';
import type { TwoPeople } from '../../../conditions/two-people-agreed.js';

/** What every world tells in a good form and in the bad forms that a guard must refuse. */
export const BANK: string = '2963';
export const ANOTHER_BANK: string = '2950';
export const START = 1_795_150_800_000; // 2026-11-20T12:00+09:00
export const HOUR = 3_600_000;

export const two: TwoPeople = { enteredBy: 'staff_sato', approvedBy: 'staff_mori' };
export const alone: TwoPeople = { enteredBy: 'staff_sato', approvedBy: 'staff_sato' };
export const grounds: Grounds = { text: 'grounds', evidence: ['doc_1'] };
export const noGrounds: Grounds = { text: ' ', evidence: [] };

/** One telling and its variants, each of which differs from it in what it overrides. */
export const variants = <T extends object>(good: T, ...others: readonly Partial<T>[]): T[] => [
  good,
  ...others.map((other) => ({ ...good, ...other })),
];

/** The end of the day that lies `days` after the day of `instant` in Tokyo, reckoned by itself. */
export function endOfDayAfter(instant: number, days: number): number {
  const dayMs = 24 * HOUR;
  const tokyoMs = 9 * HOUR;
  return (Math.floor((instant + tokyoMs) / dayMs) + days + 1) * dayMs - tokyoMs - 1;
}
