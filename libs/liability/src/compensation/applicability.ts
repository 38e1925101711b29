import { article13, type FactName, type TraceNode } from '#libs/contracts';
import type { Finding } from '#libs/kernel';
import type { CompensationClaim } from './claim.js';
import { effectOf, used, type Gate } from './stage.js';

/**
 * SM-13.1b: article 14 is open to individuals whose credentials were stolen and whose deposit was
 * reduced, or overdraft drawn, by it. For everybody else SM-13.1a stands (INT-18).
 */
export function applicability(claim: CompensationClaim): Gate {
  const asked: [FactName, Finding][] = [
    ['holderIsIndividual', claim.holderIsIndividual],
    ['credentialsStolen', claim.credentialsStolen],
    ['depositReduced', claim.depositReduced],
  ];
  const passes = article13.clause('SM-13.1b').apply({
    holderIsIndividual: claim.holderIsIndividual.value,
    credentialsStolen: claim.credentialsStolen.value,
    depositReduced: claim.depositReduced.value,
  });
  const reason = {
    yes: {
      ja: '個人の契約者がパスワード等を盗まれ、不正に預金が減るなどしたため、補てんを請求できる。',
      en: 'An individual whose credentials were stolen lost a deposit by it: a claim is open.',
    },
    no: {
      ja: '個人・盗難・不正な預金減少等のいずれかを欠くため、第14条の補てんの対象でない。',
      en: 'Not an individual, no theft, or no wrongful loss of deposit: article 14 is not open.',
    },
    unknown: {
      ja: '第14条の対象かどうかを決める事実が確認されていない。',
      en: 'A fact that decides whether article 14 is open has not been established.',
    },
  }[passes];
  return {
    passes,
    otherwise: 'not_applicable',
    clause: 'SM-13.1b',
    unknown: passes === 'unknown' ? namesOfUnknown(asked) : [],
    trace: [
      {
        clause: 'SM-13.1b',
        effect: effectOf(passes),
        facts: asked.map(([id, finding]) => used(id, finding)),
        reason,
      },
      ...(passes === 'no' ? [totalExclusion(claim)] : []),
    ],
  };
}

/** What is left is SM-13.1a, a total exclusion. The warning is a text, not a rule (INT-18). */
const totalExclusion = (claim: CompensationClaim): TraceNode => ({
  clause: 'SM-13.1a',
  effect: 'reading',
  facts: [used('holderIsIndividual', claim.holderIsIndividual)],
  reason: {
    ja: '残るのは免責の定めのみ。消費者に対する全部免責は消費者契約法8条により制限されうる。',
    en: 'Only the exclusion of liability is left; consumer law (消費者契約法8条) may limit it.',
  },
});

/** The names of those facts that are not established. */
export const namesOfUnknown = (asked: readonly (readonly [FactName, { value: string }])[]) =>
  asked.filter(([, { value }]) => value === 'unknown').map(([id]) => id);
