import { accepted, type Result } from '#libs/kernel';
import { checkAttribution } from '../attribution.js';
import { isInstant } from '../instants.js';
import type { PaidToUser, RecourseQuestion, Unavoidable } from './question.js';
import { refused } from '../refused.js';

/**
 * What must hold of a question of recourse before it is decided: amounts that can be, payments named
 * once and by whom, a complete attribution, grounds for gate B, the showing where it is required.
 * Refuses with the field and the clause.
 */
export function checkQuestion(
  asked: RecourseQuestion,
  showingIsRequired: boolean,
): Result<RecourseQuestion> {
  const payments = checkPayments(asked);
  if (!payments.ok) return payments;
  for (const field of ['recoveredFromWrongdoerYen', 'recoursedYen'] as const) {
    if (asked[field] < 0n)
      return refused('amount_negative', { clause: 'RKN-L*', facts: { field } });
  }
  if (asked.attribution) {
    const attribution = checkAttribution(asked.attribution);
    if (!attribution.ok) return attribution;
  }
  const gate = checkUnavoidable(asked.unavoidable);
  if (!gate.ok) return gate;
  const versions = asked.agreements.map(({ version }) => version);
  if (new Set(versions).size !== versions.length) {
    return refused('named_twice', { clause: 'RKN-L2b', facts: { field: 'agreements.version' } });
  }
  if (showingIsRequired && asked.payments.length > 0 && asked.primaFacie.length === 0) {
    const clause = asked.payments.some(({ by }) => by === 'EPSP') ? 'RKN-L2a' : 'RKN-L4-0a';
    return refused('prima_facie_missing', { clause, facts: { field: 'primaFacie' } });
  }
  return accepted(asked);
}

function checkPayments({ payments }: RecourseQuestion): Result<true> {
  const seen = new Set<string>();
  for (const [index, payment] of payments.entries()) {
    const at = `payments[${index}].`;
    if (seen.has(payment.id)) {
      return refused('named_twice', {
        clause: PAYS_UNDER[payment.by],
        facts: { field: `${at}id` },
      });
    }
    seen.add(payment.id);
    const checked = checkPayment(payment, at);
    if (!checked.ok) return checked;
  }
  return accepted(true);
}

/** The clause under which each side pays the user. */
const PAYS_UNDER = { EPSP: 'RKN-L1b', FI: 'RKN-L4-0a' } as const;

/** A payment has an amount and a time, and an institution that paid is named. Source: RKN-L1b, RKN-L4-0a. */
export function checkPayment(
  { by, institution, amountYen, paidAt }: PaidToUser,
  at = '',
): Result<true> {
  const clause = PAYS_UNDER[by];
  const about = (field: string) => ({ clause, facts: { field: `${at}${field}` } });
  if (amountYen <= 0n) return refused('amount_not_positive', about('amountYen'));
  if (by === 'FI' && !institution) return refused('institution_missing', about('institution'));
  if (!isInstant(paidAt)) return refused('instant_malformed', about('paidAt'));
  return accepted(true);
}

/** RKN-L4-0b/a: "unavoidable" rests on grounds, evidence, an approver and the time of the record. */
export function checkUnavoidable(unavoidable: Unavoidable): Result<true> {
  if (unavoidable.value !== 'yes') return accepted(true);
  const about = (field: string) => ({
    clause: 'RKN-L4-0b',
    facts: { field: `unavoidable.${field}` },
  });
  if (!unavoidable.grounds?.trim()) return refused('grounds_missing', about('grounds'));
  if (unavoidable.evidence.length === 0) return refused('evidence_missing', about('evidence'));
  if (!unavoidable.approvedBy?.trim()) return refused('person_missing', about('approvedBy'));
  if (unavoidable.recordedAt === undefined) return refused('time_missing', about('recordedAt'));
  if (!isInstant(unavoidable.recordedAt)) return refused('instant_malformed', about('recordedAt'));
  return accepted(true);
}
