import { factName, type DecisionDraft } from '#libs/contracts';
import { yenForPeople } from '#libs/kernel';
import type { Award } from './award.js';
import type { CompensationKind } from './stage.js';

/**
 * What a decision leaves to people: facts to establish (SM-14.1*, INT-04), an amount at discretion
 * (SM-14.2e, INT-06), or a combination for which there is no rule (INT-05). Nothing where it is settled.
 */
export function leaveToPeople(
  draft: DecisionDraft,
  kind: CompensationKind,
  { bounds, awardYen }: Award,
  unknown: readonly string[],
): void {
  const [least, most] = bounds;
  const range = {
    ja: `${yenForPeople(least)}以上${yenForPeople(most)}以下`,
    en: `from ${least} to ${most} yen`,
  };
  const named = unknown.map(factName);
  if (kind === 'undetermined') {
    draft.needsPerson({
      why: {
        ja: '結論を左右する事実が確認されていない。支払も除外も機械では決めない。',
        en: 'Facts that would decide are not established: nothing is paid or excluded by machine.',
      },
      clause: 'SM-14.1*',
      bounds,
    });
    draft.leaves({
      who: 'institution',
      what: {
        ja: `次の事実を調査し、証拠とともに記録する：${named.map(({ ja }) => ja).join('、')}。`,
        en: `Establish these facts and record the evidence: ${named.map(({ en }) => en).join(', ')}.`,
      },
      clause: 'SM-14.1*',
    });
  } else if (kind === 'discretionary' && awardYen === null) {
    draft.needsPerson({
      why: {
        ja: '一部を補てんするか、いくらかは、理由を付して二人が決める。割合の定めはない。',
        en: 'Whether and how much of a part: two people decide with grounds. There is no ratio.',
      },
      clause: 'SM-14.2e',
      bounds,
    });
    draft.leaves(twoPeopleSet('SM-14.2e', range));
  } else if (kind === 'no_rule' && awardYen === null) {
    draft.needsPerson({
      why: {
        ja: 'この組合せについて条項に定めなし。拒絶ではなく、人が決める。',
        en: 'No clause speaks to this combination. It is no refusal: people decide.',
      },
      bounds,
    });
    draft.leaves(twoPeopleSet('SM-14.2a', range));
  }
}

const twoPeopleSet = (clause: 'SM-14.2a' | 'SM-14.2e', range: { ja: string; en: string }) => ({
  who: 'institution' as const,
  what: {
    ja: `理由を付し、二人で金額を決めて記録する（${range.ja}）。`,
    en: `Two people set the amount with grounds and record it, ${range.en}.`,
  },
  clause,
});
