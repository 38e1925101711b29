import { article13, demand, type ClauseId, type ClauseText, type Facts } from '#libs/contracts';
import { accepted, refused, type Refusal, type Result, type Tri, type Words } from '#libs/kernel';
import type { CaseRefusal } from './case.refusals.js';

/** The grounds of SM-13 that a person may find, besides due care (SM-13.1a) which rests on the pack. */
export const EXCLUSION_CLAUSES = [
  'SM-13.2-1',
  'SM-13.2-2',
  'SM-13.3',
  'SM-13.4',
  'SM-13.5',
  'SM-13.6a',
  'SM-13.6b',
] as const satisfies readonly ClauseId[];
export type ExclusionClause = (typeof EXCLUSION_CLAUSES)[number];

/** What somebody found, with what it rests on. Each clause reads its own facts. */
export interface ExclusionFacts {
  readonly clause: ExclusionClause;
  readonly grounds: string;
  readonly evidence: readonly string[];
  readonly foundBy: string;
  /** Recorded with every assessment: consumer law limits exclusions where the institution is at fault (INT-18). */
  readonly institutionResponsible: Tri;
  readonly safeguardsTaken?: boolean | undefined;
  readonly incidentCause?: Facts['incidentCause'] | undefined;
  /** Of SM-13.2-2: when the request that was cut off became fixed, if it did; null without such a request. */
  readonly request?: { readonly id: string; readonly fixedAt: number | undefined } | undefined;
  /** Of SM-13.5: the paper, and who compared its seal with what result. */
  readonly paper?:
    { readonly id: string; readonly by: string; readonly matched: boolean } | undefined;
}

export interface ExclusionFound extends Omit<ExclusionFacts, 'request'> {
  /** Of SM-13.2-2: fixed or not, nothing between. */
  readonly request?: { readonly id: string; readonly state: 'fixed' | 'not_fixed' };
  readonly rule: Words;
  /** What stands beside it, word for word in every such assessment. */
  readonly warning: Words;
  /** Where an individual may still go: the clause that leads there, if this one does. */
  readonly leavesOpen: readonly ClauseId[];
}

/** Towards consumers a total exclusion may be limited by law: a warning, never a rule (INT-18). */
const WARNING: Words = {
  ja: '免責の認定は検討の資料である。消費者への全部免責は消費者契約法8条により制限されうる。',
  en: 'A finding for the assessment only; consumer law (消費者契約法8条) may limit a total exclusion.',
};

export interface ExclusionWords {
  readonly clause: ExclusionClause;
  readonly rule: Words;
  readonly warning: Words;
  readonly leavesOpen: ClauseId[];
  readonly shownAt: string[];
}

/** What each of them says, and where it is shown to holders (SM-13.3, SM-13.6b). */
export const exclusionWords = (): ExclusionWords[] =>
  EXCLUSION_CLAUSES.map((clause) => {
    const { ja, en, refers = [], ...more }: ClauseText = article13.clause(clause);
    const { shownAt = [] } = more as { readonly shownAt?: readonly string[] };
    const leavesOpen = opened(refers);
    return { clause, rule: { ja, en }, warning: WARNING, leavesOpen, shownAt: [...shownAt] };
  });

const opened = (refers: readonly ClauseId[]) => refers.filter((one) => one === 'SM-13.1b');

/**
 * A finding on an exclusion of SM-13. It feeds the assessment and refuses no claim: where the clause leads an
 * individual to SM-13.1b, that stays open. Refuses without grounds or evidence, and where the clause's own condition
 * fails.
 */
export function findExclusion(facts: ExclusionFacts): Result<ExclusionFound, Refusal<CaseRefusal>> {
  const { clause, grounds, evidence, request } = facts;
  const own = ownCondition(facts);
  if (!own.ok) return own;
  if (grounds.trim() === '') return refused('grounds_missing', about(clause, 'grounds'));
  if (evidence.every((one) => one.trim() === ''))
    return refused('evidence_missing', about(clause, 'evidence'));
  const { ja, en, refers = [] }: ClauseText = article13.clause(clause);
  const { request: _, ...found } = facts;
  return accepted({
    ...found,
    ...(request && { request: { id: request.id, state: stateOf(request.fixedAt) } }),
    rule: { ja, en },
    warning: WARNING,
    leavesOpen: opened(refers),
  });
}

const about = (clause: ClauseId, field: string) => ({ clause, facts: { field } });
const stateOf = (fixedAt: number | undefined) => article13.clause('SM-13.2-2').apply({ fixedAt });

/** What the clause itself asks before it can be chosen. */
function ownCondition(facts: ExclusionFacts): Result<void, Refusal<CaseRefusal>> {
  const { clause, institutionResponsible, safeguardsTaken = false, paper, request } = facts;
  switch (clause) {
    case 'SM-13.2-1': {
      const found = article13.clause(clause).apply({ safeguardsTaken, institutionResponsible });
      return found.exclusionSelectable
        ? accepted(undefined)
        : refused('facts_contradict', about(clause, 'institutionResponsible'));
    }
    case 'SM-13.2-2':
      return request
        ? accepted(undefined)
        : refused('evidence_missing', about(clause, 'transferId'));
    case 'SM-13.4':
      // The clause speaks of what the institution is not to blame for, such as an accident in the post.
      return institutionResponsible === 'no'
        ? accepted(undefined)
        : refused('facts_contradict', about(clause, 'institutionResponsible'));
    case 'SM-13.5': {
      const verdict = article13.clause(clause).apply({ sealCheckedBy: paper?.by });
      if (verdict === 'seal_check_missing') return refused(verdict, about(clause, 'paperId'));
      return paper?.matched
        ? accepted(undefined)
        : refused('facts_contradict', about(clause, 'sealCheck.matched'));
    }
    case 'SM-13.6a': {
      const { incidentCause, evidence, foundBy } = facts;
      const asked = { evidence, enteredBy: foundBy, ...(incidentCause && { incidentCause }) };
      const given = demand(article13.clause(clause), asked);
      if (!given.ok) return given;
      return incidentCause === 'disaster_law_authority'
        ? accepted(undefined)
        : refused('facts_contradict', about(clause, 'incidentCause'));
    }
    case 'SM-13.3':
    case 'SM-13.6b':
      return accepted(undefined);
  }
}
