import type { ReadingEntry } from './entry.js';

export const readings21to31 = {
  'INT-21': {
    clauses: [
      'RKN-S4c',
      'RKN-C2b',
      'SM-3.4-1-1',
      'SM-3.4-1-2a',
      'SM-3.4-1-3',
      'SM-3.4-1-4',
      'SM-5.4-1',
    ],
    question: {
      ja: '確定後に連携が停止された予約は実行されるか。',
      en: 'Does a reservation run whose link was stopped after it was fixed?',
    },
    readings: {
      A: {
        ja: '指定日に実行する。停止は未確定のものだけに及ぶ。',
        en: 'It runs on its date; the stop reaches only what is not yet fixed.',
      },
      B: { ja: '担当者が決めるまで留める。', en: 'Held until an officer decides.' },
      C: { ja: '契約者に知らせて取り消す。', en: 'Cancelled with notice to the holder.' },
    },
    prints: {
      ja: '確定時刻、停止時刻と連携の版、影響一覧の行',
      en: 'fixed at, stop committed at with link version, line in the impact preview',
    },
  },
  'INT-22': {
    clauses: ['RKN-C2a', 'RKN-C2b'],
    question: {
      ja: 'RKN-C2の措置には必ず停止要求が先に要るか。誰のために止めるか。',
      en: 'Does a measure under RKN-C2 always need a request first, and for whom is it?',
    },
    readings: {
      A: {
        ja: '必ず要る。求めた金融機関のために止める。',
        en: 'Always; for the institution that asked.',
      },
      B: {
        ja: '重大な事由があればRKN-S4の手順による。',
        en: 'On a ground so grave that RKN-S4 is used instead, with its own steps.',
      },
      C: { ja: '全金融機関のために止める。', en: 'The partner is stopped for all institutions.' },
    },
    prints: {
      ja: '要求、求めた金融機関、期限、止めたとの報告',
      en: 'request, institution that asked, due, what was reported as stopped',
    },
  },
  'INT-23': {
    clauses: ['SM-20', 'SM-5.4-1'],
    question: {
      ja: '指定日の前に規定が変わった予約はどの版によるか。',
      en: 'Which version governs a reservation when the terms change before its date?',
    },
    readings: {
      A: { ja: '確定した時の版による。', en: 'The one in force when it was fixed.' },
      B: { ja: '指定日の版による。', en: 'The one in force on the designated date.' },
    },
    prints: { ja: '両方の日と版、違い', en: 'both dates, both versions, what would differ' },
  },
  'INT-24': {
    clauses: ['SM-12.3', 'SM-5.1-2-1', 'SM-5.1-2-2'],
    question: {
      ja: '店舗統合で振込が振替になったときの手数料はどうなるか。',
      en: 'What of the fee when a merger of branches turns a transfer into a move?',
    },
    readings: {
      A: { ja: '確定時に示したとおりとする。', en: 'As fixed: the fee shown and confirmed.' },
      B: { ja: '処理日の区分により手数料はない。', en: 'No fee, by the processing day.' },
      C: { ja: '両者の低いほうによる。', en: 'The lower of the two.' },
    },
    prints: {
      ja: '確定時と処理日の区分と手数料、統合日',
      en: 'classification and fee on both days, merger date',
    },
  },
  'INT-25': {
    clauses: ['SM-9.2'],
    question: {
      ja: '失敗の回数は種類ごとに数えるか。',
      en: 'One counter per credential kind, or one over all?',
    },
    readings: {
      A: { ja: '届け出た種類ごとに数える。', en: 'One per kind of registered credential.' },
      B: { ja: '全体で数える。', en: 'One combined counter.' },
    },
    prints: {
      ja: '回数、種類、上限とその版、失敗の時刻',
      en: 'counter, kind, threshold with version, times of the failures',
    },
  },
  'INT-26': {
    clauses: ['SM-9.4', 'SM-14.1-1', 'SM-14.2b'],
    question: {
      ja: '紛失の届出はSM-14の通知か。',
      en: 'Is a loss report the notice of SM-14?',
    },
    readings: {
      A: { ja: '不正利用を告げるものなら通知である。', en: 'Yes, when it tells of misuse.' },
      B: { ja: 'すべての紛失届が通知である。', en: 'Every loss report counts.' },
      C: { ja: '通知としてなされたものだけが通知である。', en: 'Only a notice made as such.' },
    },
    prints: {
      ja: '届出と不正利用に関する言葉、時刻、通知とした届出',
      en: 'report and its words on misuse, instant, which was taken as notice',
    },
  },
  'INT-27': {
    clauses: [
      'SM-11.4-1',
      'SM-11.4-2',
      'SM-11.4-3',
      'SM-11.4-4',
      'SM-11.4-5',
      'SM-11.4-6',
      'SM-11.2',
    ],
    question: {
      ja: '強制解約はいつ効力を生じるか。',
      en: 'When does forced termination take effect?',
    },
    readings: {
      A: { ja: '記録された時。', en: 'When it is recorded.' },
      B: {
        ja: '通知の到達またはみなし到達の時。',
        en: 'On arrival or deemed arrival of a notice.',
      },
    },
    prints: { ja: '事由、記録時刻、通知と到達', en: 'ground, recorded at, any notice and arrival' },
  },
  'INT-28': {
    clauses: ['SM-11.3b', 'SM-12.2b'],
    question: {
      ja: '代表口座が解約されたとき予約はどうなるか。',
      en: 'What becomes of reservations when the main account is closed?',
    },
    readings: {
      A: {
        ja: 'すべて取り消す（契約全体の終了からの推論）。',
        en: 'All are cancelled, inferred from the end of the whole contract.',
      },
      B: {
        ja: '支払指定口座が残るものは実行する。',
        en: 'Those whose own debit account lives are run.',
      },
      C: { ja: '一件ずつ人が決める。', en: 'Each is decided by a person.' },
    },
    prints: { ja: '予約、支払指定口座、推論であること', en: 'reservations, accounts, inferred' },
  },
  'INT-29': {
    clauses: ['SM-5.5-1', 'SM-R3.1'],
    question: {
      ja: '締切後の依頼で翌営業日扱いとなったものは取り消せるか。',
      en: 'Can a request after the cut-off, rolled to the next business day, be cancelled?',
    },
    readings: {
      A: {
        ja: '取り消せない。指定日を定めた予約だけが取り消せる。',
        en: 'No: only a request made for a designated date can.',
      },
      B: {
        ja: '処理日の締切まで取り消せる。',
        en: 'Yes, until the cut-off of its processing day.',
      },
    },
    prints: {
      ja: '受付時刻、締切、予約か否か、処理日',
      en: 'received at, cut-off, whether reserved, processing day',
    },
  },
  'INT-30': {
    clauses: ['SM-R2.7', 'SM-7.3a', 'SM-8.2'],
    question: {
      ja: '連携先を通じた振込にどの認証要素を求めるか。',
      en: 'Which second factors does a transfer through an intermediary need?',
    },
    readings: {
      A: {
        ja: '要素表による。確認用パスワードと、他の一つ以上を必ず求める。',
        en: 'Those of the factor matrix: always the confirmation password and one more.',
      },
      B: { ja: '常に両方を求める。', en: 'Both, always.' },
      C: {
        ja: '端末でSM-7とSM-8が求めるものだけとする（当方の規則に反する）。',
        en: 'Only what the terminal asks (contradicts our own rule).',
      },
    },
    notSelectable: ['C'],
    prints: {
      ja: '要素表の版、求めた要素と一致した要素、最低限は自らの規則であること',
      en: 'matrix version, factors required and matched, that the minimum is a house rule',
    },
  },
  'INT-31': {
    clauses: ['SM-5.4-3b', 'SM-5.4-2'],
    question: {
      ja: '回答がないとき、返却される前に入金してよいか。',
      en: 'May the funds be credited before the destination has returned them?',
    },
    readings: {
      A: { ja: '返却された後に限る。', en: 'No: only after the return.' },
      B: {
        ja: '期限に仮勘定から入金し、返却で補う。',
        en: 'At the deadline, from a suspense account that the return refills.',
      },
    },
    prints: {
      ja: '期限、判断、返却の受領、入金とその元の勘定',
      en: 'deadline, judgement, return received at, credit, account it came from',
    },
  },
} as const satisfies Record<string, ReadingEntry>;
