import type { CivilDate, Instant, Period, Tri, Yen } from '#libs/kernel';
import { fact } from './fact.js';

/** How far the holder is at fault, as found by people. Source: SM-14.2a, SM-14.2e, SM-14.4-1-1. */
export type HolderFault = 'none' | 'ordinary' | 'gross' | 'intent' | 'unknown';

/** Who did it, in relation to the holder. Source: SM-14.4-1-2. */
export type Relation =
  | 'spouse'
  | 'family_within_second_degree'
  | 'cohabiting_relative'
  | 'other_cohabitant'
  | 'domestic_staff'
  | 'other_relative'
  | 'stranger'
  | 'unknown';

/** One wrongful transfer. `fee` and `interest` belong to the loss. Source: SM-14.2b, SM-14.2d. */
export interface WrongfulTransfer {
  readonly id: string;
  readonly happenedAt: Instant;
  readonly amount: Yen;
  readonly fee: Yen;
  readonly interest: Yen;
}

export const theftFacts = {
  theftDate: fact<CivilDate | undefined>('date', '盗難の日', 'day of the theft'),
  firstMisuseDate: fact<CivilDate>('date', '最初の不正な振込等の日', 'day of the first misuse'),
  wrongfulTransfers: fact<readonly WrongfulTransfer[]>(
    'list',
    '不正な振込等',
    'wrongful transfers',
  ),
  happenedAt: fact<Instant>('instant', '不正な振込等の時刻', 'when the misuse happened'),
  coveredFrom: fact<CivilDate>('date', '対象期間の初日', 'first covered day'),
  impedimentPeriods: fact<readonly Period[]>('list', '事情の継続期間', 'periods of the impediment'),
  credentialsStolen: fact<Tri>('finding', 'パスワード等の盗難', 'the credentials were stolen'),
  depositReduced: fact<Tri>(
    'finding',
    '不正な預金減少・貸越実行',
    'deposit reduced or overdraft drawn',
  ),
  promptNotice: fact<Tri>('finding', 'すみやかな通知', 'notice was given promptly'),
  adequateExplanation: fact<Tri>('finding', '十分な説明', 'adequate explanation was given'),
  cooperation: fact<Tri>('finding', '調査への協力', 'co-operation with the investigation'),
  policeReport: fact<string | undefined>('text', '被害届の番号', 'number of the police report'),
  policeReportRequired: fact<boolean>(
    'flag',
    '被害届を必須とする（INT-20）',
    'report required (INT-20)',
  ),
  theftSupported: fact<Tri>('finding', '協力と盗難の裏付け', 'co-operation with signs of theft'),
  laterRefundYen: fact<Yen>('yen', '補てん後に戻った額', 'refunded after the compensation'),
  otherTheftEvidence: fact<readonly string[]>(
    'list',
    '盗難を推測させる資料',
    'other signs of theft',
  ),
  holderFault: fact<HolderFault>('choice', '契約者の過失', 'fault of the holder'),
  institutionGoodFaith: fact<Tri>('finding', '組合の善意', 'the institution acted in good faith'),
  institutionFaultless: fact<Tri>('finding', '組合の無過失', 'the institution is without fault'),
  relation: fact<Relation>('choice', '行為者との関係', 'relation to whoever did it'),
  falseStatement: fact<Tri>(
    'finding',
    '重要事項の偽りの説明',
    'false statement on an important point',
  ),
  graveDisorder: fact<Tri>('finding', '戦争・暴動等の混乱', 'grave disorder by war or riot'),
  anyOfThree: fact<Tri>('finding', '①〜③のいずれか', 'one of the three grounds'),
  coveredYen: fact<Yen>('yen', '補てん対象額', 'covered amount'),
  repaidYen: fact<Yen>('yen', '払戻し済みの額', 'amount already repaid'),
  recoveredYen: fact<Yen>('yen', '行為者から受けた額', 'received from the wrongdoer'),
  awardYen: fact<Yen>('yen', '補てん額', 'award'),
  paidYen: fact<Yen>('yen', '補てんした額', 'compensation paid'),
} as const;
