import { describe, expect, test } from '@jest/globals';
import {
  anAgreement,
  anAttribution,
  aQuestion,
  paidBy,
  recourseTerms,
} from '../../test/a-question.js';
import { decided, refusal } from '../../test/decided.js';
import type { Side } from '../attribution.js';
import { acceptFor } from './agreement.js';
import { decideRecourse } from './decide-recourse.js';
import { openClaim } from './open-claim.js';
import type { RecourseQuestion } from './question.js';

const ask = (changes: Partial<RecourseQuestion>, letters = {}) =>
  decideRecourse(aQuestion(changes), recourseTerms(letters));
const outcomeOf = (changes: Partial<RecourseQuestion>, letters = {}) =>
  decided(ask(changes, letters)).outcome;
const proposal = { acceptedForEpspBy: '', acceptedForFiBy: '' };
const both = { attribution: anAttribution('BOTH') };

describe('RKN-L2b each side accepts for itself', () => {
  const open = anAgreement('EPSP', 40_000n, proposal);

  test.each<[Side, string]>([
    ['EPSP', 'acceptedForEpspBy'],
    ['FI', 'acceptedForFiBy'],
  ])('RKN-L2b/b %s accepts by a named person, once', (side, field) => {
    expect(decided(acceptFor(open, side, 'sato'))).toEqual({ ...open, [field]: 'sato' });
    expect(refusal(acceptFor(open, side, ' '))).toBe(`person_missing ${field} RKN-L2b`);
    const half = { ...open, [field]: 'sato' };
    expect(refusal(acceptFor(half, side, 'mori'))).toBe(`already_accepted ${field} RKN-L2b`);
  });

  test.each<[Side, string, object]>([
    ['FI', 'acceptedForFiBy', { acceptedForEpspBy: 'sato' }],
    ['EPSP', 'acceptedForEpspBy', { acceptedForFiBy: 'sato' }],
  ])('RKN-L2b/a one person cannot accept for %s after the other side', (side, field, signed) => {
    const half = { ...open, ...signed };
    expect(refusal(acceptFor(half, side, 'sato'))).toBe(`second_person_required ${field} RKN-L2b`);
    expect(acceptFor(half, side, 'mori').ok).toBe(true);
  });
});

describe('RKN-L2b an agreed amount and what was paid', () => {
  test('RKN-L2b nothing at all can be agreed: the claim is open, and it is of nothing', () => {
    const agreed = outcomeOf({ ...both, agreements: [anAgreement('EPSP', 0n)] });
    expect(agreed).toMatchObject({ claimableYen: 0n, agreementVersion: 1, claimant: 'EPSP' });
  });

  test('RKN-L2b an agreement for the side that paid nothing gives it nothing', () => {
    const agreements = [anAgreement('FI', 1n)];
    expect(refusal(ask({ ...both, agreements }))).toBe(
      'agreed_above_paid agreements.amountYen RKN-L2b',
    );
    const none = outcomeOf({ ...both, agreements: [anAgreement('FI', 0n)] });
    expect(none).toMatchObject({ claimant: 'FI', claimableYen: 0n });
  });

  test('RKN-L2b/e before payment the refusal names the amount', () => {
    const agreements = [anAgreement('EPSP', 1n)];
    expect(refusal(ask({ ...both, payments: [], agreements }))).toBe(
      'not_yet_compensated agreements.amountYen RKN-L1b',
    );
  });
});

