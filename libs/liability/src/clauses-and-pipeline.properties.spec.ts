import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  article14,
  clauseOn,
  explain,
  explanationAsText,
  facts,
  rknAgreement,
  smTerms,
  type ClauseId,
  type Decision,
  type TraceNode,
} from '#libs/contracts';
import { CivilDate, established, triOr, type Period } from '#libs/kernel';
import { aClaim, at, someTerms } from '../test/a-claim.js';
import { anyClaim, anyImpediments, anyOpenClaim, anyTransfers } from '../test/any-claim.js';
import { anAttribution, aQuestion, questionOf, recourseTerms } from '../test/a-question.js';
import { decided } from '../test/decided.js';
import { combinations, readTable } from '../test/expected-table.js';
import { propertyRuns } from '../test/property-runs.js';
import { decideCompensation } from './compensation/decide-compensation.js';
import { exclusions } from './compensation/exclusions.js';
import { apportionRecovery } from './compensation/lapse-and-subrogation.js';
import { outcomeWords } from './outcome-words.js';
import { decideRecourse } from './recourse/decide-recourse.js';

const terms = someTerms();
const noticeDate = CivilDate.from('2026-03-31');
const holds = <T>(arbitrary: fc.Arbitrary<T>, property: (value: T) => boolean): void =>
  fc.assert(fc.property(arbitrary, property), propertyRuns);

describe('the pipeline comes to what the clauses themselves say', () => {
  test('SM-14.2c the first covered day is that of the clause, for proven impediments', () => {
    const proven = anyImpediments.map((all) =>
      all.map((one) => ({
        ...one,
        proven: established('ev'),
        countsThoughEarlier: established('ev'),
      })),
    );
    holds(
      fc.tuple(proven, fc.constantFrom('both' as const, 'one' as const)),
      ([impediments, endDays]) => {
        const periods = impediments.map(({ from, to }): Period => ({
          firstDay: CivilDate.from(from),
          lastDay: CivilDate.from(to),
        }));
        const clause = article14
          .clause('SM-14.2c')
          .apply({ noticeDate, provenImpediments: periods }, { endDays });
        const by = someTerms({ 'P.sm.impediment.endDays': endDays });
        const { outcome } = decided(decideCompensation(aClaim({ impediments }), by));
        return outcome.firstCoveredDay?.equals(clause.coveredFrom) === true;
      },
    );
  });

  test('SM-14.2d the covered amount is that of the clause', () => {
    holds(anyTransfers, (transfers) => {
      const coveredFrom = article14.clause('SM-14.2b').apply({ noticeDate });
      const clause = article14
        .clause('SM-14.2d')
        .apply({ wrongfulTransfers: transfers, coveredFrom });
      const { outcome } = decided(decideCompensation(aClaim({ transfers }), terms));
      const inside = outcome.lines.filter(({ covered }) => covered);
      return (
        outcome.coveredYen === clause.coveredYen &&
        inside.map(({ transfer }) => transfer).join() === clause.lines.map(({ id }) => id).join()
      );
    });
  });

  test('SM-14.3 the bar is that of the clause, for any theft and notice', () => {
    const theftDays = fc.integer({ min: 0, max: 1200 });
    holds(fc.tuple(theftDays, fc.boolean()), ([before, isKnown]) => {
      const day = noticeDate.minusDays(before);
      const theftDate = isKnown
        ? { status: 'known' as const, date: day.toString(), evidence: ['ev'] }
        : { status: 'not_clear' as const, evidence: [] };
      const clause = article14.clause('SM-14.3').apply({
        theftDate: isKnown ? day : undefined,
        firstMisuseDate: day,
        noticeDate,
      });
      const transfers = [
        { id: 't', happenedAt: day.startsAt(), amount: 1n, fee: 0n, interest: 0n },
      ];
      const { outcome } = decided(decideCompensation(aClaim({ theftDate, transfers }), terms));
      return (outcome.kind === 'barred') === clause.isBarred;
    });
  });

  test('SM-14.4-1-0 a claim is excluded where the clauses exclude it', () => {
    holds(anyClaim, (claim) => {
      const anyOfThree = triOr(
        article14.clause('SM-14.4-1-1').apply({ holderFault: claim.holderFault.value }),
        article14.clause('SM-14.4-1-2').apply({ relation: claim.relation.value }),
        claim.falseStatement.value,
      );
      const byTheFirst = article14.clause('SM-14.4-1-0').apply({
        institutionGoodFaith: claim.institutionGoodFaith.value,
        institutionFaultless: claim.institutionFaultless.value,
        anyOfThree,
      });
      const alone = article14
        .clause('SM-14.4-2')
        .apply({ graveDisorder: claim.graveDisorder.value });
      const excluded = triOr(byTheFirst, alone);
      const { passes } = exclusions(claim, false);
      return passes === { yes: 'no', no: 'yes', unknown: 'unknown' }[excluded];
    });
  });

  test('SM-14.6 and SM-14.7 money that comes back is divided as the clauses divide it', () => {
    const yen = fc.bigInt({ min: 0n, max: 1_000n });
    holds(fc.tuple(yen, yen), ([paidYen, backYen]) => {
      const standing = { lossYen: paidYen, holderHasYen: paidYen, paidYen, recoveredYen: 0n };
      const { toPayerYen, toHolderYen } = apportionRecovery(backYen, standing, 'payer_first');
      const refund = article14.clause('SM-14.6').apply({ paidYen, laterRefundYen: backYen });
      const recovery = article14.clause('SM-14.7').apply({ paidYen, recoveredYen: backYen });
      return (
        refund.toInstitution === toPayerYen &&
        refund.toHolder === toHolderYen &&
        recovery.toInstitution === toPayerYen &&
        recovery.surplusToHolder === toHolderYen
      );
    });
  });

  test('SM-14.2d a claim with money only is open: the gates do not look at amounts', () => {
    holds(anyOpenClaim, (claim) => {
      const { kind } = decided(decideCompensation(claim, terms)).outcome;
      return kind === 'full' || kind === 'undetermined';
    });
  });
});

