import type { IncidentRefusal } from '../domain/incident.refusals.js';

/** Refusal → status: not there → 404, not now → 409, what was sent cannot be → 422. */
export const incidentStatuses: Readonly<Record<IncidentRefusal, number>> = {
  incident_unknown: 404,
  incident_reported_before: 409,
  incident_reports_exhausted: 409,
  incident_unread: 409,
  incident_unresolved: 409,
  incident_closed: 409,
  entry_unknown: 422,
  event_ahead_of_clock: 422,
  facts_contradict: 422,
  chain_partner_missing: 422,
  institution_not_covered: 422,
};
