import type { Tri, Words } from '#libs/kernel';
import type { Party } from '../clause.js';
import type { Effect } from '../decisions/decision.js';

const words = (ja: string, en: string): Words => ({ ja, en });

/** The fixed words of a decision document. Sentences of clauses come from the clauses. */
export const headings = {
  document: words('決定書', 'Decision'),
  outcome: words('結論', 'Outcome'),
  institution: words('金融機関', 'Institution'),
  asOf: words('基準日', 'As of'),
  ruleset: words('規則の版', 'Ruleset'),
  inputHash: words('入力のハッシュ', 'Hash of the inputs'),
  recordHash: words('記録簿のハッシュ', 'Hash in the record chain'),
  person: words('人が決めること', 'Left to a person'),
  bounds: words('金額の範囲', 'Bounds'),
  clauses: words('条項とその働き', 'Clauses and their effect'),
  clause: words('条項', 'Clause'),
  rule: words('条項の内容', 'The rule'),
  reason: words('理由', 'Reason'),
  facts: words('用いた事実', 'Facts used'),
  evidence: words('証拠', 'evidence'),
  value: words('値', 'Value'),
  overriddenBy: words('優先した条項', 'Overridden by'),
  parameters: words('所定の値', 'Parameters'),
  readings: words('採った解釈', 'Readings taken'),
  unknown: words('確定していない事実', 'Facts not established'),
  duties: words('残る義務', 'Duties that remain'),
  contact: words('異議の申出先', 'Where to object'),
  version: words('版', 'version'),
  from: words('適用開始', 'in force from'),
  enteredBy: words('入力', 'entered by'),
  approvedBy: words('承認', 'approved by'),
  due: words('期限', 'due'),
} as const;

export const effectWords: Readonly<Record<Effect, Words>> = {
  applies: words('適用される', 'applies'),
  not_met: words('要件を満たさない', 'not met'),
  overridden: words('他の条項が優先する', 'overridden'),
  barred: words('期間の経過により適用されない', 'barred by lapse of time'),
  undetermined: words('事実が未確定のため決まらない', 'undetermined: facts are missing'),
  parameter: words('所定の値による', 'rests on a parameter'),
  reading: words('採った解釈による', 'rests on a reading'),
};

export const partyWords: Readonly<Record<Party, Words>> = {
  institution: words('金融機関', 'the institution'),
  holder: words('契約者', 'the holder'),
  epsp: words('電子決済等代行業者', 'the intermediary (EPSP)'),
  chain_partner: words('連鎖接続先', 'the chain partner (CP)'),
  user: words('利用者', 'the user'),
  both: words('双方', 'both parties'),
};

export const triWords: Readonly<Record<Tri, Words>> = {
  yes: words('認められる', 'established'),
  no: words('認められない', 'excluded'),
  unknown: words('未確定', 'not established'),
};

export const none = words('なし', 'none');
export const notRecorded = words('まだ記録されていない', 'not recorded yet');
export const sample = words('見本', 'sample value');
export const noRuleWords = words(
  '定めなし。人が決める。拒絶ではない。',
  'No clause decides; a person does. This is no refusal.',
);
export const undeterminedWords = words(
  '確定していない事実があり、まだ決まらない。',
  'Facts that are not established would decide; there is no outcome yet.',
);
export const statusWords = {
  proposed: words('提案中（法律家の署名前）', 'proposed, not yet signed by a lawyer'),
  signed: words('署名済み', 'signed'),
} as const;
