import {
  explain,
  rknAgreement,
  smTerms,
  type ClauseId,
  type Decision,
  type Explanation,
} from '#libs/contracts';
import { instantToWire, yenForPeople, type Instant, type Words, type Yen } from '#libs/kernel';
import {
  explainCase,
  type CompensationOutcome,
  type Determination,
  type LossCase,
  type RecourseClaim,
  type RecourseOutcome,
} from '#libs/liability';
import type { DocumentPart, LabelledValue, OfficialDocument } from '../../documents/index.js';
import type { Institution } from '../../institutions/index.js';

const words = (ja: string, en: string): Words => ({ ja, en });
const alike = (text: string): Words => words(text, text);
const yen = (amount: Yen): Words => words(yenForPeople(amount), `${amount} yen`);
const value = (label: Words, of: Words): LabelledValue => ({ label, value: of });
const none = words('なし', 'none');

interface Shared {
  readonly caseId: string;
  readonly institution: Institution;
  readonly state: LossCase;
  readonly outcome: Words;
  readonly at: Instant;
}

const CONTACT = words(
  'お取引店またはインターネットバンキングの窓口',
  'your branch or the internet-banking desk',
);

/**
 * What the holder is told: what was decided, from what, by which clause, and where to object.
 * Source: SM-14, SM-13.1b.
 */
export function claimDecision(
  given: Shared & {
    readonly holderName: string;
    readonly decided: Decision<CompensationOutcome>;
    /** What two people set where the clauses left it to them. */
    readonly determination?: Determination | undefined;
  },
): OfficialDocument {
  const { decided, institution, caseId, holderName } = given;
  const { outcome } = decided;
  const title = words('補てんに関する決定通知', 'Decision on compensation');
  const said = explained(decided, given, title);
  return {
    kind: 'claim_decision',
    title,
    issuedAt: instantToWire(given.at),
    issuer: words(institution.nameJa, institution.nameEn),
    addressee: holderName === '' ? words('契約者', 'the holder') : alike(`${holderName} 様`),
    subject: caseId,
    parts: [
      {
        heading: words('決定', 'Decision'),
        clauses: outcome.clause ? [outcome.clause] : [],
        paragraphs: [given.outcome],
        values: [
          value(words('補てん対象額', 'Covered amount'), yen(outcome.coveredYen)),
          value(words('すでに払い戻した額', 'Repaid already'), yen(outcome.returned.refundsYen)),
          value(
            words('行為者等から受けた額', 'Received from the wrongdoer'),
            yen(outcome.returned.fromWrongdoerYen),
          ),
          value(
            words('支払う額', 'To be paid'),
            outcome.payableYen === null ? none : yen(outcome.payableYen),
          ),
          ...determined(given.determination),
          value(words('通知の日', 'Day of the notice'), alike(outcome.noticeDay.toString())),
          value(
            words('対象期間の初日', 'First covered day'),
            outcome.firstCoveredDay === null ? none : alike(outcome.firstCoveredDay.toString()),
          ),
        ],
      },
      ...transfersPart(outcome),
      ...partsOf(said),
      history(given.state),
      objections(said),
    ],
  };
}

/**
 * What one side says to the other when it claims: how much, on which finding, of what it paid.
 * Source: RKN-L2, RKN-L4.
 */
export function recourseStatement(
  given: Shared & {
    readonly decided: Decision<RecourseOutcome>;
    readonly claim: RecourseClaim;
    /** None where the report named nobody. */
    readonly intermediary: Words | undefined;
    readonly shares: readonly { readonly against: string; readonly amountYen: Yen }[];
  },
): OfficialDocument {
  const { decided, institution, caseId, claim, shares } = given;
  const { outcome } = decided;
  const title = words('求償計算書', 'Statement of recourse');
  const said = explained(decided, given, title);
  const byEpsp = claim.by === 'EPSP';
  const epsp = given.intermediary ?? words('電子決済等代行業者', 'the intermediary');
  const fi = words(institution.nameJa, institution.nameEn);
  return {
    kind: 'recourse_statement',
    title,
    issuedAt: instantToWire(given.at),
    issuer: fi,
    addressee: words(`${epsp.ja} 御中`, epsp.en),
    subject: caseId,
    parts: [
      {
        heading: words('求償', 'Recourse'),
        clauses: outcome.clause ? [outcome.clause] : [],
        paragraphs: [given.outcome],
        values: [
          value(words('求償する側', 'Claimant'), byEpsp ? epsp : fi),
          value(words('利用者に支払った額', 'Paid to the user'), yen(outcome.paidYen)),
          value(words('すでに回収した額', 'Recovered already'), yen(outcome.recoveredYen)),
          value(words('求償できる額', 'May be claimed'), yen(outcome.claimableYen)),
          value(words('今回求償する額', 'Claimed now'), yen(claim.amountYen)),
        ],
      },
      {
        heading: words('相手方と分担', 'Against whom, and each share'),
        table: {
          columns: [words('相手方', 'Party'), words('額', 'Amount')],
          rows: shares.map(({ against, amountYen }) => [
            against === 'EPSP' ? epsp : alike(against),
            yen(amountYen),
          ]),
        },
      },
      ...partsOf(said),
      history(given.state),
      objections(said),
    ],
  };
}

