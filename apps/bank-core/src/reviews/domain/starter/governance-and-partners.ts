import { CRITICAL, item } from './item.js';

/** Divisions 1, 2 and 7: who answers for security, what is given to others, and the people. */
export const governance = [
  item(
    '1.1',
    [
      '安全管理の責任を負う役員が定められ、その役割が文書で示されている。',
      'A member of the board answers for security, and the role is written down.',
    ],
    [
      '職務分掌規程に責任者を記し、取締役会が年に一度その報告を受ける。',
      'The rules of organisation name the person, and the board hears a report every year.',
    ],
    CRITICAL,
  ),
  item(
    '1.2',
    [
      '情報の安全管理の方針が承認され、全員に知らされている。',
      'A security policy has been approved and everybody knows it.',
    ],
    [
      '方針に承認日と版を付け、入社時と改定時に読んだことの確認を取る。',
      'The policy bears a version and a date; each person confirms having read it.',
    ],
  ),
  item(
    '1.3',
    [
      '金融機関との連携に伴うリスクを、少なくとも年に一度評価している。',
      'The risks of the linkage with banks are assessed at least once a year.',
    ],
    [
      '資産、脅威、影響を一覧にし、対応の担当者と期限を決める。',
      'Assets, threats and effects are listed, each with somebody in charge and a date.',
    ],
  ),
  item(
    '1.4',
    [
      '安全管理の実施状況を、実施する部門から独立した者が確かめている。',
      'Somebody independent of those who carry it out verifies the security measures.',
    ],
    [
      '内部監査または外部の評価を毎年受け、指摘の是正まで追う。',
      'An internal audit or an outside assessment every year, followed until all is remedied.',
    ],
    { levelRequired: 3 },
  ),
  item(
    '1.5',
    [
      '登録、法令、契約の変更を見張り、期限までに対応している。',
      'Changes of registration, law and contract are watched and met in time.',
    ],
    [
      '担当者が変更の一覧を月に一度更新し、影響と対応日を記す。',
      'A list of changes is kept monthly with the effect and the day of each response.',
    ],
  ),
  item(
    '2.1',
    [
      '外部に委ねる業務を選ぶ基準があり、委託先を事前に審査している。',
      'There are criteria for outsourcing, and each provider is examined beforehand.',
    ],
    [
      '安全管理、財務、再委託の有無を審査票で確かめ、承認者が署名する。',
      'A form covers security, finances and sub-contracting; somebody signs for it.',
    ],
  ),
  item(
    '2.2',
    [
      '委託契約に、安全管理、監査、事故の報告、終了時の消去が定められている。',
      'Contracts cover security, audit, reports of incidents and erasure at the end.',
    ],
    [
      '契約のひな形に四つの条項を置き、欠ける契約は更新時に改める。',
      'A model contract holds the four clauses; contracts that lack one are amended.',
    ],
  ),
  item(
    '2.3',
    [
      'クラウドの設定と責任の分担が明らかで、変更が見張られている。',
      'Cloud settings and the sharing of responsibility are known, and changes are watched.',
    ],
    [
      '設定を符号として管理し、公開範囲が広がったときは通知される。',
      'Settings are kept as code, and whatever becomes more public raises an alert.',
    ],
    { family: 'protection' },
  ),
  item(
    '2.4',
    [
      '委託先の安全管理を、契約の期間中も定期に確かめている。',
      'Providers are verified regularly for as long as the contract lasts.',
    ],
    [
      '年に一度、評価報告書または聞き取りで確かめ、結果を残す。',
      'Every year by report or interview, and the result is kept.',
    ],
  ),
  item(
    '7.1',
    [
      '利用者の情報に触れる人と守秘の約束を交わしている。',
      'Everybody who may touch user information is bound to secrecy.',
    ],
    [
      '入社時の誓約書に、退職後も続く守秘義務を定める。',
      'A pledge on joining holds beyond the end of the employment.',
    ],
  ),
  item(
    '7.2',
    [
      '役割に応じた安全管理の教育を、毎年行っている。',
      'Security training that fits the role takes place every year.',
    ],
    [
      '受講の記録と理解度の結果を残し、標的型の訓練を加える。',
      'Attendance and results are kept, and simulated phishing is part of it.',
    ],
  ),
  item(
    '7.3',
    [
      '異動と退職の当日に、権限と貸与品が回収されている。',
      'Rights and equipment are taken back on the day somebody moves or leaves.',
    ],
    [
      '人事の通知から権限の停止までを一つの手続とし、記録を残す。',
      'From the notice to the end of the rights it is one procedure with a record.',
    ],
    { family: 'protection' },
  ),
];

