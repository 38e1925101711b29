import { instantToWire } from '#libs/kernel';
import type { ChangeView } from '../../bank/index.js';
import type { EventData, NewEvent } from './event.js';
import type { EventType } from './event-type.js';

/** What an event says apart from whom it is for. */
type Told = Pick<NewEvent, 'type' | 'data'>;

/**
 * The events that a change at bank-core makes; none where nobody outside has to hear of it. Reasons stay
 * here: whose side they lie on is nobody's business (T-29). Whoever wants to know more asks the API.
 */
export function eventsOfChange(change: ChangeView): readonly Told[] {
  const rule = RULES[change.subject as keyof typeof RULES] as Rule | undefined;
  return rule?.(change) ?? [];
}

type Rule = (change: ChangeView) => readonly Told[];

const one = (type: EventType | undefined, data: EventData): readonly Told[] =>
  type ? [{ type, data }] : [];

const CONSENTS: Readonly<Record<string, EventType>> = {
  authorised: 'consent.authorised',
  rejected: 'consent.rejected',
  amended: 'consent.amended',
  extended: 'consent.extended',
  expiring: 'consent.expiring',
  expired: 'consent.expired',
  frozen: 'consent.frozen',
  resumed: 'consent.resumed',
  revoked: 'consent.revoked',
};

const consent: Rule = ({ state, bankCode, subjectId, detail }) => {
  const { daysLeft } = detail;
  const end: EventData =
    state === 'expiring' && typeof daysLeft === 'number'
      ? { expiresAt: instantOf(detail['expiresAt']), daysLeft }
      : {};
  return one(CONSENTS[state], { bankCode, consentId: subjectId, ...end });
};

const account: Rule = ({ state, bankCode, subjectId, detail }) => {
  const types: Readonly<Record<string, EventType>> = {
    available: 'account.available',
    unavailable: 'account.unavailable',
  };
  const consentId = textOf(detail['consentId']);
  return one(types[state], { bankCode, accountId: subjectId, consentId });
};

const TRANSFERS: Readonly<Record<string, EventType>> = {
  RCVD: 'transfer.received',
  ACTC: 'transfer.awaiting_confirmation',
  SCHD: 'transfer.scheduled',
  RSVD: 'transfer.accepted',
  ACSP: 'transfer.executed',
  ACSC: 'transfer.sent',
  PDNG: 'transfer.under_review',
  RJCT: 'transfer.rejected',
  CANC: 'transfer.cancelled',
  EXPD: 'transfer.expired',
};

/** Money that came back: on the account again, or waiting for a person to give it back (SM-5.4-2). */
const AFTERCARE: Readonly<Record<string, EventType>> = {
  returned: 'transfer.returned',
  return_pending: 'transfer.under_review',
};

const transfer: Rule = ({ state, was, reason, bankCode, subjectId }) => {
  const data = { bankCode, transferId: subjectId, status: state };
  const type = AFTERCARE[reason ?? ''] ?? TRANSFERS[state];
  const wasReserved = was === 'SCHD' || was === 'RSVD';
  const isDone = state === 'ACSP' || state === 'ACSC';
  return [
    ...one(type, data),
    ...one(wasReserved && isDone ? 'scheduled.executed' : undefined, data),
    ...one(wasReserved && state === 'RJCT' ? 'scheduled.failed' : undefined, data),
  ];
};

const LINKS: Readonly<Record<string, EventType>> = {
  active: 'link.resumed',
  restricted: 'link.restricted',
  suspended: 'link.suspended',
  terminated: 'link.terminated',
};

const link: Rule = ({ state, bankCode, subjectId, chainPartnerId, detail }) =>
  one(LINKS[state], {
    bankCode,
    measureId: subjectId,
    chainPartnerId,
    function: textOf(detail['function']),
    clause: textOf(detail['clause']),
    since: instantOf(detail['since']),
    until: instantOf(detail['until']),
  });

const PARTNERS: Readonly<Record<string, EventType>> = {
  contracted: 'partner.approved',
  rejected: 'partner.rejected',
  stopped: 'partner.suspended',
  removed: 'partner.removed',
};

const partner: Rule = ({ state, subjectId }) => one(PARTNERS[state], { chainPartnerId: subjectId });

const LETTERS: Readonly<Record<string, EventType>> = {
  improvement_demand: 'improvement.requested',
  improvement_accepted: 'improvement.closed',
};

/** That a letter waits, and of a demand besides that it was made; what it says stands in the letter alone. */
const letter: Rule = ({ state, bankCode, subjectId, detail }) => {
  const clause = textOf(detail['clause']);
  const shared = { bankCode, documentId: subjectId, clause };
  const demandId = textOf(detail['about']);
  return [
    ...one('letter.issued', { ...shared, notice: state }),
    ...one(LETTERS[state], { ...shared, ...(demandId === null ? {} : { demandId }) }),
  ];
};

const IMPROVEMENTS: Readonly<Record<string, EventType>> = {
  due_soon: 'improvement.due_soon',
  overdue: 'improvement.overdue',
};

/** By when: of a demand with its id; of a review what is due, `daysLeft` 0 once it is over. */
const duty: Rule = ({ state, bankCode, subjectId, detail }) => {
  const type = IMPROVEMENTS[state];
  const { daysLeft } = detail;
  const shared = {
    bankCode,
    clause: textOf(detail['clause']),
    dueAt: instantOf(detail['dueAt']),
    daysLeft: typeof daysLeft === 'number' ? daysLeft : null,
  };
  if (detail['duty'] === 'improvement') return one(type, { ...shared, demandId: subjectId });
  return one(type && 'review.due', {
    ...shared,
    duty: textOf(detail['duty']),
    submissionId: subjectId,
  });
};

const INCIDENTS: Readonly<Record<string, EventType>> = {
  reported: 'incident.opened',
  acknowledged: 'incident.acknowledged',
  closed: 'incident.closed',
};

const incident: Rule = ({ state, bankCode, subjectId }) =>
  one(INCIDENTS[state], { bankCode, incidentId: subjectId });

const OUTAGES: Readonly<Record<string, EventType>> = {
  planned: 'outage.planned',
  started: 'outage.started',
  ended: 'outage.ended',
  cancelled: 'outage.cancelled',
};

const outage: Rule = ({ state, bankCode, subjectId, detail }) =>
  one(OUTAGES[state], {
    bankCode,
    outageId: subjectId,
    kind: textOf(detail['kind']),
    functions: wordsOf(detail['functions']),
    startsAt: instantOf(detail['startsAt']),
    endsAt: instantOf(detail['endsAt']),
  });

const RULES = {
  consent,
  account,
  transfer,
  link,
  letter,
  duty,
  incident,
  partner,
  outage,
} as const;

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const wordsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((word) => typeof word === 'string') : [];

function instantOf(value: unknown): string | null {
  const instant = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(instant) ? null : instantToWire(instant);
}
