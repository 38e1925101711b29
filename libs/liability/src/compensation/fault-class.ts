import type { HolderFault, TraceNode } from '#libs/contracts';
import type { CompensationClaim } from './claim.js';
import { used, type CompensationKind } from './stage.js';

/** What a claim that nothing excludes comes to. */
export type PayingKind = Extract<
  CompensationKind,
  'full' | 'discretionary' | 'no_rule' | 'nothing_by_reading'
>;

/** INT-05: what gross negligence and intent come to where no clause says so. A: a person decides. */
export type NoRuleReading = 'A' | 'B' | 'C';

const WHERE_NO_RULE: Readonly<Record<NoRuleReading, PayingKind>> = {
  A: 'no_rule',
  B: 'discretionary',
  C: 'nothing_by_reading',
};

/**
 * SM-14.2: without fault the whole, with ordinary fault a part at discretion. For gross negligence and
 * intent that SM-14.4 does not exclude, no clause speaks: SM-14.4-1-1 names gross negligence only, and
 * SM-14.2e asks for the absence of both (INT-05).
 */
export function classOf(
  fault: Exclude<HolderFault, 'unknown'>,
  reading: NoRuleReading,
): PayingKind {
  if (fault === 'none') return 'full';
  return fault === 'ordinary' ? 'discretionary' : WHERE_NO_RULE[reading];
}

/** Every class that the finding on the holder leaves open: one, or all where it is not established. */
export function classesOpen(
  { holderFault }: CompensationClaim,
  reading: NoRuleReading,
): PayingKind[] {
  if (holderFault.value !== 'unknown') return [classOf(holderFault.value, reading)];
  return [
    ...new Set(
      (['none', 'ordinary', 'gross', 'intent'] as const).map((one) => classOf(one, reading)),
    ),
  ];
}

const WORDS = {
  none: {
    clause: 'SM-14.2a',
    ja: '契約者は無過失と認められ、補てん対象額の全部を補てんする。',
    en: 'The holder was found without fault: the whole covered amount is compensated.',
  },
  ordinary: {
    clause: 'SM-14.2e',
    ja: '契約者に過失があるが重大でも故意でもなく、一部を補てんできる。',
    en: 'The holder was careless, not grossly so nor on purpose: a part may be compensated.',
  },
  gross: {
    clause: 'SM-14.2e',
    ja: '重大な過失があるが、除外の要件を満たさず、条項に定めなし。',
    en: 'Gross negligence that is not excluded: no clause says what follows.',
  },
  intent: {
    clause: 'SM-14.2e',
    ja: '故意があるが、除外の要件を満たさず、条項に定めなし。',
    en: 'Intent that is not excluded: no clause says what follows.',
  },
  unknown: {
    clause: 'SM-14.2a',
    ja: '契約者の過失の程度が確認されていない。',
    en: 'How far the holder is at fault has not been established.',
  },
} as const;

const READ_AS = {
  B: { ja: '採った解釈により、裁量による。', en: ' By the reading taken it is discretionary.' },
  C: {
    ja: '採った解釈により、補てんしない。',
    en: ' By the reading taken nothing is compensated.',
  },
} as const;

/** The trace of the class. Where no clause applies, the nearest one is named as not met. */
export function faultNode({ holderFault }: CompensationClaim, reading: NoRuleReading): TraceNode {
  const { clause, ja, en } = WORDS[holderFault.value];
  const effect = {
    none: 'applies',
    ordinary: 'applies',
    gross: 'not_met',
    intent: 'not_met',
    unknown: 'undetermined',
  } as const;
  const isGap = holderFault.value === 'gross' || holderFault.value === 'intent';
  const taken = isGap && reading !== 'A' ? READ_AS[reading] : { ja: '', en: '' };
  return {
    clause,
    effect: isGap && reading !== 'A' ? 'reading' : effect[holderFault.value],
    facts: [used('holderFault', holderFault)],
    reason: { ja: `${ja}${taken.ja}`, en: `${en}${taken.en}` },
  };
}
