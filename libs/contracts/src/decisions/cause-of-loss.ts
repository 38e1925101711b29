import {
  accepted,
  CivilDate,
  endOf,
  refused,
  type BusinessCalendar,
  type Instant,
  type Refusal,
  type Result,
} from '#libs/kernel';
import type { LossCategory } from '../facts/loss.js';

/** OPEN until somebody looks; FOUND and UNKNOWN are told by people. Source: RKN-L1a. */
export type CauseStatus = 'OPEN' | 'INVESTIGATING' | 'FOUND' | 'UNKNOWN';

/** The last instant of the target for finding the cause. It reminds; lateness is a fact (RKN-L1a). */
export const causeDueAt = (
  knownAt: Instant,
  businessDays: number,
  calendar: BusinessCalendar,
): Instant => endOf(calendar.plusBusinessDays(CivilDate.inTokyo(knownAt), businessDays)) - 1;

/** True where the reminder has run out while the cause is not settled. It moves no state. */
export const isCauseOverdue = (status: CauseStatus, dueAt: Instant, now: Instant): boolean =>
  (status === 'OPEN' || status === 'INVESTIGATING') && now > dueAt;

/** The next status of a case. A cause is found on evidence, or it is not found. Source: RKN-L1a. */
export function causeAfter(
  status: CauseStatus,
  told: 'reported' | 'found' | 'not_to_be_found',
  evidence: readonly string[],
): Result<CauseStatus, Refusal<'evidence_required' | 'state_conflict'>> {
  if (told === 'reported') {
    return status === 'OPEN' ? accepted('INVESTIGATING') : refused('state_conflict');
  }
  if (status === 'OPEN') return refused('state_conflict', { clause: 'RKN-L1a' });
  if (told === 'not_to_be_found') return accepted('UNKNOWN');
  return evidence.some((id) => id.trim() !== '')
    ? accepted('FOUND')
    : refused('evidence_required', { clause: 'RKN-L1a' });
}

/** May an exemption of the service agreement end the matter? For fraud it does not (RKN-L1c, L1d). */
export function mayDeclineByExemption(
  category: LossCategory,
  agreementClause: string,
  fraudAssessment: string | undefined,
): Result<'NOT_PAYABLE', Refusal<'agreement_clause_required' | 'fraud_assessment_required'>> {
  if (agreementClause.trim() === '') {
    return refused('agreement_clause_required', { clause: 'RKN-L1c' });
  }
  if (category === 'fraud' && (fraudAssessment ?? '').trim() === '') {
    return refused('fraud_assessment_required', { clause: 'RKN-L1d' });
  }
  return accepted('NOT_PAYABLE');
}
