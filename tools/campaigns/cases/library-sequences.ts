import type { CaseEvent, LossCase, Side } from '#libs/liability';
import {
  applyEvent,
  decideRecourse,
  openCase,
  openClaim,
  questionOfCase,
  type RecourseTerms,
} from '#libs/liability';
import { ParameterBook, ReadingBook } from '#libs/contracts';
import { CivilDate } from '#libs/kernel';
import { seeded, type Random } from '../oracle/random.js';
import { randomEvent } from './random-event.js';

const NOW = Date.parse('2026-11-22T12:00:00+09:00');
const EVENTS_MAX = 14;

const terms: RecourseTerms = {
  institution: '2963',
  asOf: CivilDate.from('2026-11-22'),
  parameters: new ParameterBook('2963', []),
  readings: new ReadingBook('2963'),
};

/** Sums kept by the campaign itself, from what was accepted; the library's own book is not asked. */
export class OwnSums {
  private readonly names = new Set<string>();
  readonly broken: string[] = [];
  private readonly paid: Record<Side, bigint> = { EPSP: 0n, FI: 0n };
  private readonly back: Record<Side, bigint> = { EPSP: 0n, FI: 0n };
  private readonly wrongdoer: Record<Side, bigint> = { EPSP: 0n, FI: 0n };

  constructor(private readonly lossYen: bigint) {}

  /** Counts an event that was accepted; `toPayerYen` is what a recovery gave the side. */
  count(event: CaseEvent, toPayerYen: bigint): void {
    if (event.type === 'paid') this.name(event.payment.id);
    if (event.type === 'recourse_received') this.name(event.id);
    if (event.type === 'recovered') this.name(event.recovery.id);
    if (event.type === 'paid') this.paid[event.payment.by] += event.payment.amountYen;
    if (event.type === 'recourse_received') this.back[event.by] += event.amountYen;
    if (event.type === 'recovered' && event.recovery.forSide)
      this.wrongdoer[event.recovery.forSide] += toPayerYen;
    this.look();
  }

  private name(id: string): void {
    if (this.names.has(id)) this.broken.push(`${id} entered twice`);
    this.names.add(id);
  }

  private look(): void {
    const { paid, back, wrongdoer } = this;
    const claim = (holds: boolean, words: string): void => void (holds || this.broken.push(words));
    claim(paid.EPSP + paid.FI <= this.lossYen, 'paid above the loss');
    claim(back.EPSP + back.FI <= paid.EPSP + paid.FI, 'recourse above what was paid');
    claim(back.EPSP + wrongdoer.EPSP <= paid.EPSP + back.FI, 'EPSP recovered more than it bears');
    claim(back.FI + wrongdoer.FI <= paid.FI + back.EPSP, 'FI recovered more than it bears');
  }

  get paidYen(): bigint {
    return this.paid.EPSP + this.paid.FI;
  }
}

/** One sequence through the library alone; what it broke, in words. */
export function oneSequence(random: Random): readonly string[] {
  const lossYen = BigInt(random.between(1, 1_000_000));
  const opened = openCase(
    {
      type: 'loss_reported',
      institution: '2963',
      lossYen,
      category: random.chance(2) ? 'fraud' : 'outage',
      occurredAt: NOW - 2,
      knownAt: NOW - 1,
    },
    NOW,
  );
  if (!opened.ok) return [`a good report was refused: ${opened.refusal.code}`];
  const sums = new OwnSums(lossYen);
  let state: LossCase = opened.value;
  const events = random.between(3, EVENTS_MAX);
  for (let i = 0; i < events; i += 1) {
    const event = randomEvent(random, state, NOW);
    const after = applyEvent(state, event, NOW);
    if (!after.ok) continue;
    state = after.value;
    sums.count(event, state.book.recoveries.at(-1)?.toPayerYen ?? 0n);
    tryClaim(random, state, sums);
  }
  return sums.broken;
}

/** A claim that the library lets through must never be above what the users were paid. */
function tryClaim(random: Random, state: LossCase, sums: OwnSums): void {
  const decided = decideRecourse(questionOfCase(state), terms);
  if (!decided.ok) return;
  const by = random.pick(['EPSP', 'FI'] as const);
  const amountYen = BigInt(random.between(1, Number(state.book.lossYen) + 1));
  const claim = { by, amountYen, against: by === 'EPSP' ? [{ institution: '2963' }] : [] };
  const opened = openClaim(decided.value.outcome, claim);
  if (opened.ok && amountYen > sums.paidYen) sums.broken.push('a claim above what was paid');
}

/** So many sequences, each of its own seed, so that a finding can be met again. */
export function librarySequences(count: number, seed: number): readonly string[] {
  const findings: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const broken = oneSequence(seeded(seed + i));
    if (broken.length > 0) findings.push(`seed ${seed + i}: ${broken.join('; ')}`);
  }
  return findings;
}
