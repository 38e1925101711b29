import { instantToWire, type Refusal, type Result } from '#libs/kernel';
import {
  outageSentences,
  stateOfOutage,
  type Outage,
  type OutageRefusal,
} from '../../apps/bank-core/src/changes/index.js';
import type { StaffDesk } from '../../apps/bank-core/src/staff-desk.js';
import type { Say } from './line.js';
import { instantOf, needed, type StaffOptions } from './options.js';
import { logIn } from './two-people.js';

/**
 * Enters an outage at one institution or at each: planned where a window is given, else an incident that
 * begins now. It takes nothing away from anybody, so one officer suffices.
 */
export async function enterOutage(desk: StaffDesk, options: StaffOptions, say: Say): Promise<void> {
  const officer = await logIn(desk, needed(options.by), 'RENKEI_STAFF_PASSWORD_A');
  const { from, until } = options;
  const window =
    from === undefined
      ? undefined
      : { startsAt: instantOf(from), endsAt: instantOf(needed(until)) };
  for (const { id, bankCode } of await institutionsOf(desk, needed(options.bank))) {
    const entered = await desk.outages.enter({
      institutionId: id,
      functions: options.function === '*' ? [] : [options.function],
      ...(window ? { window } : {}),
      by: officer.mailAddress,
    });
    tell(bankCode, entered, say);
  }
}

/** Ends a running outage, or withdraws a planned one. */
export async function closeOutage(desk: StaffDesk, options: StaffOptions, say: Say): Promise<void> {
  const officer = await logIn(desk, needed(options.by), 'RENKEI_STAFF_PASSWORD_A');
  const outageId = needed(options.outage);
  for (const { id, bankCode } of await institutionsOf(desk, needed(options.bank)))
    tell(bankCode, await desk.outages.close(id, outageId, officer.mailAddress), say);
}

async function institutionsOf(desk: StaffDesk, bank: string) {
  const all = await desk.institutions.all();
  return bank === 'all' ? all : all.filter(({ bankCode }) => bankCode === bank);
}

function tell(bankCode: string, result: Result<Outage, Refusal<OutageRefusal>>, say: Say): void {
  if (!result.ok) {
    const { code } = result.refusal;
    const { ja, en } = outageSentences[code];
    const words = { ja: `${bankCode}  ${code}: ${ja}`, en: `${bankCode}  ${code}: ${en}` };
    return say({ words, data: { bankCode, refused: code }, isRefusal: true });
  }
  const outage = result.value;
  const state = stateOfOutage(outage);
  const startsAt = instantToWire(outage.startsAt);
  const endsAt = outage.endsAt === undefined ? null : instantToWire(outage.endsAt);
  const line = `${bankCode}  ${outage.id}  ${outage.kind}  ${state}  ${startsAt} – ${endsAt ?? ''}`;
  say({
    words: { ja: line, en: line },
    data: { bankCode, outageId: outage.id, kind: outage.kind, state, startsAt, endsAt },
  });
}
