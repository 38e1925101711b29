import type { ClauseId } from '#libs/contracts';
import { instantToWire, type Words } from '#libs/kernel';
import { attributionWords } from './attribution.js';
import type { RecordedEvent } from './case-events.js';
import type { LossCase } from './case.js';
import { both, outcomeWords } from './outcome-words.js';

/** One sentence of the document of a case, in both languages, with the clause it rests on. */
export interface CaseSentence extends Words {
  readonly clause: ClauseId;
  /** When it was recorded, RFC 3339 in Tokyo. */
  readonly recordedAt: string;
}

/** The document of a case: one sentence per event, in order; decisions with all that is left to do. */
export const explainCase = ({ events }: LossCase): CaseSentence[] =>
  events.flatMap((event) => {
    const recordedAt = instantToWire(event.recordedAt);
    return sentencesOf(event).map((sentence) => ({ ...sentence, recordedAt }));
  });

type Sentence = Omit<CaseSentence, 'recordedAt'>;

const DECIDED_BY = {
  recourse: 'RKN-L*',
  compensation: 'SM-14.2a',
  fraud_policy: 'RKN-L1d',
} as const;

function sentencesOf(event: RecordedEvent): Sentence[] {
  if (event.type !== 'decided') return [sentenceOf(event)];
  const { outcome } = event.decision;
  const clause = 'clause' in outcome ? outcome.clause : undefined;
  return [
    { clause: clause ?? DECIDED_BY[event.about], ...outcomeWords(event) },
    ...event.decision.duties.map(({ clause: by, what }) => ({ clause: by, ...what })),
  ];
}

const SCOPES = {
  service: { ja: 'サービス', en: 'the service' },
  function: { ja: '労働金庫機能', en: 'the function of the institution' },
  linkage: { ja: '機能連携', en: 'the linkage' },
  unknown: { ja: '未確定', en: 'a kind not established' },
} as const;

const WHO = {
  EPSP: { ja: '代行業者', en: 'The intermediary' },
  FI: { ja: '金融機関', en: 'The financial institution' },
} as const;

const say = (clause: ClauseId, ja: string, en: string): Sentence => ({ clause, ja, en });

type Plain = Exclude<RecordedEvent, { type: 'decided' }>;

/** What each kind of event says; the types prove that none is forgotten. */
const SENTENCES: {
  readonly [Type in Plain['type']]: (event: Extract<Plain, { type: Type }>) => Sentence;
} = {
  loss_reported: (event) =>
    say(
      'RKN-L1a',
      `損害${both(event.lossYen).ja}の申出を受け、原因を調べる。`,
      `A loss of ${both(event.lossYen).en} was reported; its cause is looked for.`,
    ),
  cause_found: () => say('RKN-L1a', '原因が判明した。', 'The cause was found.'),
  cause_unknown: () =>
    say('RKN-L1a', '調査の結果、原因は不明である。', 'The cause could not be found.'),
  exemption_found: (event) =>
    say(
      'RKN-L1c',
      `契約（${event.agreementClause}）により賠償・補償は不要とされた。`,
      `Nothing is due under the agreement (${event.agreementClause}).`,
    ),
  scope_found: (event) =>
    say(
      'RKN-L4-0a',
      `損害の範囲は「${SCOPES[event.scope.value].ja}」と認定された。`,
      `The loss was found to be one of ${SCOPES[event.scope.value].en}.`,
    ),
  unavoidable_judged: () =>
    say(
      'RKN-L4-0b',
      '支払がやむを得ないかについて判断が記録された。',
      'A judgement on whether payment was unavoidable was recorded.',
    ),
  showing_attached: () =>
    say(
      'RKN-L2a',
      '疎明資料が添えられた。',
      'Evidence that shows the claim at first sight was attached.',
    ),
  paid: (event) => {
    const { by, amountYen } = event.payment;
    const clause = by === 'EPSP' ? 'RKN-L1b' : 'RKN-L4-0a';
    return say(
      clause,
      `${WHO[by].ja}が利用者に${both(amountYen).ja}を支払った。`,
      `${WHO[by].en} paid the user ${both(amountYen).en}.`,
    );
  },
  attributed: (event) =>
    say(
      'RKN-L3',
      `責任の帰属が二人により認定された：${attributionWords[event.attribution.finding].ja}。`,
      `Two people found who is responsible: ${attributionWords[event.attribution.finding].en}.`,
    ),
  agreement_proposed: (event) =>
    say(
      'RKN-L2b',
      `協議の額として${both(event.agreement.amountYen).ja}が示された。`,
      `An amount of ${both(event.agreement.amountYen).en} was put forward.`,
    ),
  agreement_accepted: (event) =>
    say(
      'RKN-L2b',
      `${WHO[event.side].ja}が第${event.version}版を承諾した。`,
      `${WHO[event.side].en} accepted version ${event.version}.`,
    ),
  recourse_received: (event) =>
    say(
      'RKN-L*',
      `${WHO[event.by].ja}が求償により${both(event.amountYen).ja}を受けた。`,
      `${WHO[event.by].en} received ${both(event.amountYen).en} by recourse.`,
    ),
  recovered: (event) =>
    say(
      'SM-14.7',
      `行為者から${both(event.recovery.amountYen).ja}が回収された。`,
      `${both(event.recovery.amountYen).en} came back from the wrongdoer.`,
    ),
};

const sentenceOf = (event: Plain): Sentence =>
  (SENTENCES[event.type] as (one: Plain) => Sentence)(event);
