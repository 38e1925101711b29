import {
  refused,
  accepted,
  type CivilDate,
  type Refusal,
  type Result,
  type Tri,
} from '#libs/kernel';
import { facts as factWords } from '../facts/index.js';
import { definitions } from '../rkn-agreement/definitions.js';
import { DecisionDraft, UNDETERMINED, type Decision } from './decision.js';

/** The four facts that make a person a user (利用者). Source: RKN-D6. */
export interface UserFacts {
  readonly consentedToService: Tri;
  readonly consentedToFunction: Tri;
  readonly admittedByEpsp: Tri;
  readonly admittedByInstitution: Tri;
}

const NAMES = [
  'consentedToService',
  'consentedToFunction',
  'admittedByEpsp',
  'admittedByInstitution',
] as const;

const clause = definitions.clause('RKN-D6');

/**
 * May this person's data pass and orders be taken? Only with all four facts established; a fact that
 * is not established closes like one that is excluded, and the refusal names which. Source: RKN-D6.
 */
export function isUserAdmitted(
  facts: UserFacts,
): Result<true, Refusal<'user_not_admitted' | 'user_not_established'>> {
  const answer = clause.apply(facts);
  if (answer === 'yes') return accepted(true);
  const missing = NAMES.filter((name) => facts[name] !== 'yes');
  const code = answer === 'no' ? 'user_not_admitted' : 'user_not_established';
  return refused(code, { clause: clause.id, facts: { missing } });
}

export type AdmissionOutcome = 'admitted' | 'not_admitted' | typeof UNDETERMINED;

/** The same answer as a decision with its trace, for the record and the screen. Source: RKN-D6. */
export function decideAdmission(
  facts: UserFacts,
  context: { readonly institution: string; readonly asOf: CivilDate },
): Decision<AdmissionOutcome> {
  const answer = clause.apply(facts);
  const draft = new DecisionDraft({ ...context, input: facts });
  draft.step({
    clause: clause.id,
    effect: answer === 'yes' ? 'applies' : answer === 'no' ? 'not_met' : 'undetermined',
    facts: NAMES.map((name) => ({ name, value: facts[name], evidence: [] })),
    value: answer,
    reason: { ja: clause.ja, en: clause.en },
  });
  if (answer !== 'unknown') {
    return draft.decided(answer === 'yes' ? 'admitted' : 'not_admitted');
  }
  const open = NAMES.filter((name) => facts[name] === 'unknown');
  draft.lacks(...open).leaves(
    ...open.map((name) => ({
      who: name === 'admittedByEpsp' ? ('epsp' as const) : ('institution' as const),
      what: {
        ja: `「${factWords[name].ja}」を確かめる。`,
        en: `Establish: ${factWords[name].en}.`,
      },
      clause: clause.id,
    })),
  );
  return draft.decided(UNDETERMINED);
}