/** Everything that a trace cites, its children included. */
const nodesOf = (trace: readonly TraceNode[]): TraceNode[] =>
  trace.flatMap((node) => [node, ...nodesOf(node.children ?? [])]);

const isInForce = (id: ClauseId, day: CivilDate): boolean =>
  [smTerms, rknAgreement].some((contract) => clauseOn(contract, id, day) !== undefined);

const citedOutOfForce = ({ trace, duties, asOf }: Decision<unknown>): string[] =>
  [...nodesOf(trace), ...duties].map(({ clause }) => clause).filter((id) => !isInForce(id, asOf));

describe('what a decision cites', () => {
  const questions = combinations(readTable('recourse').questions).map(questionOf);
  const recourse = questions.map((asked) => decided(decideRecourse(asked, recourseTerms())));

  test('SM-14 each clause that a compensation cites stands in the texts and is in force', () => {
    holds(anyClaim, (claim) => {
      return citedOutOfForce(decided(decideCompensation(claim, terms))).length === 0;
    });
  });

  test('RKN-L each clause that a recourse decision cites stands in the texts and is in force', () => {
    expect(recourse.flatMap(citedOutOfForce)).toEqual([]);
  });

  test('SM-14 each fact it names has a name for people, impediments apart', () => {
    const names = new Set(Object.keys(facts));
    holds(anyClaim, (claim) => {
      const { trace, unknown } = decided(decideCompensation(claim, terms));
      const used = nodesOf(trace).flatMap((node) => node.facts.map(({ name }) => name));
      return [...used, ...unknown].every((name) => names.has(name) || /^impediments\./.test(name));
    });
  });

  test('SM-14 a decision prints as a document, Japanese first, that leaves nothing out', () => {
    const claim = aClaim({
      relation: { value: 'spouse', evidence: ['ev-police'] },
      institutionFaultless: { value: 'no', evidence: ['ev-bank'] },
    });
    const decision = decided(decideCompensation(claim, terms));
    const text = explanationAsText(
      explain(decision, {
        title: { ja: '補てんの判断', en: 'Compensation' },
        outcome: outcomeWords({ about: 'compensation', decision }),
        institution: { ja: '西海みずき信用組合', en: 'Saikai Mizuki Credit Union' },
        contracts: [smTerms, rknAgreement],
        contact: { name: { ja: 'お客様相談室', en: 'Customer desk' }, address: '0120-000-000' },
      }),
    );
    for (const words of [
      '全額の補てん。支払うべき額は100,000円。',
      'SM-14.4-1-2〔②…配偶者、二親等内の家族…家事使用人〕',
      '該当するが、金融機関に過失等があるため除外されない',
      'INT-04',
      'P.sm.interest.rule',
      decision.inputHash,
    ]) {
      expect(text).toContain(words);
    }
  });

  test('RKN-L2a the attribution and the people who found it stand in the decision', () => {
    const found = anAttribution('FI', { foundAt: at('2026-05-02') });
    const decision = decided(decideRecourse(aQuestion({ attribution: found }), recourseTerms()));
    expect(decision.trace[0]?.facts[0]).toMatchObject({
      name: 'attribution',
      value: { finding: 'FI', people: 'staff-1, staff-2' },
      evidence: ['ev-log'],
    });
  });
});