/** Divisions 11 and 12: the users, and those connected behind. */
export const usersAndPartners = [
  item(
    '11.1',
    [
      '誰が何のために情報を使うかを、同意の前に分かりやすく示している。',
      'Before consent a user is told plainly who uses what and why.',
    ],
    [
      '登録名、目的、期間、取消しの方法を一つの画面で示し、版を残す。',
      'One screen shows name, purpose, term and how to withdraw; its versions are kept.',
    ],
    CRITICAL,
  ),
  item(
    '11.2',
    [
      '利用者がいつでも同意を取り消せ、取消しが直ちに効く。',
      'A user can withdraw at any time, and it takes effect at once.',
    ],
    [
      '画面から取り消せ、保存した情報の消去または保持の理由を知らせる。',
      'It is done on a screen, which says what is erased and what is kept and why.',
    ],
    CRITICAL,
  ),
  item(
    '11.3',
    [
      '利用者の口座の暗証やパスワードを預からない。',
      "The bank's passwords and codes of a user are never taken into custody.",
    ],
    [
      '金融機関の画面で認証する方式だけを使い、過去に預かった分を消去した。',
      "Only the bank's own pages authenticate; what was kept in the past has been erased.",
    ],
    { ...CRITICAL, family: 'protection' },
  ),
  item(
    '11.4',
    [
      '相談と苦情の窓口があり、受付から回答までの記録がある。',
      'There is a desk for questions and complaints, with a record up to the answer.',
    ],
    [
      '電話とメールの窓口を公表し、回答までの日数を毎月確かめる。',
      'Telephone and mail are published, and the days until an answer are reviewed monthly.',
    ],
  ),
  item(
    '11.5',
    [
      '利用者に損害が生じたときの補償の方針と資力がある。',
      'There is a policy and the means to compensate users for losses.',
    ],
    [
      '規約に補償を定め、保険または資金で裏付ける。',
      'The terms provide for it, and insurance or funds stand behind it.',
    ],
    { weight: 4 },
  ),
  item(
    '11.6',
    [
      '不正な利用の兆しを見張り、利用者と金融機関に知らせる。',
      'Signs of misuse are watched for and told to the user and the bank.',
    ],
    [
      '普段と違う端末や回数を検知し、当日中に連絡する。',
      'Unusual devices and volumes are detected and reported the same day.',
    ],
    { family: 'protection' },
  ),
  item(
    '12.1',
    [
      '連鎖接続先を審査し、契約を結んでから接続している。',
      'Chain partners are examined and under contract before they are connected.',
    ],
    [
      '審査票、契約書、接続の範囲を一件ずつ保管する。',
      'Form, contract and scope are kept for each of them.',
    ],
    { appliesTo: ['chain'], critical: true, weight: 5 },
  ),
  item(
    '12.2',
    [
      '連鎖接続先ごとに、渡す情報と受ける指図の範囲を限っている。',
      'For each chain partner the data passed on and the instructions taken are limited.',
    ],
    [
      '接続先ごとの識別と権限を設け、範囲の外の呼出しを拒む。',
      'Each has an identity and rights of its own, and calls outside them are refused.',
    ],
    { appliesTo: ['chain'], family: 'protection' },
  ),
  item(
    '12.3',
    [
      '連鎖接続先から報告を受け、必要な指導と改善を行い、金融機関に報告している。',
      'Partners report, are guided where needed, and the result goes to the bank.',
    ],
    [
      '年に一度の報告と、問題ごとの指導の記録を保つ。',
      'A yearly report, and a record of the guidance given in each case.',
    ],
    { appliesTo: ['chain'] },
  ),
  item(
    '12.4',
    [
      '求めに応じて、連鎖接続先を一社だけ速やかに止められる。',
      'On request a single chain partner can be stopped without delay.',
    ],
    [
      '停止の手順を定め、年に一度の訓練で所要時間を測る。',
      'There is a procedure, and a yearly drill measures how long it takes.',
    ],
    { appliesTo: ['chain'], family: 'protection', weight: 4 },
  ),
];
