import type { LinkFunction } from '#libs/contracts';
import type { Instant } from '#libs/kernel';

/** What happened, and the clause that it touches. Each is told with the same words to every institution concerned. */
export const INCIDENT_CLAUSES = {
  /** Intrusion, malware, tampering. */
  security_breach: 'RKN-S2',
  /** Credentials or information on users came to somebody who should not have it. */
  leak: 'RKN-S1',
  /** The intermediary's service or linking failed; where users lost by it, its cause is to be found. */
  service_failure: 'RKN-L1a',
  /** A chain partner broke the contract of the connection. */
  partner_breach: 'RKN-C1d',
} as const;
export type IncidentKind = keyof typeof INCIDENT_CLAUSES;
export const INCIDENT_KINDS = Object.keys(INCIDENT_CLAUSES) as readonly IncidentKind[];

/** How it stands, as the intermediary says. */
export const INCIDENT_PHASES = ['ongoing', 'contained', 'resolved'] as const;
export type IncidentPhase = (typeof INCIDENT_PHASES)[number];

/** Functions of one institution's catalogue that it touches (RKN-D4), and how many users; undefined: not known. */
export interface Extent {
  readonly functions: readonly LinkFunction[];
  readonly affectedUsers: number | undefined;
}

/** What is told of it at one moment. */
export interface Telling {
  readonly text: string;
  readonly phase: IncidentPhase;
  /** Names of what shows it. */
  readonly evidence: readonly string[];
}

/** What stands fixed from the first report on. */
export interface IncidentFacts {
  /** The intermediary's own name for it. */
  readonly reference: string;
  readonly kind: IncidentKind;
  readonly chainPartnerId: string | undefined;
  readonly occurredAt: Instant | undefined;
  readonly foundAt: Instant;
}

/** An incident at one institution. */
export interface Incident extends IncidentFacts, Extent {
  readonly institutionId: number;
  readonly id: string;
  /** Counts the institution's incidents. */
  readonly number: number;
  readonly epspId: string;
  readonly phase: IncidentPhase;
  /** When this institution was told. */
  readonly reportedAt: Instant;
  readonly lastSequence: number;
  /** The newest entry of the intermediary's. */
  readonly lastReport: number;
  /** Up to which entry an officer has read. */
  readonly readTo: number;
  readonly readAt: Instant | undefined;
  readonly closedAt: Instant | undefined;
}

export const ENTRY_KINDS = [
  'reported',
  'followed_up',
  'acknowledged',
  'became_ground',
  'closed',
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** One line of its history. The same report has the same id at every institution. */
export interface IncidentEntry {
  readonly sequence: number;
  readonly id: string;
  readonly kind: EntryKind;
  /** The intermediary with its software, or the officer. */
  readonly by: string;
  readonly at: Instant;
  readonly content: Readonly<Record<string, unknown>>;
}

export type IncidentState = 'reported' | 'acknowledged' | 'closed';

/** Where it stands at an institution: something is unread, everything is read, or it is closed. */
export function stateOf({
  closedAt,
  readTo,
  lastReport,
}: Pick<Incident, 'closedAt' | 'readTo' | 'lastReport'>): IncidentState {
  if (readTo < lastReport) return 'reported';
  return closedAt === undefined ? 'acknowledged' : 'closed';
}
