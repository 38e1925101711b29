import type { ReadingEntry } from './entry.js';

export const readings11to20 = {
  'INT-11': {
    clauses: ['RKN-S4c', 'RKN-C2b'],
    question: {
      ja: 'RKN-C2bの通知も事前でなければならないか。',
      en: 'Must the notice of RKN-C2b precede the effect as well?',
    },
    readings: {
      A: {
        ja: 'どちらも事前とし、効力の発生より前に到達していなければならない。',
        en: 'In both, arrival lies strictly before the effect.',
      },
      B: {
        ja: 'RKN-C2bの通知は効力と同時でもよい。',
        en: 'The notice of RKN-C2b may come at the moment of effect.',
      },
    },
    prints: {
      ja: '通知、経路、発信、到達またはみなし到達、効力発生、間隔',
      en: 'notice, channel, sent, arrived or deemed, effective, lead',
    },
  },
  'INT-12': {
    clauses: ['RKN-S4a', 'RKN-S4b', 'RKN-C2b', 'RKN-L1a', 'SM-5.4-3b', 'SM-14.1-1'],
    question: {
      ja: '合理的な期間・相当の期間・すみやかには何日か。',
      en: 'How long are the reasonable periods, and how soon is promptly?',
    },
    readings: {
      A: {
        ja: '金融機関ごとの日付付きの値による。未設定なら進めない。すみやかは人が判断する。',
        en: 'A dated value per institution; unset refuses the step. Promptly is judged by people.',
      },
      B: {
        ja: '業界の数値を自らの値として採用する。',
        en: 'An industry figure, adopted as its own value.',
      },
    },
    prints: { ja: '値、版、承認者、起算、期限', en: 'value, version, approvers, start, due' },
  },
  'INT-13': {
    clauses: ['RKN-S4c', 'RKN-C2b', 'SM-3.4-1-4', 'SM-16a'],
    question: {
      ja: '公表部分に緊急停止の定めがない。どうするか。',
      en: 'The published part has no emergency stop: what then?',
    },
    readings: {
      A: {
        ja: '停止とは別の保全措置とし、根拠・二人・最長期間を要し、改善要求に移すか解く。',
        en: 'A protective hold of its own basis, two people, a latest end; converted or released.',
      },
      B: {
        ja: '監督官庁または裁判所の命令を根拠とする停止とする。',
        en: 'A stop ordered by authority or court, with that order as its basis.',
      },
      C: {
        ja: '通知のないRKN-S4cの停止とみる。',
        en: 'Treated as RKN-S4c without notice.',
      },
    },
    notSelectable: ['C'],
    prints: {
      ja: '根拠、二人、開始、最終期限、その後の措置、RKN-S4cの停止ではないこと',
      en: 'basis, both people, start, latest end, what follows, that it is no suspension',
    },
  },
  'INT-14': {
    clauses: ['RKN-L2a', 'RKN-L2b', 'RKN-L4-1', 'RKN-L4-2', 'RKN-C1a', 'RKN-D2'],
    question: {
      ja: '連鎖接続先の責めは電子決済等代行業者の責めか。',
      en: "Is the chain partner's fault that of the intermediary?",
    },
    readings: {
      A: {
        ja: '当然にはならない。人が認定するまで原因は不明とする。',
        en: 'Not by itself: unclear until a person finds the intermediary responsible.',
      },
      B: { ja: '常に代行業者の責めとする。', en: 'Always that of the intermediary.' },
      C: { ja: 'いずれの責めでもないとする。', en: 'The fault of neither party.' },
    },
    prints: { ja: '連鎖接続先、認定、認定者', en: 'chain partner, finding, author' },
  },
  'INT-15': {
    clauses: ['RKN-L2a', 'RKN-L2b', 'RKN-L4-0a', 'RKN-L4-0b'],
    question: {
      ja: '求償の前に疎明が要るか。',
      en: 'Is a prima facie showing needed before recourse?',
    },
    readings: {
      A: { ja: '要らない。資料を添えることはできる。', en: 'No; evidence may be attached.' },
      B: { ja: '双方の合意により要する。', en: 'Required by bilateral agreement.' },
    },
    prints: { ja: '要否、資料', en: 'whether it was required, evidence' },
  },
  'INT-16': {
    clauses: ['SM-20', 'SM-14.2a', 'RKN-L1d'],
    question: {
      ja: '変更後はどの版の規定によるか。',
      en: 'Which version of the terms governs after a change?',
    },
    readings: {
      A: { ja: '事実の起きた日の版による。', en: 'The one in force on the day of the event.' },
      B: { ja: '通知の日の版による。', en: 'The one in force on the notice date.' },
      C: { ja: '判断の日の版による。', en: 'The one in force on the decision date.' },
    },
    prints: {
      ja: '版、それを選んだ日、異なるなら次の版',
      en: 'version, date that selected it, next version if it would differ',
    },
  },
  'INT-17': {
    clauses: ['RKN-S4c', 'RKN-C2b'],
    question: { ja: '制限とは何か。', en: 'What is a restriction?' },
    readings: {
      A: {
        ja: '取り除かれる範囲の集合であり、停止は全範囲である。',
        en: 'A set of removed scopes; suspension removes all.',
      },
      B: { ja: '名前を付けた組合せから選ぶ。', en: 'Named presets over that set.' },
    },
    prints: { ja: '前の範囲、除いた範囲、後の範囲', en: 'scopes before, removed, after' },
  },
  'INT-18': {
    clauses: ['SM-13.1a', 'SM-13.1b', 'SM-14.1-1'],
    question: {
      ja: '個人でない契約者と全部免責をどう扱うか。',
      en: 'What of holders who are no individuals, and of total exclusions?',
    },
    readings: {
      A: {
        ja: 'SM-13.1のみによる。消費者契約法は注意書きとして示す。個人事業主かは人が判断する。',
        en: 'SM-13.1 alone; consumer law is a warning. A person judges a sole proprietor.',
      },
      B: {
        ja: '個人事業主を個人として扱う。',
        en: 'A sole proprietor is taken as an individual.',
      },
    },
    prints: { ja: '契約者の種類とその証拠、注意書き', en: 'holder kind, its evidence, warning' },
  },
  'INT-19': {
    clauses: ['SM-14.2d'],
    question: { ja: '利息の計算と端数はどうするか。', en: 'How is interest computed and rounded?' },
    readings: {
      A: {
        ja: '金融機関の定めによる。円未満は切り捨て、その旨を記す。',
        en: 'By the rule of the institution; whole yen, truncated, and said so.',
      },
      B: {
        ja: '日付付きの別の方法または端数処理による。',
        en: 'Another dated method or rounding.',
      },
    },
    prints: {
      ja: '利息規則の版、振込ごとの元本・手数料・利息、合計',
      en: 'rule version; per transfer principal, fee, interest; total',
    },
  },
  'INT-20': {
    clauses: ['SM-14.1-3'],
    question: { ja: '被害届は必須か。', en: 'Is the police report a condition?' },
    readings: {
      A: {
        ja: '必須ではない。被害届か、盗難を推測させる他の事実と、調査への協力による。',
        en: 'No: the report or other facts suggesting theft, plus co-operation.',
      },
      B: { ja: '必須とする。', en: 'Required by the policy of the institution.' },
    },
    prints: { ja: '証拠の一覧、要件を満たしたもの', en: 'evidence list, which item met it' },
  },
} as const satisfies Record<string, ReadingEntry>;
