import type { LetterOf, TraceNode } from '#libs/contracts';
import { accepted, type Instant, type Result, type Words } from '#libs/kernel';
import { isInstant } from './instants.js';
import { refused } from './refused.js';

/** The two sides of the agreement: the intermediary and a financial institution. */
export type Side = 'EPSP' | 'FI';

/** To whom a loss is attributed. `UNCLEAR` is an answer of the text, not a missing one (RKN-L3). */
export type Cause = 'FI' | 'EPSP' | 'BOTH' | 'NEITHER' | 'UNCLEAR';

/**
 * Whose responsibility it was, found by one person and approved by another. No code ever finds it.
 * `CHAIN_PARTNER`: the partner is at fault and nothing was found about the intermediary (INT-14).
 */
export interface Attribution {
  readonly id: string;
  readonly finding: Cause | 'CHAIN_PARTNER';
  readonly chainPartner?: string;
  readonly grounds: string;
  readonly evidence: readonly string[];
  readonly foundBy: string;
  readonly approvedBy: string;
  readonly foundAt: Instant;
}

/**
 * May this attribution be recorded? It needs grounds, two people and, unless it says that the cause is
 * unclear, evidence; a finding on a chain partner names the partner. Source: RKN-L2a, RKN-L3, RKN-L4-1.
 */
export function checkAttribution(found: Attribution): Result<Attribution> {
  const about = (field: string) => ({ clause: 'RKN-L3', facts: { field: `attribution.${field}` } });
  if (found.grounds.trim() === '') return refused('grounds_missing', about('grounds'));
  if (found.finding !== 'UNCLEAR' && found.evidence.length === 0) {
    return refused('evidence_missing', about('evidence'));
  }
  if (found.finding === 'CHAIN_PARTNER' && !found.chainPartner) {
    return refused('chain_partner_missing', about('chainPartner'));
  }
  if (found.foundBy.trim() === '') return refused('person_missing', about('foundBy'));
  if (found.approvedBy.trim() === '') return refused('person_missing', about('approvedBy'));
  if (found.foundBy === found.approvedBy)
    return refused('second_person_required', about('approvedBy'));
  if (!isInstant(found.foundAt)) return refused('instant_malformed', about('foundAt'));
  return accepted(found);
}

/** INT-14: what a chain partner's fault means for the intermediary. A: unclear until people find more. */
const OF_CHAIN_PARTNER = { A: 'UNCLEAR', B: 'EPSP', C: 'NEITHER' } as const;

/** The cause as the recourse clauses ask for it. While nothing is recorded it is unclear (RKN-L3). */
export function causeOf(found: Attribution | undefined, reading: LetterOf<'INT-14'>): Cause {
  if (!found) return 'UNCLEAR';
  return found.finding === 'CHAIN_PARTNER' ? OF_CHAIN_PARTNER[reading] : found.finding;
}

/** Each finding in words. */
export const attributionWords: Readonly<Record<Attribution['finding'], Words>> = {
  FI: { ja: '専ら金融機関の責め', en: 'solely the financial institution' },
  EPSP: { ja: '専ら代行業者の責め', en: 'solely the intermediary' },
  BOTH: { ja: '双方の責め', en: 'both' },
  NEITHER: { ja: 'いずれの責めでもない', en: 'neither' },
  UNCLEAR: { ja: 'いずれの責めか明らかでない', en: 'unclear' },
  CHAIN_PARTNER: { ja: '連鎖接続先の責め', en: 'the chain partner' },
};

/** The trace of the attribution: who found what, and the reading taken for a chain partner. */
export function attributionNode(found: Attribution | undefined, cause: Cause): TraceNode {
  const partner = found?.finding === 'CHAIN_PARTNER' ? found.chainPartner : undefined;
  const recorded = found && {
    finding: found.finding,
    people: `${found.foundBy}, ${found.approvedBy}`,
    chainPartner: partner,
  };
  return {
    clause: partner ? 'RKN-D2' : 'RKN-L3',
    effect: partner ? 'reading' : 'applies',
    facts: [
      {
        name: 'attribution',
        value: recorded ?? 'not_recorded',
        evidence: found?.evidence ?? [],
      },
    ],
    value: cause,
    reason: found ? foundWords(found.finding, cause) : NOT_FOUND,
  };
}

const NOT_FOUND: Words = {
  ja: '責任の帰属は認定されておらず、明らかでないものとして扱う。',
  en: 'No responsibility has been found yet: it counts as unclear.',
};

/** What people found, and beside a chain partner what the reading makes of it (INT-14). */
function foundWords(finding: Attribution['finding'], cause: Cause): Words {
  const { ja, en } = attributionWords[finding];
  const taken =
    finding === 'CHAIN_PARTNER'
      ? {
          ja: `解釈により「${attributionWords[cause].ja}」として扱う。`,
          en: ` By the reading taken it counts as: ${attributionWords[cause].en}.`,
        }
      : { ja: '', en: '' };
  return {
    ja: `責任の帰属は人の認定による：${ja}。${taken.ja}`,
    en: `Responsibility as people found it: ${en}.${taken.en}`,
  };
}
