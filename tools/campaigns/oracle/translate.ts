import {
  ParameterBook,
  ReadingBook,
  type ParameterId,
  type ReadingChoice,
  type ReadingId,
} from '#libs/contracts';
import { CivilDate, type Finding, type Instant } from '#libs/kernel';
import type { CompensationClaim, CompensationTerms } from '#libs/liability';
import { positionOf } from './calendar.js';
import type { ClaimForOpinion, Known } from './claim.js';

const UNION = '2825';
const BEGINNING = CivilDate.from('2000-01-01');
const DECIDED_ON = CivilDate.from('2060-01-01');

const finding = (value: Known): Finding => ({
  value,
  evidence: value === 'unknown' ? [] : ['evt_case'],
});

/** 2000-01-01 was day 10,957 since 1970; a Tokyo day begins nine hours before its name in UTC. */
const instantOf = (day: string, millisecond: number): Instant =>
  (10_957 + positionOf(day)) * 86_400_000 - 9 * 3_600_000 + millisecond;

/** First and last moment of a day, and one between: where a window opens or shuts by a millisecond. */
const MOMENTS = [0, 86_399_999, 43_200_000] as const;

const momentOf = (day: string, turn: number): Instant =>
  instantOf(day, MOMENTS[turn % MOMENTS.length] ?? 0);

const termsByKey = new Map<string, CompensationTerms>();

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** Desk hours that leave out the closed days of the week; some are open for a minute only. */
const deskHours = (closed: readonly number[]) => ({
  weekly: Object.fromEntries(
    WEEKDAYS.map((name, weekday) => {
      if (closed.includes(weekday)) return [name, []];
      const opening =
        weekday === 3 ? { from: '23:59', to: '24:00' } : { from: '09:00', to: '15:00' };
      return [name, [opening]];
    }),
  ),
  exceptions: [],
});

function termsFor({ endDays, letters, closedWeekdays }: ClaimForOpinion): CompensationTerms {
  const key = `${endDays} ${Object.values(letters).join('')} ${closedWeekdays.join('')}`;
  const before = termsByKey.get(key);
  if (before) return before;
  const values = {
    'P.sm.impediment.endDays': endDays,
    'P.sm.interest.rule': { basis: 'product_rate', rounding: 'down', daysOfYear: '365' },
    'P.sm.desk.hours': deskHours(closedWeekdays),
  };
  const parameters = new ParameterBook(
    UNION,
    Object.entries(values).map(([parameter, value]) => ({
      parameter: parameter as ParameterId,
      institution: UNION,
      value,
      version: 1,
      effectiveFrom: BEGINNING,
      enteredBy: 'staff-1',
      approvedBy: 'staff-2',
    })),
  );
  const choices = Object.entries(letters).map(([entry, reading]): ReadingChoice => ({
    entry: entry as ReadingId,
    reading,
    institution: UNION,
    version: 1,
    effectiveFrom: BEGINNING,
    chosenBy: 'staff-1',
    approvedBy: 'staff-2',
    status: 'signed',
  }));
  const readings = new ReadingBook(UNION, choices);
  const made = { institution: UNION, asOf: DECIDED_ON, parameters, readings };
  termsByKey.set(key, made);
  return made;
}

function claimFor(claim: ClaimForOpinion): CompensationClaim {
  const { theft } = claim;
  return {
    holderIsIndividual: finding(claim.individual),
    credentialsStolen: finding(claim.stolen),
    depositReduced: finding(claim.depositReduced),
    theftDate: {
      status: theft.status,
      ...(theft.day === undefined ? {} : { date: theft.day }),
      evidence: [],
    },
    notices: claim.messages.map(({ day, kind, tellsOfMisuse }, index) => ({
      id: `ntc-${index}`,
      at: momentOf(day, index),
      kind,
      tellsOfMisuse,
    })),
    promptNotice: finding(claim.promptNotice),
    adequateExplanation: finding(claim.explained),
    policeReport: finding(claim.policeReport),
    otherTheftEvidence: finding(claim.otherSigns),
    cooperation: finding(claim.assisted),
    holderFault: { value: claim.fault, evidence: [] },
    institutionGoodFaith: finding(claim.unionInGoodFaith),
    institutionFaultless: finding(claim.unionWithoutFault),
    relation: { value: claim.relation, evidence: [] },
    falseStatement: finding(claim.falseStatement),
    graveDisorder: finding(claim.disorder),
    transfers: claim.transfers.map(({ day, principal, fee, interest }, index) => ({
      id: `t-${index}`,
      happenedAt: momentOf(day, index),
      amount: principal,
      fee,
      interest,
    })),
    impediments: claim.impediments.map(({ from, to, proven, earlierCounts }, index) => ({
      id: `i-${index}`,
      circumstance: `circumstance ${index}`,
      from,
      to,
      proven: finding(proven),
      countsThoughEarlier: finding(earlierCounts),
    })),
    setOffs: [
      { id: 's-1', kind: 'refund', amountYen: claim.repaid },
      { id: 's-2', kind: 'damages', amountYen: claim.recovered },
    ],
    ...(claim.determined === null
      ? {}
      : {
          determination: {
            amountYen: claim.determined,
            grounds: 'grounds',
            decidedBy: 'staff-1',
            approvedBy: 'staff-2',
          },
        }),
  };
}

/** A case of the campaign as the libraries take it. */
export const translate = (
  claim: ClaimForOpinion,
): { readonly claim: CompensationClaim; readonly terms: CompensationTerms } => ({
  claim: claimFor(claim),
  terms: termsFor(claim),
});
