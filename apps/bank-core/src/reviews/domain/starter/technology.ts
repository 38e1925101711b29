import { CRITICAL, item } from './item.js';

/** Divisions 8 to 10: premises, development and operation, the API itself. */
export const technology = [
  item(
    '8.1',
    [
      '利用者の情報を扱う場所と機器に、許された人だけが入れる。',
      'Only those who may can enter the places and use the equipment with user information.',
    ],
    [
      '入退室を記録し、来訪者には担当者が付き添う。',
      'Entries are recorded, and visitors are accompanied.',
    ],
  ),
  item(
    '8.2',
    [
      '端末は暗号化され、紛失したときに遠隔で消去できる。',
      'Devices are encrypted and can be erased from afar when lost.',
    ],
    [
      '管理の仕組みに全台を登録し、外部媒体への書出しを禁じる。',
      'All of them are under management, and writing to external media is blocked.',
    ],
  ),
  item(
    '8.3',
    [
      '機器と媒体を捨てるとき、情報が読めないようにしている。',
      'Equipment and media are unreadable before they are disposed of.',
    ],
    [
      '消去または破壊の証明を機器の番号とともに保管する。',
      'Proof of erasure or destruction is kept with the number of the device.',
    ],
    { weight: 2 },
  ),
  item(
    '9.1',
    [
      '設計と実装に安全の基準があり、守られていることを確かめている。',
      'Design and code follow a security standard, and this is verified.',
    ],
    [
      '設計の審査と自動の検査を必須とし、結果を残す。',
      'Design reviews and automatic checks are mandatory, and their results are kept.',
    ],
  ),
  item(
    '9.2',
    [
      '公開する仕組みに、外部の専門家による侵入試験を毎年行っている。',
      'Outside specialists test what is public for intrusion every year.',
    ],
    [
      '重大な指摘を直してから公開し、再試験の結果を残す。',
      'Grave findings are mended before release, and the second test is kept.',
    ],
    { levelRequired: 3, weight: 4 },
  ),
  item(
    '9.3',
    [
      '復旧の目標を定め、控えから戻せることを確かめている。',
      'Recovery has its targets, and restoring from copies has been proven.',
    ],
    [
      '年に一度、別の場所に戻し、かかった時間を目標と比べる。',
      'Once a year it is restored elsewhere, and the time is compared with the target.',
    ],
  ),
  item(
    '9.4',
    [
      '悪意のあるプログラムを防ぎ、見つける仕組みが働いている。',
      'Malicious software is kept out and detected.',
    ],
    [
      'サーバーと端末で検知を有効にし、停止したときは通知される。',
      'Detection runs on servers and devices, and its silence raises an alert.',
    ],
  ),
  item(
    '9.5',
    [
      '時刻がそろった記録が、定めた期間保存されている。',
      'Records with synchronised time are kept for a set term.',
    ],
    [
      '呼出しごとに時刻、接続先、結果を残し、一年以上保存する。',
      'Time, peer and result of each call are kept for a year or longer.',
    ],
  ),
  item(
    '10.1',
    [
      '金融機関への呼出しは、秘密を送らない強い方式でクライアント認証される。',
      'Calls to the bank authenticate the client strongly, without sending a secret.',
    ],
    [
      '署名による認証または相互TLSを使い、鍵は保護された装置に置く。',
      'Signed assertions or mutual TLS, with keys in protected hardware.',
    ],
    CRITICAL,
  ),
  item(
    '10.2',
    [
      'トークンは送信者に結び付けられ、暗号化して保存されている。',
      'Tokens are bound to their sender and kept encrypted.',
    ],
    [
      '相互TLSまたはDPoPで結び付け、画面や記録に出さない。',
      'Bound by mutual TLS or DPoP, and never shown or logged.',
    ],
    CRITICAL,
  ),
  item(
    '10.3',
    [
      '戻り先のURLは登録した完全な一致だけを使い、状態と発行者を確かめる。',
      'Redirect addresses match exactly, and state and issuer are verified.',
    ],
    [
      '要求ごとに一度だけの値を作り、応答の発行者を照合する。',
      'A value for each request alone, and the issuer of the response is compared.',
    ],
  ),
  item(
    '10.4',
    [
      '通信は現行の版のTLSに限り、証明書の検証を省かない。',
      'Traffic uses current TLS only, and certificates are always verified.',
    ],
    [
      '弱い方式を無効にし、設定を毎月自動で検査する。',
      'Weak suites are off, and the settings are scanned monthly.',
    ],
    { weight: 4 },
  ),
  item(
    '10.5',
    [
      '鍵と証明書に期限があり、切れる前に交換される。',
      'Keys and certificates have terms and are replaced before they end.',
    ],
    [
      '台帳で期限を見張り、交換の手順を試してある。',
      'A register watches the terms, and the replacement has been rehearsed.',
    ],
  ),
  item(
    '10.6',
    [
      '振込の指図は、利用者が金融機関の画面で確認した内容から変わらない。',
      "A transfer never differs from what the user confirmed on the bank's page.",
    ],
    [
      '依頼番号で一件を識別し、再送しても二重にならない。',
      'Each has an id of its own, and sending it again never makes it twice.',
    ],
    { ...CRITICAL, appliesTo: ['write'] },
  ),
  item(
    '10.7',
    [
      '同意された範囲と目的の外で情報を取得しない。',
      'Nothing is fetched outside the scope and the purpose that were consented to.',
    ],
    [
      '呼出しを同意の記録と照合し、定期の取得は回数を抑える。',
      'Calls are checked against the consent, and regular fetches are kept few.',
    ],
    CRITICAL,
  ),
];
