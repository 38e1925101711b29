import { accepted, refused, type Instant, type Refusal, type Result } from '#libs/kernel';

/** What an intermediary may have noticed; a catalogue, so that no text of a person is taken in (T-30). */
export const RISK_KINDS = [
  'new_device',
  'new_payee',
  'unusual_amount',
  'unusual_place',
  'unusual_time',
  'remote_control_suspected',
  'malware_suspected',
  'credentials_changed_recently',
  'many_attempts',
  'reported_by_user',
] as const;
export type RiskKind = (typeof RISK_KINDS)[number];

export const RISK_GRADES = ['low', 'medium', 'high'] as const;
export type RiskGrade = (typeof RISK_GRADES)[number];

export interface RiskSignal {
  readonly kind: RiskKind;
  readonly grade: RiskGrade;
  readonly observedAt: Instant;
}

/** As stored, newest first, for the people who look at it. */
export interface ReceivedRiskSignal extends RiskSignal {
  readonly transferId: string;
  readonly receivedAt: Instant;
}

export type RiskSignalRefusal = 'not_found' | 'observed_in_future' | 'too_many_risk_signals';

export const SIGNALS_PER_TRANSFER_MAX = 100;
/** Clocks of others differ; more than this is no evidence. */
const AHEAD_MS_MAX = 5 * 60_000;

/**
 * May these be stored beside what a transfer has already? Signals decide nothing: no transfer is refused
 * for them; people look at them. Refuses with `observed_in_future`, `too_many_risk_signals`.
 */
export function checkRiskSignals(
  signals: readonly RiskSignal[],
  stored: number,
  now: Instant,
): Result<void, Refusal<RiskSignalRefusal>> {
  if (signals.some(({ observedAt }) => observedAt > now + AHEAD_MS_MAX))
    return refused('observed_in_future');
  return stored + signals.length > SIGNALS_PER_TRANSFER_MAX
    ? refused('too_many_risk_signals', { facts: { max: SIGNALS_PER_TRANSFER_MAX } })
    : accepted(undefined);
}
