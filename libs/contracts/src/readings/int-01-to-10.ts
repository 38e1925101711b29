import type { ReadingEntry } from './entry.js';

export const readings01to10 = {
  'INT-01': {
    clauses: ['SM-14.3'],
    question: { ja: '２年の期間はどう数えるか。', en: 'How does the two-year bar run?' },
    readings: {
      A: {
        ja: '民法140条・143条による。初日は算入せず、末日が休日でも動かない。',
        en: 'Civil Code 140 and 143: the first day is not counted; a holiday does not move the end.',
      },
      B: {
        ja: '窓口が慣習上休む日に末日が当たるときは、142条により次に受け付ける日へ移る。',
        en: 'Where by custom the desk is closed on the last day, 142 moves it to the next open day.',
      },
    },
    prints: {
      ja: '起算の事実、末日、通知日、適用した条文',
      en: 'start event, last day, notice date, articles used',
    },
  },
  'INT-02': {
    clauses: ['SM-14.2b', 'SM-14.2c'],
    question: { ja: '30日の期間はどこから始まるか。', en: 'Where does the 30-day window begin?' },
    readings: {
      A: {
        ja: '証明された期間の和集合の日数を加え、重なる日は一度だけ数える。',
        en: 'The days in the union of the proven periods are added; overlap counts once.',
      },
      B: { ja: '期間ごとの日数を合計する。', en: 'The days of each period are summed separately.' },
    },
    prints: {
      ja: '通知日、証拠のある各期間、加えた日数、対象期間の初日、振込ごとの内外',
      en: 'notice day, each period with evidence, days added, first covered day, each transfer',
    },
  },
  'INT-03': {
    clauses: ['SM-14.3'],
    question: {
      ja: '盗難の日が分からないときはどうするか。',
      en: 'What if the theft date is unknown?',
    },
    readings: {
      A: {
        ja: '最初の不正な振込等から数える。分かっている盗難日は常に優先する。',
        en: 'The first wrongful transfer starts the bar; a known theft date always governs.',
      },
      B: {
        ja: '記録された認定による推定の盗難日を、分かっているものとして扱う。',
        en: 'A theft date estimated by recorded finding is taken as known.',
      },
    },
    prints: {
      ja: '起算に用いた日、盗難日の認定状況、証拠',
      en: 'which date started the bar, status of the theft date, evidence',
    },
  },
  'INT-04': {
    clauses: ['SM-14.4-1-0', 'SM-14.4-1-1', 'SM-14.4-1-2', 'SM-14.4-1-3', 'SM-14.4-2'],
    question: {
      ja: '組合に過失があっても①〜③で補てんしないことになるか。',
      en: 'Do grounds one to three exclude when the institution is at fault?',
    },
    readings: {
      A: {
        ja: 'ならない。まず組合の善意無過失が要る。未確定なら判断も未確定とする。',
        en: 'No: its good faith and faultlessness come first; not established means undetermined.',
      },
      B: {
        ja: '①〜③を独立の事由とみる（文言に反する）。',
        en: 'The three grounds stand alone (contradicts the text).',
      },
    },
    signedOnly: ['B'],
    prints: {
      ja: '組合についての認定、当てはまる全事由、組合の過失がなければ当てはまった事由',
      en: 'finding on the institution, all grounds that apply or would but for its fault',
    },
  },
  'INT-05': {
    clauses: ['SM-14.2a', 'SM-14.2e', 'SM-14.4-1-1'],
    question: {
      ja: '定めのない組合せ（組合に過失がある重過失、故意）をどう扱うか。',
      en: 'What of combinations without a rule: gross negligence with fault of the bank, intent?',
    },
    readings: {
      A: {
        ja: '定めなしとして人が決める。零から補てん対象額までの間とする。',
        en: 'No rule: a person decides between nothing and the covered amount.',
      },
      B: { ja: '一部補てんと同じく裁量による。', en: 'Discretionary, as for ordinary fault.' },
      C: { ja: '一般原則により補てんしない。', en: 'Nothing, on general principles.' },
    },
    prints: {
      ja: '「定めなし」、組合せ、上限と下限、決めるべき人',
      en: 'no rule, the combination, bounds, who must decide',
    },
  },
  'INT-06': {
    clauses: ['SM-14.2e'],
    question: { ja: '「一部」はいくらか。', en: 'How much is a part?' },
    readings: {
      A: {
        ja: '零から補てん対象額までの間で、二人が理由を付して決める。既定の割合はない。',
        en: 'Between nothing and the covered amount, reasoned, by two persons; no default ratio.',
      },
      B: {
        ja: '組合が日付を付して定めた割合表による。',
        en: 'A dated ratio table of the institution.',
      },
    },
    prints: { ja: '上限と下限、額、理由、二人の氏名', en: 'bounds, amount, reasons, both persons' },
  },
  'INT-07': {
    clauses: ['SM-14.5a', 'SM-14.5b'],
    question: {
      ja: '払戻しや損害賠償は何から差し引くか。',
      en: 'From what are refunds and damages deducted?',
    },
    readings: {
      A: { ja: '補てん額から差し引き、零を下回らない。', en: 'From the award, never below zero.' },
      B: {
        ja: '補てん額を決める前に補てん対象額から差し引く。',
        en: 'From the covered amount, before the award is set.',
      },
    },
    prints: {
      ja: '差引きの基準、払戻し、受けた賠償等、結果',
      en: 'basis, refunds, damages received, result',
    },
  },
  'INT-08': {
    clauses: ['SM-14.6', 'SM-14.7', 'RKN-L2a', 'RKN-L2b', 'RKN-L4-1', 'RKN-L4-2'],
    question: {
      ja: '権利の消滅・代位・求償が重なるとき、余りは誰のものか。',
      en: 'How do lapse, subrogation and recourse combine?',
    },
    readings: {
      A: {
        ja: 'いずれも支払った額まで。二重の回収はしない。余りは契約者に渡す。',
        en: 'Each up to the amount paid, no double recovery; a surplus goes to the holder.',
      },
      B: {
        ja: '回収は、まず契約者の補てんされない損害に充てる。',
        en: 'A recovery serves the uncovered loss of the holder first.',
      },
    },
    prints: {
      ja: '支払額、消滅した額、代位した額、回収済みの額、求償の残り',
      en: 'paid, lapsed, subrogated, recovered so far, room left for recourse',
    },
  },
  'INT-09': {
    clauses: ['RKN-L4-0a', 'RKN-L4-0b'],
    question: { ja: '金融機関はいつ求償できるか。', en: 'When may the bank seek recourse?' },
    readings: {
      A: {
        ja: '機能・連携の損害か、やむを得ない支払と記録されたサービスの損害に限る。',
        en: 'For function or linkage loss, or service loss with recorded unavoidable grounds.',
      },
      B: {
        ja: '混在する損害は範囲の認定により分ける。',
        en: 'A mixed loss is split by a finding on scope.',
      },
    },
    prints: {
      ja: '範囲の認定、入口、事由とその時刻・承認者、または公表部分に定めがないこと',
      en: 'scope finding, gate, grounds with time and approver, or that no clause is published',
    },
  },
  'INT-10': {
    clauses: ['RKN-L2a', 'RKN-L2b', 'RKN-L4-0a', 'RKN-L4-0b'],
    question: {
      ja: '双方が一部を支払った場合や、サービス外の損害を支払った場合はどうするか。',
      en: 'What if both paid in part, or the intermediary paid for a loss outside the service?',
    },
    readings: {
      A: { ja: '条項がない。人が協議し、割合は計算しない。', en: 'No clause: people consult.' },
      B: { ja: '二つの別の案件とする。', en: 'Two separate cases.' },
      C: { ja: 'RKN-L3を類推する。', en: 'By analogy with RKN-L3.' },
    },
    prints: {
      ja: '組合せ、欠けている条項、それぞれの支払',
      en: 'combination, missing clause, what each paid',
    },
  },
} as const satisfies Record<string, ReadingEntry>;