/** SM-14.2e: the grounds and both people stand on the page. */
const determined = (set: Determination | undefined): LabelledValue[] =>
  set === undefined
    ? []
    : [
        value(words('額を定めた理由', 'Grounds of the amount'), alike(set.grounds)),
        value(
          words('起案者・承認者', 'Proposed and approved by'),
          alike(`${set.decidedBy} · ${set.approvedBy}`),
        ),
      ];

const explained = (decided: Decision<unknown>, given: Shared, title: Words): Explanation =>
  explain(decided, {
    title,
    outcome: given.outcome,
    institution: words(given.institution.nameJa, given.institution.nameEn),
    contracts: [rknAgreement, smTerms],
    contact: { name: CONTACT, address: '' },
  });

/** One line per transfer; the lines add up to the covered amount (SM-14.2d). */
function transfersPart({ lines, coveredYen }: CompensationOutcome): DocumentPart[] {
  if (lines.length === 0) return [];
  const columns = [
    words('取引', 'Transfer'),
    words('対象', 'Covered'),
    words('金額', 'Amount'),
    words('手数料', 'Fee'),
    words('利息', 'Interest'),
    words('損害の額', 'Loss'),
  ];
  const rows = lines.map((line) => [
    alike(line.transfer),
    line.covered ? words('対象', 'yes') : words('対象外', 'no'),
    yen(line.amountYen),
    yen(line.feeYen),
    yen(line.interestYen),
    yen(line.lossYen),
  ]);
  const total = [
    words('合計', 'Total'),
    alike(''),
    alike(''),
    alike(''),
    alike(''),
    yen(coveredYen),
  ];
  return [
    {
      heading: words('取引ごとの額', 'Amounts by transfer'),
      clauses: ['SM-14.2b', 'SM-14.2d'],
      table: { columns, rows: [...rows, total] },
    },
  ];
}

/** How the decision came about: each clause in the order of the text, with what it rested on. */
function partsOf(said: Explanation): DocumentPart[] {
  const reasons: DocumentPart = {
    heading: words('判断の過程', 'How it was decided'),
    table: {
      columns: [words('条項', 'Clause'), words('効果', 'Effect'), words('理由', 'Reason')],
      rows: said.clauses.map(({ clause, effect, reason }) => [alike(clause), effect, reason]),
    },
  };
  const figures: DocumentPart = {
    heading: words('用いた値と解釈', 'Values and readings used'),
    table: {
      columns: [words('項目', 'Item'), words('値', 'Value'), words('適用日', 'In force from')],
      rows: [
        ...said.parameters.map(({ id, name, value: of, from }) => [
          words(`${name.ja}（${id}）`, `${name.en} (${id})`),
          of,
          alike(from),
        ]),
        ...said.readings.map(({ entry, words: of, from }) => [alike(entry), of, alike(from ?? '')]),
      ],
    },
  };
  return [reasons, figures, ...remaining(said)];
}

function remaining({ duties, person }: Explanation): DocumentPart[] {
  if (duties.length === 0 && !person) return [];
  return [
    {
      heading: words('残る手続', 'What remains'),
      ...(person && { paragraphs: [person.why] }),
      ...(duties.length > 0 && {
        table: {
          columns: [words('誰が', 'Who'), words('何を', 'What'), words('条項', 'Clause')],
          rows: duties.map(({ who, what, clause }) => [who, what, alike(clause)]),
        },
      }),
    },
  ];
}

const history = (state: LossCase): DocumentPart => ({
  heading: words('経過', 'What happened'),
  clauses: [...new Set(explainCase(state).map(({ clause }) => clause))] satisfies ClauseId[],
  table: {
    columns: [words('時刻', 'When'), words('条項', 'Clause'), words('出来事', 'What')],
    rows: explainCase(state).map(({ recordedAt, clause, ja, en }) => [
      alike(recordedAt),
      alike(clause),
      { ja, en },
    ]),
  },
});

const objections = ({ contact, inputHash, ruleset }: Explanation): DocumentPart => ({
  heading: words('お問い合わせと異議', 'Questions and objections'),
  values: [
    value(words('申出先', 'Where to turn'), contact.name),
    value(words('規則の版', 'Rules'), alike(ruleset)),
    value(words('入力のハッシュ', 'Hash of the inputs'), alike(inputHash)),
  ],
});
