/** One line for each clause, in the order of the text; what the words test compares with. */
export interface RegisterLine {
  readonly id: string;
  readonly key: string;
  /** Digest of the passage as read, without its white space: an amended text has another one. */
  readonly digest: string;
}

const line = (id: string, key: string, digest: string): RegisterLine => ({ id, key, digest });

export const rknRegister: readonly RegisterLine[] = [
  line('RKN-0.1', '契約内容の一部を公表', 'sha256:feee91ff2f901fb9'),
  line('RKN-0.2', '労働金庫連合会及び下表の対象労働金庫', 'sha256:81ca0377f6f141e3'),
  line('RKN-L1a', '速やかにその原因を究明', 'sha256:05db4dd210bfa00f'),
  line('RKN-L1b', '契約に従い、利用者に生じた損害を賠償又は補償', 'sha256:746ccc4cf82e04a6'),
  line('RKN-L1c', '賠償又は補償が不要となる場合を除き', 'sha256:afad29cd42f3e432'),
  line('RKN-L1d', '申し合わせにおける補償の考え方に基づき', 'sha256:7c7c50049e032d04'),
  line('RKN-L2a', '専ら金融機関の責め', 'sha256:cb6807ee65ff4de4'),
  line('RKN-L2b', '双方の責め…金融機関と合意した額', 'sha256:f2c0ec4e9a48aeef'),
  line('RKN-L3', '当社が上記１…いずれの責めにも帰すことが', 'sha256:cd3543848a09d7c6'),
  line('RKN-L4-0a', '本労働金庫機能若しくは本労働金庫機能連携', 'sha256:976687a642e7e4be'),
  line('RKN-L4-0b', 'やむを得ないと客観的かつ合理的な事由により', 'sha256:e74447b36ae1b918'),
  line('RKN-L4-1', '(1) 当該損害が専ら当社の責め', 'sha256:862582d4eb18be35'),
  line('RKN-L4-2', '(2) …双方の責め…当社と合意した額', 'sha256:044e4b4f5254a7e8'),
  line('RKN-L4-3', '(3) …明らかではないとき', 'sha256:ecb59d32a1d8808d'),
  line('RKN-L*', '賠償責任の分担に関する事項', 'sha256:ee1c4fb5ce902b80'),
  line('RKN-S1', '認証情報等及び利用者情報…契約に従って取り扱う', 'sha256:2a6a85e89c684602'),
  line('RKN-S2', '情報漏洩等…当社の費用と責任において', 'sha256:ff60c16fb39d2283'),
  line('RKN-S3a', '提出したセキュリティチェックリストにしたがい', 'sha256:2c4ce47ed72fc4d5'),
  line('RKN-S3b', '定める基準にしたがったセキュリティを維持', 'sha256:64e87dd9d99dee34'),
  line('RKN-S4a', '当社に改善を求めることができ', 'sha256:52961e30fb6b46f3'),
  line('RKN-S4b', '合理的な期間内に改善が十分になされていない', 'sha256:e3ba645cf368f134'),
  line('RKN-S4c', '事前に通知した上で…制限又は停止', 'sha256:163468a5efd86c2e'),
  line('RKN-C1a', '連鎖接続の方法及び内容に関して契約を締結', 'sha256:dc3359959842632f'),
  line('RKN-C1b', '必要に応じて報告を求め', 'sha256:14b5d5d18bfaca3a'),
  line('RKN-C1c', '指導又は改善を行い', 'sha256:793ba0fd1ecf8353'),
  line('RKN-C1d', 'その結果について金融機関に報告', 'sha256:8d124a36d7934019'),
  line('RKN-C2a', '当該連鎖接続先との連鎖接続の停止を求める', 'sha256:ead517fe0da1ac56'),
  line('RKN-C2b', '停止しない場合には当社に通知の上で', 'sha256:af6982a10927f5b7'),
  line('RKN-C2c', '可能な範囲でその理由を当社に説明', 'sha256:e94f62449143f5dc'),
  line('RKN-D1a', '情報の全部又は一部を利用者に伝達', 'sha256:8d89ed40bef133fc'),
  line('RKN-D1b', '内容のみを含む…連鎖接続先から受領', 'sha256:d73610a76d5c734a'),
  line('RKN-D2', '電子決済等代行業再委託者', 'sha256:b631bf46c5e9a614'),
  line('RKN-D3', '電子決済等代行業に該当するサービス', 'sha256:ca23285a9629a355'),
  line('RKN-D4', '前提となる、金融機関提供のサービス', 'sha256:8199eb3365408117'),
  line('RKN-D5', '本労働金庫機能と本サービスを連携させること', 'sha256:5a85674e383324ea'),
  line('RKN-D6', '同意した者であって…利用を認めた者', 'sha256:d9c984a48a054ac8'),
  line('RKN-D7', '利用者の指図に基づき…取得した…情報', 'sha256:d12f492372258f68'),
];
