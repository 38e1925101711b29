import { article14, type FactName, type TraceNode } from '#libs/contracts';
import { triAnd, triNot, triOr, type Tri } from '#libs/kernel';
import { namesOfUnknown } from './applicability.js';
import type { CompensationClaim, Judged } from './claim.js';
import { effectOf, used, type Gate } from './stage.js';

/** The grounds on which nothing is compensated, in the order of the text. */
export type Ground = 'SM-14.4-1-1' | 'SM-14.4-1-2' | 'SM-14.4-1-3' | 'SM-14.4-2';

export interface Exclusions extends Gate {
  /** Every ground that applies, not only the first. */
  readonly grounds: readonly Ground[];
  /** Grounds that would apply, had the institution been without fault. Source: INT-04. */
  readonly butForFault: readonly Ground[];
}

interface Candidate {
  readonly clause: Ground;
  readonly present: Tri;
  readonly fact: readonly [FactName, Judged<string>];
  readonly words: { readonly ja: string; readonly en: string };
}

/**
 * SM-14.4: collects every ground. The first three need an institution in good faith and without fault,
 * both found; disorder stands alone. `areIndependent` is the other reading of INT-04, which a lawyer
 * must have signed: it takes the three without that requirement.
 */
export function exclusions(claim: CompensationClaim, areIndependent: boolean): Exclusions {
  const three = candidates(claim);
  const asked = bankFacts(claim);
  const faultless = triAnd(...asked.map(([, { value }]) => value));
  const needed = areIndependent ? 'yes' : faultless;
  const anyOfThree = triOr(...three.map(({ present }) => present));
  const disorder = claim.graveDisorder.value;
  const excluded = triOr(triAnd(needed, anyOfThree), disorder);

  const applying = three.filter(({ present }) => triAnd(needed, present) === 'yes');
  const grounds = applying.map(({ clause }) => clause);
  if (disorder === 'yes') grounds.push('SM-14.4-2');
  const spared = needed === 'no' ? three.filter(({ present }) => present === 'yes') : [];

  const unknown: FactName[] = [];
  if (excluded === 'unknown') {
    if (triAnd(needed, anyOfThree) === 'unknown') {
      if (needed === 'unknown') unknown.push(...namesOfUnknown(asked));
      if (anyOfThree === 'unknown') unknown.push(...namesOfUnknown(three.map(({ fact }) => fact)));
    }
    unknown.push(...namesOfUnknown([['graveDisorder', claim.graveDisorder]]));
  }
  return {
    passes: triNot(excluded),
    otherwise: 'excluded',
    clause: grounds[0] ?? 'SM-14.4-1-0',
    unknown,
    grounds,
    butForFault: spared.map(({ clause }) => clause),
    trace: [
      bankNode(claim, faultless, areIndependent),
      ...three.map((one) => groundNode(one, needed)),
      disorderNode(claim),
    ],
  };
}

const bankFacts = (claim: CompensationClaim) =>
  [
    ['institutionGoodFaith', claim.institutionGoodFaith],
    ['institutionFaultless', claim.institutionFaultless],
  ] as const;

function candidates(claim: CompensationClaim): Candidate[] {
  const { holderFault, relation, falseStatement } = claim;
  return [
    {
      clause: 'SM-14.4-1-1',
      present: article14.clause('SM-14.4-1-1').apply({ holderFault: holderFault.value }),
      fact: ['holderFault', holderFault],
      words: { ja: '契約者の重大な過失', en: 'gross negligence of the holder' },
    },
    {
      clause: 'SM-14.4-1-2',
      present: article14.clause('SM-14.4-1-2').apply({ relation: relation.value }),
      fact: ['relation', relation],
      words: { ja: '配偶者・家族・同居人等による行為', en: 'done by family or household' },
    },
    {
      clause: 'SM-14.4-1-3',
      present: falseStatement.value,
      fact: ['falseStatement', falseStatement],
      words: { ja: '重要な事項の偽りの説明', en: 'a false statement on an important point' },
    },
  ];
}

function bankNode(claim: CompensationClaim, faultless: Tri, areIndependent: boolean): TraceNode {
  const reason = {
    yes: {
      ja: '金融機関は善意かつ無過失と認められた。',
      en: 'The institution was found to be in good faith and without fault.',
    },
    no: {
      ja: '金融機関が善意かつ無過失とは認められず、①〜③の事由では除外されない。',
      en: 'The institution was not in good faith and without fault: grounds 1 to 3 do not exclude.',
    },
    unknown: {
      ja: '金融機関の善意かつ無過失が確認されていない。',
      en: 'Whether the institution was in good faith and without fault is not established.',
    },
  }[faultless];
  return {
    clause: 'SM-14.4-1-0',
    effect: areIndependent ? 'overridden' : effectOf(faultless),
    facts: bankFacts(claim).map(([id, finding]) => used(id, finding)),
    reason,
  };
}

function groundNode({ clause, present, fact, words }: Candidate, needed: Tri): TraceNode {
  const applies = triAnd(needed, present);
  const spared = present === 'yes' && needed === 'no';
  const [ja, en] = spared
    ? [
        '該当するが、金融機関に過失等があるため除外されない',
        'there, but the institution is at fault',
      ]
    : {
        yes: ['該当し、補てんしない', 'there, so nothing is compensated'],
        no: ['該当しない', 'not there'],
        unknown: ['除外となるかは確認されていない', 'whether it excludes is not established'],
      }[applies];
  return {
    clause,
    effect: spared ? 'overridden' : effectOf(applies),
    facts: [used(...fact)],
    reason: { ja: `${words.ja}：${ja}。`, en: `${capital(words.en)}: ${en}.` },
  };
}

function disorderNode(claim: CompensationClaim): TraceNode {
  const reason = {
    yes: {
      ja: '戦争・暴動等による著しい混乱に乗じた盗難であり、それだけで補てんしない。',
      en: 'The theft used grave disorder by war, riot or the like: that alone excludes.',
    },
    no: {
      ja: '戦争・暴動等による著しい混乱はなかった。',
      en: 'There was no grave disorder by war, riot or the like.',
    },
    unknown: {
      ja: '戦争・暴動等による著しい混乱の有無は確認されていない。',
      en: 'Whether there was grave disorder by war, riot or the like is not established.',
    },
  }[claim.graveDisorder.value];
  return {
    clause: 'SM-14.4-2',
    effect: effectOf(claim.graveDisorder.value),
    facts: [used('graveDisorder', claim.graveDisorder)],
    reason,
  };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
