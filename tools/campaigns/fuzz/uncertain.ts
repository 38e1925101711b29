import type { Operation } from './operations.js';

/**
 * Operations whose well-formed call may be refused, since they need more than the cast has. What officers change is
 * never counted: most of it rests on what went before in one matter, which stories walk and a fuzz does not.
 */
const NAMES: ReadonlySet<string> = new Set([
  // A delivery that has ended; the receiver of this run does not exist.
  'intermediary redeliverEvent',
  // A checklist that is whole, and one that an institution has received.
  'intermediary submitChecklist',
  'intermediary putChecklistAnswer',
  'intermediary listChecklistComments',
  'intermediary writeChecklistComment',
  // A service of the register that the partner's functions go within, and a proposal that is still open.
  'intermediary proposeChainPartner',
  'intermediary changeChainPartner',
  // A case that has come to a text, a payment or a finding.
  'intermediary acceptConsultationText',
  'intermediary proposeConsultationText',
  'intermediary claimRecourse',
  'intermediary fetchRecourseStatement',
  // A prior notice, which follows a period.
  'intermediary stateOnNotice',
  // The file of an agreement that somebody has deposited.
  'notices getPublishedDocument',
  // The papers of matters that have come further.
  'staff getCaseDocument',
  'staff exportTemplate',
  'staff readEvidence',
  'staff openEvidence',
  'staff readSubmission',
  'staff listComments',
  'staff exportSubmission',
  'staff readAuditLines',
]);

/** Whether the run has failed where this one well-formed call is refused. */
export const isCertain = (name: string, { method }: Operation): boolean =>
  !NAMES.has(name) && !(name.startsWith('staff ') && method !== 'GET');
