import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CivilDate } from '#libs/kernel';
import { describe, expect, test } from '@jest/globals';
import { article, enforce, record, type Contract } from '../clause.js';
import { wholeNumber } from '../constraint.js';
import {
  DecisionDraft,
  NO_RULE,
  UNDETERMINED,
  type Decision,
  type Effect,
} from '../decisions/decision.js';
import { parameter } from '../parameter.js';
import { explanationAsHtml } from './as-html.js';
import { explanationAsJson } from './as-json.js';
import { explanationAsText } from './as-text.js';
import { explain, type ExplainContext } from './explain.js';

/** The compiled spec stands in dist; what is expected stands beside its source. */
const expected = (file: string): string =>
  readFileSync(
    join(
      import.meta.dirname,
      '../../../../../libs/contracts/src/explain/expected',
      `${file}.expected`,
    ),
    'utf8',
  );

const lead = parameter('P.rkn.s4.noticeLead', ['RKN-S4c'], 'hours', wholeNumber(1, 720), {
  ja: '通知から効力まで',
  en: 'lead of the notice',
});
const terms: Contract = {
  source: 'SM',
  name: { ja: '規定', en: 'Terms' },
  edition: 'R4.7',
  effectiveFrom: CivilDate.from('2022-07-01'),
  articles: [
    article('SM-14', { ja: '補てん', en: 'Compensation' }, [
      enforce('SM-14.2b', {
        key: '30日…前の日以降',
        ja: '通知の30日前の日以後の被害が対象になる。',
        en: 'Misuse on or after the day 30 days before the notice is covered.',
        kind: 'rule',
        bearer: 'institution',
        until: '2026-12-31',
        figures: { lookBackDays: 30 },
        parameters: { lead },
        needs: ['noticeDate'],
        rule: ({ noticeDate }, { lookBackDays }) => noticeDate.minusDays(lookBackDays),
      }),
      enforce('SM-14.2b', {
        key: '40日…前の日以降',
        ja: '通知の40日前の日以後の被害が対象になる。',
        en: 'Misuse on or after the day 40 days before the notice is covered.',
        kind: 'rule',
        bearer: 'institution',
        from: '2027-01-01',
        figures: { lookBackDays: 40 },
        needs: ['noticeDate'],
        rule: ({ noticeDate }, { lookBackDays }) => noticeDate.minusDays(lookBackDays),
      }),
      record('SM-14.2e', {
        key: '一部を補てん',
        ja: '一部を負担できる。',
        en: 'May compensate in part.',
        kind: 'power',
        bearer: 'institution',
        asks: ['grounds'],
      }),
    ]),
  ],
};

const context: ExplainContext = {
  title: { ja: '補てんの判断', en: 'Compensation' },
  institution: { ja: '西海みずき信用組合', en: 'Saikai Mizuki Credit Union' },
  contracts: [terms],
  contact: { name: { ja: 'お客様相談室', en: 'Customer desk' }, address: '0120-000-000' },
};

const draft = (asOf: string) =>
  new DecisionDraft({ institution: '2825', asOf: CivilDate.from(asOf), input: { case: 1 } });

/** One decision that shows everything a decision can hold, with text that tries to break out. */
const everything = (): Decision<unknown> =>
  draft('2026-03-31')
    .step({
      clause: 'SM-14.2b',
      effect: 'applies',
      facts: [
        { name: 'noticeDate', value: CivilDate.from('2026-03-31'), evidence: ['evt_1', 'evt_2'] },
        { name: 'happenedAt', value: Date.parse('2026-03-01T00:00:00+09:00'), evidence: [] },
      ],
      value: CivilDate.from('2026-03-01'),
      reason: { ja: '通知日から数えた。', en: 'Counted from the notice.' },
      children: [
        {
          clause: 'SM-14.2e',
          effect: 'overridden',
          facts: [{ name: 'holderFault', value: 'unknown', evidence: ['<evt>'] }],
          value: [1_200n, -30n],
          overriddenBy: ['SM-14.4-2'],
          reason: { ja: '<script>alert("1")</script>', en: "O'Neil & Sons" },
        },
      ],
    })
    .uses({
      id: 'P.rkn.s4.noticeLead',
      clause: 'RKN-S4c',
      value: 72,
      version: 3,
      effectiveFrom: CivilDate.from('2026-01-01'),
      enteredBy: '佐藤',
      approvedBy: '伊藤',
      isSample: true,
    })
    .reads(
      { entry: 'INT-05', reading: 'A', version: 0, approvers: [], status: 'proposed' },
      {
        entry: 'INT-07',
        reading: 'B',
        version: 2,
        effectiveFrom: CivilDate.from('2026-02-01'),
        approvers: ['佐藤', '伊藤'],
        status: 'signed',
      },
    )
    .lacks('holderFault', 'a_fact_without_a_name')
    .needsPerson({
      why: { ja: '定めがない。', en: 'No clause decides.' },
      clause: 'SM-14.2e',
      bounds: [0n, 1_234_567n],
    })
    .leaves(
      {
        who: 'institution',
        what: { ja: '理由を知らせる。', en: 'Tell the reasons.' },
        due: Date.parse('2026-04-07T00:00:00+09:00'),
        clause: 'SM-14.2e',
      },
      {
        who: 'holder',
        what: { ja: '資料を出す。', en: 'Bring evidence.' },
        clause: 'SM-14.1-3',
      },
    )
    .decided(NO_RULE);

