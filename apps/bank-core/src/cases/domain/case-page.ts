import type { LossCategory } from '#libs/contracts';
import type { Instant } from '#libs/kernel';
import type { Side } from '#libs/liability';

/** One line of the list of cases. Yen as decimal strings. */
export interface CaseLine {
  readonly caseId: string;
  readonly category: LossCategory;
  readonly epspId: string | undefined;
  readonly lossYen: string;
  readonly paidYen: string;
  readonly reportedAt: Instant;
  readonly causeStatus: string;
  readonly causeDueAt: Instant | undefined;
  readonly closedAt: Instant | undefined;
}

/** A page of the list; `epspId`: one intermediary's alone. */
export interface CaseQuery {
  readonly before?: string | undefined;
  readonly epspId?: string | undefined;
  readonly limit: number;
}

/** What `case_page` puts together. */
export interface StoredPage {
  readonly row: {
    readonly origin: string;
    readonly reference: string;
    readonly holder_id: string | null;
    readonly epsp_id: string;
    readonly chain_partner_id: string;
    readonly request_ids: readonly string[];
    readonly cause_due_at: string | null;
    readonly closed_at: string | null;
    readonly opened_by: string;
  };
  readonly events: readonly {
    readonly sequence: number;
    readonly event: string;
    readonly stateHash: string;
    readonly recordedBy: string;
    readonly recordedAt: number;
  }[];
  readonly notes:
    readonly { kind: string; content: string; recordedBy: string; recordedAt: number }[] | null;
  readonly facts: {
    readonly version: number;
    readonly facts: string;
    readonly hash: string;
  } | null;
  readonly decisions:
    | readonly {
        readonly id: string;
        readonly about: string;
        readonly ruleset: string;
        readonly sequence: number;
        readonly decisionHash: string;
        readonly decidedBy: string;
        readonly decidedAt: number;
      }[]
    | null;
  readonly compensation: {
    readonly paid: string;
    readonly lapsed: string;
    readonly passedOver: string;
    readonly proposalId: string;
    readonly decisionId: string;
    readonly paidAt: number;
  } | null;
  readonly recourse: readonly StoredRecourse[] | null;
  readonly documents: readonly StoredDocument[] | null;
}

export interface StoredRecourse {
  readonly number: number;
  readonly claimant: Side;
  readonly amount: string;
  readonly decisionId: string;
  readonly documentId: string;
  readonly claimedBy: string;
  readonly claimedAt: number;
  readonly shares:
    | readonly { readonly against: string; readonly amount: string; readonly settled: string }[]
    | null;
}

export interface StoredDocument {
  readonly id: string;
  readonly kind: string;
  readonly hash: string;
}
