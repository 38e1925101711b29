import { machineRefusals, type MachineCode } from '#libs/contracts';
import type { Words } from '#libs/kernel';
import { liabilityRefusals, type LiabilityCode } from '#libs/liability';

/** What the machines of the agreement refuse to an intermediary, in their own words (RKN-S3, S4, C1, C2). */
const OF_MACHINES = [
  'event_repeated',
  'event_ahead_of_clock',
  'event_out_of_order',
  'event_late',
  'another_demand',
  'another_request',
  'partner_already_stopped',
  'period_not_over',
  'submission_incomplete',
  'submission_immutable',
  'contract_incomplete',
  'finding_required',
  'deadline_in_the_past',
  'parameter_unset',
] as const satisfies readonly MachineCode[];

/** What the rules of liability refuse to the intermediary's side of a case (RKN-L). */
const OF_LIABILITY = [
  'agreed_above_paid',
  'agreement_clause_required',
  'agreement_not_accepted',
  'agreement_not_open',
  'already_accepted',
  'amount_negative',
  'amount_not_positive',
  'amount_exceeds_paid',
  'chain_partner_missing',
  'claim_exceeds_agreed',
  'claim_exceeds_paid',
  'claim_exceeds_room',
  'claim_not_open',
  'evidence_missing',
  'evidence_required',
  'facts_contradict',
  'facts_missing',
  'grounds_missing',
  'instant_malformed',
  'institution_missing',
  'named_twice',
  'not_yet_compensated',
  'payment_exceeds_loss',
  'person_missing',
  'prima_facie_missing',
  'reading_without_figures',
  'second_person_required',
  'split_does_not_add_up',
  'split_missing',
  'version_not_open',
  'version_taken',
] as const satisfies readonly LiabilityCode[];

type OfMachines = (typeof OF_MACHINES)[number];
type OfLiability = (typeof OF_LIABILITY)[number];
type OfTheHouse = 'letter_unknown' | 'case_unknown' | 'text_changed' | 'document_too_large';

function only<Code extends string>(
  codes: readonly Code[],
  all: Readonly<Record<Code, Words>>,
): Readonly<Record<Code, Words>> {
  const picked = codes.map((code) => [code, { ja: all[code].ja, en: all[code].en }]);
  return Object.fromEntries(picked) as Record<Code, Words>;
}

/** Every refusal of bank-core that concerns an intermediary's own duties, cases and letters. */
export const ownAffairsSentences: Readonly<Record<OfMachines | OfLiability | OfTheHouse, Words>> = {
  ...only<OfMachines>(OF_MACHINES, machineRefusals),
  ...only<OfLiability>(OF_LIABILITY, liabilityRefusals),
  letter_unknown: { ja: '文書が見つかりません。', en: 'There is no such letter.' },
  case_unknown: { ja: '案件が見つかりません。', en: 'There is no such case.' },
  text_changed: {
    ja: '承諾しようとした文面が、記録された文面と一致しません。',
    en: 'What was to be accepted is not the text that was recorded.',
  },
  document_too_large: {
    ja: 'この文書は大きすぎて描画できません。JSON をご利用ください。',
    en: 'The document is too large to be drawn. Ask for its JSON.',
  },
};

export type OwnAffairsCode = keyof typeof ownAffairsSentences;
