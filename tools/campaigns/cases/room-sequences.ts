import { openCase, type LossCase } from '#libs/liability';
import { applyEvent } from '#libs/liability';
import type { BankCoreUnderTest } from '../../../apps/bank-core/test/api/bank-core-under-test.js';
import { seeded } from '../oracle/random.js';
import { randomEvent } from './random-event.js';
import { aCase, brokenRows, told } from './room.js';

const LANES = 8;
const EVENTS_MAX = 8;

/**
 * So many sequences through the room on PostgreSQL, two tellers at a time on each case, so that locks are met. The
 * model follows to choose sensible events; the rows alone are judged, after the last one.
 */
export async function roomSequences(
  bank: BankCoreUnderTest,
  count: number,
  seed: number,
): Promise<readonly string[]> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let i = next++; i < count; i = next++) await oneCase(bank, i, seed);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return brokenRows(bank);
}

async function oneCase(bank: BankCoreUnderTest, index: number, seed: number): Promise<void> {
  const random = seeded(seed + index);
  const lossYen = BigInt(random.between(1, 1_000_000));
  const name = await aCase(bank, `sequence-${seed}-${index}`, lossYen);
  const now = Date.now();
  const report = { institution: '2963', lossYen, category: 'fraud' as const };
  const opened = openCase({ type: 'loss_reported', ...report, occurredAt: 0, knownAt: 0 }, now);
  if (!opened.ok) throw new Error('The model refuses its own report.');
  let model: LossCase = opened.value;
  const events = random.between(2, EVENTS_MAX);
  for (let i = 0; i < events; i += 1) {
    const drawn = [randomEvent(random, model, now - 1), randomEvent(random, model, now - 1)].map(
      (event) => withOwnName(event, index),
    );
    // Attributions come through the desk of two people; here are the events that one officer tells.
    const events = drawn.filter(
      ({ type }) => type !== 'attributed' && type !== 'agreement_accepted',
    );
    const taken = await Promise.all(events.map((event) => told(bank, name, event)));
    for (const [place, event] of events.entries()) {
      const after = taken[place] === true ? applyEvent(model, event, now) : undefined;
      if (after?.ok) model = after.value;
    }
  }
}

/** Payments of an institution have names of their own everywhere; within a case they still repeat. */
function withOwnName(event: ReturnType<typeof randomEvent>, index: number) {
  if (event.type !== 'paid') return event;
  const { payment } = event;
  return { ...event, payment: { ...payment, id: `${payment.id}-of-${index}` } };
}
