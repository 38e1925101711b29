import {
  idempotencySentences,
  idempotencyStatuses,
  platformSentences,
  type IdempotencyRefusal,
  type RefusalSentences,
} from '#libs/platform';
import { riskSignalSentences } from '../domain/risk-signal.refusals.js';
import type { RiskSignalRefusal } from '../domain/risk-signal.js';

type Code = RiskSignalRefusal | IdempotencyRefusal;

export const riskSignalStatuses: Readonly<Record<Code, number>> = {
  ...idempotencyStatuses,
  not_found: 404,
  observed_in_future: 422,
  too_many_risk_signals: 422,
};

export const riskSignalSentencesOfAll: RefusalSentences<Code> = {
  ...idempotencySentences,
  ...riskSignalSentences,
  not_found: platformSentences.not_found,
};
