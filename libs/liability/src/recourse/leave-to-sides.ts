import type { DecisionDraft } from '#libs/contracts';
import type { Claimable } from './claimable-amount.js';
import type { RecourseClass } from './gates.js';
import type { RecourseQuestion } from './question.js';
import { WITHOUT } from './reasons.js';

/** What remains for the sides: to pay the user, to establish facts, to consult. */
export function leaveToSides(
  draft: DecisionDraft,
  asked: RecourseQuestion,
  found: RecourseClass,
  amount: Claimable,
  unknown: readonly string[],
): void {
  if (found.kind === 'undetermined') {
    draft.leaves({
      who: 'both',
      what: {
        ja: `次の事実を確認し、証拠とともに記録する：${unknown.join('、')}。`,
        en: `Establish these facts and record the evidence: ${unknown.join(', ')}.`,
      },
      clause: 'RKN-L3',
    });
    draft.needsPerson({
      why: {
        ja: '求償を左右する事実が足りない。',
        en: 'Facts that decide about recourse are missing.',
      },
      bounds: [0n, amount.roomYen],
    });
  } else if (found.kind === 'nothing_yet' && asked.scope.value === 'service') {
    draft.leaves({
      who: 'epsp',
      what: {
        ja: '原因の帰属を待たず、利用者への賠償・補償を進める。',
        en: 'Compensate the user without waiting for the attribution.',
      },
      clause: 'RKN-L1b',
    });
  } else if (amount.agreementVersion === undefined && OPEN_TO_PEOPLE.includes(found.kind)) {
    const clause = found.clause ?? 'RKN-L3';
    draft.leaves({
      who: 'both',
      what: {
        ja: '負担について誠実に協議し、議事を残す。',
        en: 'Consult in good faith and keep minutes.',
      },
      clause,
    });
    draft.needsPerson({
      why: found.why
        ? WITHOUT[found.why]
        : { ja: '負担は双方の協議と合意による。', en: 'The burden is for the sides to agree.' },
      ...(found.clause && { clause }),
      bounds: [0n, amount.roomYen],
    });
  }
}

const OPEN_TO_PEOPLE: readonly string[] = ['agreed', 'consultation', 'without_clause', 'two_cases'];
