import { ReadingBook, smSampleBook } from '#libs/contracts';
import { assert, CivilDate, established, excluded } from '#libs/kernel';
import { decideCompensation, type CompensationClaim } from '#libs/liability';

const AS_OF = CivilDate.from('2026-11-22');
const NOTICE = CivilDate.from('2026-11-20');
const terms = {
  institution: '2825',
  asOf: AS_OF,
  parameters: smSampleBook('2825'),
  readings: new ReadingBook('2825'),
};

/** A claim of a faultless holder with so many wrongful transfers, on both sides of the window. */
export const aLargeClaim = (transfers: number): CompensationClaim => ({
  holderIsIndividual: established('evt_1'),
  credentialsStolen: established('evt_2'),
  depositReduced: established('evt_3'),
  theftDate: { status: 'known', date: '2026-10-01', evidence: ['evt_2'] },
  notices: [{ id: 'ntc_1', at: NOTICE.at('09:00'), kind: 'notice', tellsOfMisuse: true }],
  promptNotice: established('evt_4'),
  adequateExplanation: established('evt_5'),
  policeReport: established('evt_6'),
  otherTheftEvidence: excluded(),
  cooperation: established('evt_7'),
  holderFault: { value: 'none', evidence: ['evt_8'] },
  institutionGoodFaith: established('evt_9'),
  institutionFaultless: established('evt_10'),
  relation: { value: 'stranger', evidence: ['evt_11'] },
  falseStatement: excluded('evt_12'),
  graveDisorder: excluded('evt_13'),
  transfers: Array.from({ length: transfers }, (_, n) => ({
    id: `trf_${n}`,
    happenedAt: NOTICE.minusDays(40 - (n % 40)).at('12:00') + n,
    amount: 10_000n + BigInt(n),
    fee: 330n,
    interest: BigInt(n % 13),
  })),
  impediments: [
    {
      id: 'imp_1',
      circumstance: '入院',
      from: '2026-10-20',
      to: '2026-10-24',
      proven: established('evt_14'),
    },
  ],
  setOffs: [{ id: 'set_1', kind: 'refund', amountYen: 50_000n }],
});

/** The whole decision: window, bar, exclusions, lines, award, set-off, trace and input hash. */
export function decideLargeClaim(claim: CompensationClaim): void {
  const answer = decideCompensation(claim, terms);
  assert(answer.ok, `The claim is decided: ${answer.ok ? '' : answer.refusal.code}.`);
}