describe('a decision explained', () => {
  const said = explain(everything(), { ...context, recordHash: 'sha256:abc' });

  test('as text: Japanese first, English beside, nothing left out', () => {
    expect(explanationAsText(said)).toBe(expected('everything.txt'));
  });

  test('as HTML: the same sections, escaped', () => {
    expect(explanationAsHtml(said, '/print.css?a=1&b=2')).toBe(expected('everything.html'));
  });

  test('as JSON: canonical, and equal for equal decisions', () => {
    expect(`${explanationAsJson(said)}\n`).toBe(expected('everything.json'));
    const again = explain(everything(), { ...context, recordHash: 'sha256:abc' });
    expect(explanationAsJson(again)).toBe(explanationAsJson(said));
  });

  test('a bare decision says "none" in every section and "not recorded yet"', () => {
    const bare = explain(draft('2026-03-31').decided('accepted'), context);
    expect(explanationAsText(bare)).toBe(expected('bare.txt'));
  });

  test('no tag and no script comes from outside', () => {
    const html = explanationAsHtml(said);
    expect(html).not.toMatch(/<script|<evt|onerror|javascript:/i);
    expect(html).not.toContain('stylesheet');
    expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
    expect(html).toContain('O&#39;Neil &amp; Sons');
  });
});

describe('the words of a decision', () => {
  const textOf = (decision: Decision<unknown>, more: Partial<ExplainContext> = {}) =>
    explanationAsText(explain(decision, { ...context, ...more }));

  test('a clause speaks in the words in force on the day of the decision', () => {
    const on = (day: string) =>
      explain(
        draft(day)
          .step({
            clause: 'SM-14.2b',
            effect: 'applies',
            facts: [],
            reason: { ja: '理由。', en: 'Reason.' },
          })
          .decided('x'),
        context,
      ).clauses[0]?.key;
    expect([on('2026-12-31'), on('2027-01-01')]).toEqual(['30日…前の日以降', '40日…前の日以降']);
  });

  test('a clause that no given text holds is still printed, without a rule', () => {
    const step = {
      clause: 'SM-99.9',
      effect: 'barred' as Effect,
      facts: [],
      reason: { ja: '理由。', en: 'Reason.' },
    } as const;
    const line = explain(draft('2026-03-31').step(step).decided('x'), context).clauses[0];
    expect(line).toMatchObject({ clause: 'SM-99.9', depth: 0 });
    expect(line).not.toHaveProperty('rule');
  });

  test('NO_RULE is never told as a refusal, UNDETERMINED never as an outcome', () => {
    expect(textOf(draft('2026-03-31').decided(NO_RULE))).toContain('This is no refusal.');
    expect(textOf(draft('2026-03-31').decided(UNDETERMINED))).toContain('no outcome yet');
  });

  test('the sentence of the caller wins over the bare value', () => {
    const outcome = { ja: '全額を補てんする。', en: 'Paid in full.' };
    expect(textOf(draft('2026-03-31').decided(5n), { outcome })).toContain(
      '結論 / Outcome: 全額を補てんする。 / Paid in full.',
    );
    expect(textOf(draft('2026-03-31').decided(-5_000n))).toContain('▲5,000円 / -5,000 yen');
    expect(textOf(draft('2026-03-31').decided({ paid: 5n }))).toContain('paid：5円 / paid: 5 yen');
    expect(textOf(draft('2026-03-31').decided(true))).toContain('認められる / established');
    expect(textOf(draft('2026-03-31').decided([]))).toContain('なし / none');
  });
});
