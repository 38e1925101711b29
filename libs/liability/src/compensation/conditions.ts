import {
  article14,
  type ClauseId,
  type FactName,
  type FactUsed,
  type TraceNode,
} from '#libs/contracts';
import { triAnd, triOr, type Finding, type Tri, type Words } from '#libs/kernel';
import { namesOfUnknown } from './applicability.js';
import type { CompensationClaim } from './claim.js';
import type { DatedClaim } from './dated-claim.js';
import { effectOf, used, type Gate } from './stage.js';

interface Condition {
  readonly clause: ClauseId;
  readonly value: Tri;
  readonly facts: readonly (readonly [FactName, Finding])[];
  /** Instants that are shown beside, for the person who judges. */
  readonly times?: readonly FactUsed[];
  readonly words: Words;
}

const HOUR_MS = 3_600_000;

/**
 * SM-14.1: prompt notice, adequate explanation, co-operation; all three. What shows the theft is a
 * police report or any other sign of it, unless the institution's reading asks for the report (INT-20).
 */
export function conditions(dated: DatedClaim, policeReportIsRequired: boolean): Gate {
  const { claim } = dated;
  const notice = noticeCondition(dated);
  const explanation = explanationCondition(claim);
  const cooperation = cooperationCondition(claim, policeReportIsRequired);
  const all = [notice, explanation, cooperation];
  const passes = article14.clause('SM-14.1*').apply({
    promptNotice: notice.value,
    adequateExplanation: explanation.value,
    theftSupported: cooperation.value,
  });
  const open = all.filter(({ value }) => value === 'unknown');
  return {
    passes,
    otherwise: 'not_claimable',
    clause: all.find(({ value }) => value !== 'yes')?.clause ?? 'SM-14.1*',
    unknown: passes === 'unknown' ? open.flatMap(unknownOf) : [],
    trace: all.map(nodeOf),
  };
}

/** Promptness is judged by a person, who sees when the holder noticed and how long it then took. */
function noticeCondition({ claim, notice }: DatedClaim): Condition {
  const { noticedAt, promptNotice } = claim;
  const times: FactUsed[] = [{ name: 'notifiedAt', value: notice.at, evidence: [notice.id] }];
  if (noticedAt !== undefined) {
    times.unshift({ name: 'noticedAt', value: noticedAt, evidence: [] });
  }
  const hours = noticedAt === undefined ? undefined : Math.floor((notice.at - noticedAt) / HOUR_MS);
  return {
    clause: 'SM-14.1-1',
    value: promptNotice.value,
    facts: [['promptNotice', promptNotice]],
    times,
    words: {
      ja: hours === undefined ? '通知がすみやかか' : `気づいてから${hours}時間後の通知がすみやかか`,
      en:
        hours === undefined
          ? 'notice came promptly'
          : `notice, ${hours} hours after noticing, came promptly`,
    },
  };
}

const explanationCondition = (claim: CompensationClaim): Condition => ({
  clause: 'SM-14.1-2',
  value: claim.adequateExplanation.value,
  facts: [['adequateExplanation', claim.adequateExplanation]],
  words: { ja: '調査への説明が十分か', en: 'the explanation was adequate' },
});

function cooperationCondition(claim: CompensationClaim, required: boolean): Condition {
  const shown: [FactName, Finding][] = required
    ? [['policeReport', claim.policeReport]]
    : [
        ['policeReport', claim.policeReport],
        ['otherTheftEvidence', claim.otherTheftEvidence],
      ];
  const theftShown = triOr(...shown.map(([, finding]) => finding.value));
  return {
    clause: 'SM-14.1-3',
    value: triAnd(theftShown, claim.cooperation.value),
    facts: [...(theftShown === 'yes' ? shown.filter(isShown) : shown), assistance(claim)],
    words: {
      ja: '盗難を推測させる資料を示し、調査に協力したか',
      en: 'signs of the theft were shown and the investigation was assisted',
    },
  };
}

const assistance = (claim: CompensationClaim) => ['cooperation', claim.cooperation] as const;
const isShown = ([, finding]: readonly [FactName, Finding]) => finding.value === 'yes';
const unknownOf = ({ facts }: Condition) => namesOfUnknown(facts);

const ENDINGS: Readonly<Record<Tri, Words>> = {
  yes: { ja: '：該当する。', en: ': met.' },
  no: { ja: '：該当しない。', en: ': not met.' },
  unknown: { ja: '：確認されていない。', en: ': not established.' },
};

const nodeOf = ({ clause, value, facts, times = [], words }: Condition): TraceNode => ({
  clause,
  effect: effectOf(value),
  facts: [...facts.map(([id, finding]) => used(id, finding)), ...times],
  reason: {
    ja: `${words.ja}${ENDINGS[value].ja}`,
    en: `${words.en.charAt(0).toUpperCase()}${words.en.slice(1)}${ENDINGS[value].en}`,
  },
});
