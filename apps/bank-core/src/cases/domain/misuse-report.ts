import {
  established,
  excluded,
  notEstablished,
  sumYen,
  type Finding,
  type Instant,
  type Yen,
} from '#libs/kernel';
import type { CompensationClaim } from '#libs/liability';
import type { Debited } from '../../accounts/index.js';
import type { Holder } from '../../holders/index.js';

export const CHANNELS = ['internet_banking', 'telephone', 'branch'] as const;

/** What the police gave the holder. Source: SM-14.1-3. */
export interface PoliceReport {
  readonly station: string;
  readonly number: string;
  /** `YYYY-MM-DD`. */
  readonly filedOn: string;
}

/** A theft as its holder tells of it: what was noticed when, and which transfers were somebody else's. */
export interface MisuseReport {
  readonly holderId: string;
  /** The teller's own name for it: told twice, it is one report. */
  readonly reference: string;
  readonly channel: (typeof CHANNELS)[number];
  readonly noticedAt: Instant;
  readonly transferIds: readonly string[];
  readonly words: string;
  /** The day on which the holder believes the passwords were stolen. */
  readonly theftDate?: string | undefined;
  readonly policeReport?: PoliceReport | undefined;
}

const policeFinding = ({ station, number }: PoliceReport): Finding =>
  established(`police:${station}/${number}`.slice(0, 200));

/**
 * What a report establishes by itself: who the holder is, what left the account and when the institution was told.
 * Everything that people have to find stays open, and is named until they have (SM-13.1b, SM-14.1*). What has come
 * back already stands among the refunds (SM-14.5a).
 */
export function claimOfReport(
  report: MisuseReport,
  kind: Holder['kind'],
  ledger: readonly Debited[],
  at: Instant,
): CompensationClaim {
  const { reference, noticedAt, theftDate, policeReport } = report;
  const told = [`report:${reference}`.slice(0, 200)];
  return {
    holderIsIndividual: individual(kind),
    credentialsStolen: notEstablished,
    depositReduced: established(...ledger.map(({ key }) => `ledger:${key}`)),
    theftDate:
      theftDate === undefined
        ? { status: 'not_clear', evidence: [] }
        : { status: 'estimated', date: theftDate, evidence: told },
    noticedAt,
    notices: [{ id: reference, at, kind: 'notice', tellsOfMisuse: true }],
    promptNotice: notEstablished,
    adequateExplanation: notEstablished,
    policeReport: policeReport ? policeFinding(policeReport) : notEstablished,
    otherTheftEvidence: notEstablished,
    cooperation: notEstablished,
    holderFault: { value: 'unknown', evidence: [] },
    institutionGoodFaith: notEstablished,
    institutionFaultless: notEstablished,
    relation: { value: 'unknown', evidence: [] },
    falseStatement: notEstablished,
    graveDisorder: notEstablished,
    transfers: ledger.map(({ key, postedAt, amountYen, feeYen }) => ({
      id: key,
      happenedAt: postedAt,
      amount: amountYen,
      fee: feeYen,
      interest: 0n,
    })),
    impediments: [],
    setOffs: ledger
      .filter(({ returnedYen }) => returnedYen > 0n)
      .map((one) => ({ id: `returned:${one.key}`, kind: 'refund', amountYen: one.returnedYen })),
  };
}

/** Whether a sole proprietor in business counts as an individual is open: people find it (INT-18). */
function individual(kind: Holder['kind']): Finding {
  const evidence = `contract:${kind}`;
  if (kind === 'individual') return established(evidence);
  return kind === 'corporate' ? excluded(evidence) : notEstablished;
}

export const withPoliceReport = (
  claim: CompensationClaim,
  report: PoliceReport,
): CompensationClaim => ({ ...claim, policeReport: policeFinding(report) });

/** What left the accounts, fees included. */
export const lossOf = (ledger: readonly Debited[]): Yen =>
  sumYen(ledger.map(({ amountYen, feeYen }) => amountYen + feeYen));