describe('RKN-L3 what the sides agreed before the finding', () => {
  const own = { attribution: anAttribution('EPSP') };

  test('RKN-L3/b a proposal that nobody accepted does not stand in the way of it', () => {
    const outcome = outcomeOf({ ...own, agreements: [anAgreement('EPSP', 40_000n, proposal)] });
    expect(outcome).toMatchObject({ kind: 'own', claimableYen: 0n });
    expect(outcome.claimant).toBeUndefined();
  });

  test('RKN-L3/b an amount that both accepted contradicts it', () => {
    expect(refusal(ask({ ...own, agreements: [anAgreement('EPSP', 40_000n)] }))).toBe(
      'agreement_not_open agreements.amountYen RKN-L2a',
    );
  });

  test('RKN-L3 while facts are missing that would decide, an agreement makes nothing claimable', () => {
    const scope = { value: 'unknown', evidence: [] } as const;
    const outcome = outcomeOf({ ...both, scope, agreements: [anAgreement('EPSP', 40_000n)] });
    expect(outcome).toMatchObject({ kind: 'undetermined', claimableYen: 0n, roomYen: 100_000n });
    expect(outcome.agreementVersion).toBeUndefined();
  });
});

describe('RKN-L* both have paid, and the sides agree (INT-10)', () => {
  const bothPaid = { payments: [paidBy('EPSP', 60_000n), paidBy('FI', 40_000n)] };
  const agreed = (claimant: Side, amountYen: bigint, changes: Partial<RecourseQuestion> = {}) => ({
    ...bothPaid,
    agreements: [anAgreement(claimant, amountYen)],
    ...changes,
  });

  test.each<[Side, bigint]>([
    ['EPSP', 60_000n],
    ['FI', 40_000n],
  ])('RKN-L* %s claims at most the %d yen that it paid itself', (claimant, most) => {
    expect(outcomeOf(agreed(claimant, most))).toMatchObject({
      kind: 'without_clause',
      claimant,
      claimableYen: most,
      roomYen: most,
      paidYen: 100_000n,
    });
    expect(refusal(ask(agreed(claimant, most + 1n)))).toBe(
      'agreed_above_paid agreements.amountYen RKN-L3',
    );
  });

  test('RKN-L* what came back to it is taken off its own payment, not off that of both (INT-08)', () => {
    const back = agreed('EPSP', 60_000n, { recoveredFromWrongdoerYen: 30_000n });
    expect(outcomeOf(back)).toMatchObject({ claimableYen: 30_000n, roomYen: 30_000n });
    const all = agreed('EPSP', 60_000n, { recoveredFromWrongdoerYen: 70_000n });
    expect(outcomeOf(all)).toMatchObject({ claimableYen: 0n, roomYen: 0n });
    const received = agreed('EPSP', 50_000n, { recoursedYen: 60_000n });
    expect(outcomeOf(received).claimableYen).toBe(0n);
  });

  test('RKN-L* it is the agreement that carries the claim, and that no clause does is said', () => {
    const last = (changes: Partial<RecourseQuestion>) => decided(ask(changes)).trace.at(-1);
    expect(last(bothPaid)).toMatchObject({ effect: 'not_met', value: 0n });
    expect(last(agreed('EPSP', 60_000n))).toMatchObject({
      clause: 'RKN-L*',
      effect: 'reading',
      value: 60_000n,
      reason: {
        ja: '双方が支払った場合の負担について、公表部分に定めなし。双方が承諾した合意により60,000円を求償できる。',
        en: 'Both have paid: who bears it is not in the published part. Both accepted: 60000 yen may be claimed.',
      },
    });
  });

  test('RKN-L3 an agreement without reasons is refused where no clause speaks, too', () => {
    const agreements = [anAgreement('EPSP', 1n, { rationale: ' ' })];
    expect(refusal(ask({ ...bothPaid, agreements }))).toBe(
      'grounds_missing agreements.rationale RKN-L3',
    );
  });

  test.each<[Side, string]>([
    ['EPSP', 'agreement_not_accepted by RKN-L2a'],
    ['FI', 'agreement_not_accepted by RKN-L4-0a'],
  ])('RKN-L2a, RKN-L4-0a before they agree %s has no claim', (by, expected) => {
    const claim = { by, amountYen: 1n, against: [{ institution: '2963' }] };
    expect(refusal(openClaim(outcomeOf(bothPaid), claim))).toBe(expected);
  });
});
