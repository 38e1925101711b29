import type { ChainEvent } from '#libs/contracts';
import type { Instant } from '#libs/kernel';

/** What an intermediary enters of its partner: a document, or a step of RKN-C1b to C1d. */
export const PARTNER_ACTS = [
  'document_filed',
  'report_requested',
  'partner_reported',
  'guidance_given',
  'guidance_concluded',
  'result_reported',
] as const;
export type PartnerActKind = (typeof PARTNER_ACTS)[number];

/** A file that the other side keeps; here only what proves which one it was. */
export interface FiledDocument {
  readonly sha256: string;
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
}

export interface ActSaid {
  readonly kind: PartnerActKind;
  /** What is asked, reported, found, or came of it. */
  readonly text: string;
  /** Of a guidance: what the partner has to do. */
  readonly instruction: string | undefined;
  /** By when the report or the outcome is due: the last instant of a day. */
  readonly dueAt: Instant | undefined;
  readonly documents: readonly FiledDocument[];
}

/** What the matter at one institution made of it: its state, or the machine's refusal. */
export type ToldAt =
  | { readonly institutionId: number; readonly state: string }
  | { readonly institutionId: number; readonly refused: string; readonly clause?: string };

export interface PartnerAct extends ActSaid {
  readonly id: string;
  readonly partnerId: string;
  /** The request or guidance that it answers. */
  readonly about: string | undefined;
  readonly told: readonly ToldAt[];
  readonly at: Instant;
}

/** Which act an answer belongs to: the newest of the kind that it answers. */
const ANSWERS: Partial<Record<PartnerActKind, PartnerActKind>> = {
  partner_reported: 'report_requested',
  guidance_concluded: 'guidance_given',
  result_reported: 'guidance_given',
};

/** The request or guidance that an act answers, among the partner's acts in their order. */
export const aboutOf = (kind: PartnerActKind, acts: readonly PartnerAct[]): string | undefined =>
  acts.findLast((act) => act.kind === ANSWERS[kind])?.id;

/** Reports have ids of their own, so that a ground of RKN-C2 can point at one. */
export const prefixOf = (kind: PartnerActKind): 'doc' | 'rpt' | 'gdn' => {
  if (kind === 'document_filed') return 'doc';
  return kind === 'report_requested' || kind === 'partner_reported' ? 'rpt' : 'gdn';
};

/** The act as the chain machine hears it; a filed document moves nothing. Source: RKN-C1b, RKN-C1c, RKN-C1d. */
export function eventOfAct(
  act: Pick<PartnerAct, 'id' | 'kind' | 'text' | 'instruction' | 'dueAt' | 'at'>,
  reportDays: number | undefined,
): ChainEvent | undefined {
  const { id, kind, text, at } = act;
  const told = { id, happenedAt: at };
  // A due date that is missing is one in the past: the machine refuses it.
  const due = act.dueAt ?? at;
  switch (kind) {
    case 'document_filed':
      return undefined;
    case 'report_requested':
      return { ...told, type: kind, reportBy: due };
    case 'guidance_given':
      return {
        ...told,
        type: kind,
        finding: text,
        instruction: act.instruction ?? '',
        outcomeBy: due,
      };
    case 'guidance_concluded':
      return {
        ...told,
        type: kind,
        outcome: text,
        ...(reportDays === undefined ? {} : { reportDays }),
      };
    default:
      return { ...told, type: kind };
  }
}
