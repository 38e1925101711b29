import { CRITICAL, item } from './item.js';

/** Divisions 3 to 6: access, change, incidents, information. */
export const protection = [
  item(
    '3.1',
    [
      '利用者の情報への権限は、業務に必要な人に必要な範囲だけ与えられている。',
      'Rights to user information go to those who need them and no further.',
    ],
    [
      '役割ごとの権限表を持ち、付与は申請者と別の者が承認する。',
      'Rights follow a table of roles, and somebody else approves each grant.',
    ],
    CRITICAL,
  ),
  item(
    '3.2',
    [
      '本番環境に入るには、複数の要素による認証が必要である。',
      'Whoever enters production authenticates with more than one factor.',
    ],
    [
      '踏み台とハードウェアの鍵を使い、共有の名義を設けない。',
      'A bastion and hardware keys are used; there are no shared accounts.',
    ],
    CRITICAL,
  ),
  item(
    '3.3',
    [
      '権限を少なくとも半年ごとに見直し、不要なものを外している。',
      'Rights are reviewed at least twice a year, and what is not needed is removed.',
    ],
    [
      '部門の長が一覧を確かめ、外した権限と日付を記録する。',
      'Heads of department go through the list; what is removed is recorded with its date.',
    ],
  ),
  item(
    '3.4',
    [
      '特権の操作が記録され、操作した人とは別の人が確かめている。',
      'Privileged operations are recorded and looked at by somebody else.',
    ],
    [
      '記録を書き換えられない場所に送り、週に一度確かめる。',
      'Records go where nobody can rewrite them and are read weekly.',
    ],
    { weight: 4 },
  ),
  item(
    '4.1',
    [
      '変更は、試験と作成者以外の承認を経て本番に入る。',
      'A change reaches production after tests and the approval of somebody else.',
    ],
    [
      '承認のない変更が配備されない仕組みを使う。',
      'The pipeline deploys nothing that was not approved.',
    ],
  ),
  item(
    '4.2',
    [
      '使用する部品の脆弱性を見張り、重大なものを期限内に直している。',
      'Vulnerabilities of all components are watched, and grave ones are mended in time.',
    ],
    [
      '部品表を自動で照合し、重大なものは七日以内に直す。',
      'The bill of materials is checked automatically; grave findings are mended in seven days.',
    ],
    CRITICAL,
  ),
  item(
    '4.3',
    [
      '本番と試験の環境が分かれ、本番の情報を試験に使わない。',
      'Production and test are apart, and no production data is used for tests.',
    ],
    [
      '試験には作った情報だけを使い、例外は承認と消去の記録を残す。',
      'Tests use made-up data; an exception is approved and its erasure recorded.',
    ],
  ),
  item(
    '5.1',
    [
      '事故の対応手順と連絡網があり、毎年訓練している。',
      'There is a procedure for incidents with its contacts, and it is rehearsed yearly.',
    ],
    [
      '役割、判断の基準、連絡先を定め、訓練の課題を直す。',
      'Roles, criteria and contacts are set, and what a drill shows is remedied.',
    ],
    CRITICAL,
  ),
  item(
    '5.2',
    [
      '利用者の情報や認証情報の漏えいの疑いを、直ちに金融機関へ知らせる。',
      'A suspected leak of user information or credentials is told to the bank at once.',
    ],
    [
      '覚知から二十四時間以内の第一報と、その後の報告の様式を定める。',
      'A first report within twenty-four hours of knowing, and a form for those that follow.',
    ],
    CRITICAL,
  ),
  item(
    '5.3',
    [
      '不正なアクセスを検知する仕組みが、休日と夜間も働いている。',
      'Intrusions are detected, on holidays and at night as well.',
    ],
    [
      '常時の監視と当番を置き、通知から着手までの時間を測る。',
      'There is a watch round the clock, and the time until somebody acts is measured.',
    ],
    { weight: 4 },
  ),
  item(
    '5.4',
    [
      '漏れたおそれのあるトークンと鍵を、直ちに無効にできる。',
      'Tokens and keys that may have leaked can be made void at once.',
    ],
    [
      '一件ごと、接続先ごと、全件の無効化を訓練で確かめている。',
      'One, those of one bank, or all: each has been rehearsed.',
    ],
    CRITICAL,
  ),
  item(
    '6.1',
    [
      '利用者の情報がどこにあり、誰が扱うかの台帳がある。',
      'A register shows where user information is and who handles it.',
    ],
    [
      '項目、場所、保存の期間、委託先を記し、半年ごとに直す。',
      'It lists items, places, terms and providers, and is revised twice a year.',
    ],
  ),
  item(
    '6.2',
    [
      '利用者の情報は、保存中も伝送中も暗号化されている。',
      'User information is encrypted where it is kept and while it travels.',
    ],
    [
      '現行の推奨暗号を使い、鍵を情報と別に管理する。',
      'Algorithms are those recommended today, and keys are kept apart from the data.',
    ],
    CRITICAL,
  ),
  item(
    '6.3',
    [
      '保存の期間を定め、過ぎた情報と取り消された同意の情報を消している。',
      'Terms are set, and what is past them or without consent is erased.',
    ],
    [
      '消去を自動で行い、件数と日時を記録する。',
      'Erasure runs by itself, and its number and time are recorded.',
    ],
  ),
  item(
    '6.4',
    [
      '記録とログに、認証情報や口座番号の全桁が残らない。',
      'Logs hold neither credentials nor whole account numbers.',
    ],
    [
      '出力の前に伏せ、見本の値を流す検査を自動で行う。',
      'They are masked before they are written, and planted values are searched for.',
    ],
    { weight: 4 },
  ),
];
