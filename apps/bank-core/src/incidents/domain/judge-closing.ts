import { refused, type Refusal } from '#libs/kernel';
import { stateOf, type Incident } from './incident.js';
import type { IncidentRefusal } from './incident.refusals.js';

type Refused = { readonly ok: false; readonly refusal: Refusal<IncidentRefusal> };

/** Why an incident cannot be closed now: it is closed, something is unread, or it goes on. */
export function judgeClosing(incident: Incident): Refused | undefined {
  const state = stateOf(incident);
  if (state === 'closed') return refused('incident_closed');
  if (state === 'reported') return refused('incident_unread');
  return incident.phase === 'resolved' ? undefined : refused('incident_unresolved');
}
