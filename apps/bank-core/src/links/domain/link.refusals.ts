import { machineRefusals, type HoldCode, type LinkCode, type StepCode } from '#libs/contracts';
import type { RefusalSentences } from '#libs/kernel';

/** What an intermediary is told when its traffic meets a stop: the measure, never a customer (RKN-S4c). */
export type LinkStopRefusal = 'linkage_restricted' | 'linkage_suspended' | 'linkage_terminated';

export const linkStopSentences: RefusalSentences<LinkStopRefusal> = {
  linkage_restricted: {
    ja: '金融機関の措置により、この連携の一部が制限されています。',
    en: 'A measure of the institution restricts a part of this linkage.',
  },
  linkage_suspended: {
    ja: '金融機関の措置により、この連携は停止されています。',
    en: 'A measure of the institution has suspended this linkage.',
  },
  linkage_terminated: {
    ja: 'この連携は終了しています。',
    en: 'This linkage has ended.',
  },
};

/** What officers are told when a protective hold cannot be set or lifted (INT-13). */
export type HoldRefusal = HoldCode | LinkCode | StepCode | 'hold_not_found' | 'not_a_scope';

const own: RefusalSentences<'hold_not_found' | 'not_a_scope'> = {
  hold_not_found: {
    ja: 'この範囲に有効な保護的停止はありません。',
    en: 'No protective hold of this scope is in force.',
  },
  not_a_scope: {
    ja: '電代業者、連鎖接続先または機能の指定が正しくありません。',
    en: 'The intermediary, the chain partner or the function does not exist.',
  },
};

export const holdSentences = { ...machineRefusals, ...own } as RefusalSentences<HoldRefusal>;
