import type { DutyRule } from '../step.js';
import type { TransferFacts, TransferStatus } from './facts.js';

/** Who must do what while a transfer waits in a status. */
export const transferDuties: Partial<Record<TransferStatus, readonly DutyRule<TransferFacts>[]>> = {
  RCVD: [
    {
      who: 'institution',
      what: { ja: '依頼内容を契約者に表示する。', en: 'Show the content to the holder.' },
      clause: 'SM-R3.2',
    },
  ],
  ACTC: [
    {
      who: 'holder',
      what: {
        ja: '表示された内容を確認する。',
        en: 'Confirm the content shown, or abandon it.',
      },
      by: 'confirmation',
      clause: 'SM-R3.2',
    },
  ],
  SCHD: [
    {
      who: 'institution',
      what: { ja: '指定日に引き落とす。', en: 'Debit on the designated date.' },
      clause: 'SM-5.4-1',
    },
  ],
  RSVD: [
    {
      who: 'institution',
      what: { ja: '所定の処理日に引き落とす。', en: 'Debit on the processing day.' },
      clause: 'SM-5.2',
    },
  ],
  ACSP: [
    {
      who: 'institution',
      what: { ja: '振込先へ発信する。', en: 'Send the transfer to its destination.' },
      clause: 'SM-5.4-1',
    },
  ],
  ACSC: [
    {
      who: 'institution',
      what: {
        ja: '資金が戻れば支払指定口座に入金する。',
        en: 'Credit the debit account if the funds come back.',
      },
      clause: 'SM-5.4-2',
      when: ({ creditedBackAt }) => creditedBackAt === undefined,
    },
    {
      who: 'institution',
      what: { ja: '結果を確認画面に表示する。', en: 'Show the result on the result screen.' },
      clause: 'SM-3.4-2',
      when: ({ creditedBackAt }) => creditedBackAt !== undefined,
    },
  ],
  PDNG: [
    {
      who: 'institution',
      what: { ja: '保留の理由を調べて終える。', en: 'Finish the review of the held request.' },
      by: 'review',
      clause: 'SM-3.4-1-4',
      when: ({ heldFrom }) => heldFrom !== undefined,
    },
    {
      who: 'holder',
      what: {
        ja: '振込先からの照会に速やかに回答する。',
        en: 'Answer the inquiry of the destination promptly.',
      },
      by: 'inquiry_reply',
      clause: 'SM-5.4-3a',
      when: ({ heldFrom, inquiryFailed }) => heldFrom === undefined && !inquiryFailed,
    },
    {
      who: 'institution',
      what: {
        ja: '資金の返却を受けて支払指定口座に入金する。',
        en: 'Have the funds returned and credit the debit account.',
      },
      clause: 'SM-5.4-3b',
      when: ({ inquiryFailed }) => inquiryFailed === true,
    },
  ],
};
