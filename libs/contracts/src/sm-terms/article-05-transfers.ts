import { article, enforce, record } from '../clause.js';
import { limitClauses } from './article-05-limits.js';
import { smParameters as P } from './parameters.js';

const samePlace = (
  a: { institution: string; branch: string },
  b: { institution: string; branch: string },
): boolean => a.institution === b.institution && a.branch === b.branch;

const natureOfTransfers = [
  enforce('SM-5.1-1', {
    key: '届け出たサービス利用口座…全銀システム',
    ja: '届出のサービス利用口座から、全銀システムに加盟する店舗の定められた科目の口座へ送る。',
    en: 'From a registered account to an allowed type of account at a branch in the Zengin system.',
    kind: 'definition',
    bearer: 'institution',
    parameters: { creditTypes: P.creditTypes },
    cites: [P.transferFee],
    needs: ['debitRegistered', 'creditBranchKnown', 'creditAccountType'],
    rule: (
      { debitRegistered, creditBranchKnown, creditAccountType },
      _figures,
      { creditTypes },
    ): 'debit_not_registered' | 'unknown_branch' | 'account_type_not_allowed' | 'allowed' => {
      if (!debitRegistered) return 'debit_not_registered';
      if (!creditBranchKnown) return 'unknown_branch';
      return creditTypes.includes(creditAccountType) ? 'allowed' : 'account_type_not_allowed';
    },
  }),
  enforce('SM-5.1-2-1', {
    key: '①振込…異なる…本支店',
    ja: '異なる店舗または他の金融機関の口座への取引が振込である。',
    en: 'To another branch or another institution it is a transfer (furikomi).',
    kind: 'definition',
    bearer: 'institution',
    readings: ['INT-24'],
    cites: [P.transferFee],
    needs: ['debitPlace', 'creditPlace'],
    rule: ({ debitPlace, creditPlace }) => !samePlace(debitPlace, creditPlace),
  }),
  enforce('SM-5.1-2-2', {
    key: '②振替…同一店',
    ja: '同じ店舗の口座への取引が振替であり、名義を問わず振込手数料はない。',
    en: 'Within one branch it is a move (furikae), whoever the owner, and bears no fee.',
    kind: 'definition',
    bearer: 'institution',
    readings: ['INT-24'],
    needs: ['debitPlace', 'creditPlace'],
    rule: ({ debitPlace, creditPlace }) => samePlace(debitPlace, creditPlace),
  }),
  enforce('SM-5.2', {
    key: '引落しを行ったときに取引が成立',
    ja: '確定した依頼は、処理日に通帳なしで引き落とし、引き落とした時に成立する。',
    en: 'A fixed request is debited on the processing day and formed when the debit is made.',
    kind: 'rule',
    bearer: 'institution',
    refers: ['SM-R3.2'],
    cites: [P.processingTime, P.transferCutoff],
    needs: ['debitedAt'],
    rule: ({ debitedAt }) => ({ isFormed: debitedAt !== undefined, formedAt: debitedAt }),
  }),
] as const;

const aftercare = [
  enforce('SM-5.4-1', {
    key: '「予約扱い」の場合は…指定日に処理',
    ja: '予約は指定日の定めた時刻から処理し、それより前にも二度も処理しない。',
    en: 'A reservation is processed on its date from the set time, never before and never twice.',
    kind: 'rule',
    bearer: 'institution',
    refers: ['SM-5.2', 'SM-R3.1'],
    readings: ['INT-21', 'INT-23'],
    parameters: { runTime: P.reservationRunTime, missed: P.reservationMissed },
    cites: [P.reservationHolidayRule, P.reservationRetry],
    needs: ['requestState', 'designatedDate', 'now', 'runWasMissed', 'interbankCloseAt'],
    rule: (
      { requestState, designatedDate, now, runWasMissed, interbankCloseAt },
      _figures,
      { runTime, missed },
    ) => {
      if (requestState !== 'reserved') return 'nothing_to_do' as const;
      if (now < designatedDate.at(runTime)) return 'wait' as const;
      const dayIsOver = now >= designatedDate.plusDays(1).startsAt();
      if (!runWasMissed && !dayIsOver) return 'process' as const;
      if (missed.first !== 'later_that_day') return missed.first;
      return dayIsOver || now >= interbankCloseAt ? missed.otherwise : ('process_late' as const);
    },
  }),
  enforce('SM-5.4-2', {
    key: '返却…入金…振込手数料は返却しません',
    ja: '返却された資金は支払指定口座に一度だけ入金し、手数料は戻さない。',
    en: 'Returned funds are credited once to the debit account; the fee is not refunded.',
    kind: 'rule',
    bearer: 'institution',
    refers: ['SM-5.1-1'],
    readings: ['INT-31'],
    parameters: { returnReleases: P.limitReturnReleases, reasons: P.returnReasonMap },
    needs: ['transferAmount', 'returnPosted', 'returnReason', 'debitClosed'],
    rule: (
      { transferAmount, returnPosted, returnReason, debitClosed },
      _figures,
      { returnReleases, reasons },
    ) => ({
      to: returnPosted
        ? ('nobody' as const)
        : debitClosed
          ? ('operator_queue' as const)
          : ('debit_account' as const),
      creditYen: returnPosted ? 0n : transferAmount,
      feeRefundYen: 0n,
      releasesLimit: returnReleases,
      reason: reasons.find(({ code }) => code === returnReason),
    }),
  }),
  record('SM-5.4-3a', {
    key: 'ご照会することがあります…速やかに回答',
    ja: '振込先から照会があれば契約者に尋ねることができ、契約者は速やかに答える。',
    en: 'If the destination inquires, the holder may be asked and answers promptly.',
    kind: 'obligation',
    bearer: 'holder',
    counterparty: 'institution',
    cites: [P.inquiryReplyDeadline],
    asks: ['inquiryText', 'inquiryOpenedOn'],
  }),
  enforce('SM-5.4-3b', {
    key: '回答がなかった場合、または不適切な回答',
    ja: '期限までに回答がないか不適切と判断されれば資金を戻し、手数料は戻さない。',
    en: 'Without a reply in time, or with one judged improper, funds go back and the fee stays.',
    kind: 'rule',
    bearer: 'institution',
    refers: ['SM-5.1-1', 'SM-5.4-2'],
    readings: ['INT-12', 'INT-31'],
    cites: [P.inquiryReplyDeadline],
    needs: ['repliedAt', 'replyDue', 'replyImproper', 'grounds', 'now'],
    rule: ({ repliedAt, replyDue, replyImproper, grounds, now }) => {
      if (replyImproper && grounds.trim() === '') return 'grounds_missing' as const;
      if (replyImproper) return 'return' as const;
      if (repliedAt !== undefined && repliedAt <= replyDue) return 'forward_reply' as const;
      return now <= replyDue ? ('wait' as const) : ('return' as const);
    },
  }),
  enforce('SM-5.5-1', {
    key: '予約取引…に限り…取り消すことができます',
    ja: '取り消せるのは予約だけであり、指定日以前の定めた時刻より前に限る。',
    en: 'Only a reservation can be cancelled, and only before the set time.',
    kind: 'rule',
    bearer: 'holder',
    refers: ['SM-R3.1', 'SM-R3.2'],
    readings: ['INT-29'],
    parameters: { cutoff: P.cancelCutoff },
    needs: ['isReservation', 'requestState', 'designatedDate', 'now'],
    rule: ({ isReservation, requestState, designatedDate, now }, _figures, { cutoff }) => {
      if (!isReservation) return 'not_a_reservation' as const;
      if (requestState !== 'reserved') return 'not_reserved_any_more' as const;
      const cutoffAt = designatedDate.minusDays(cutoff.daysBefore).at(cutoff.time);
      return now < cutoffAt ? ('allowed' as const) : ('cancel_cutoff_passed' as const);
    },
  }),
  record('SM-5.5-2', {
    key: '組戻しを承諾…窓口にて…組戻手数料',
    ja: '組合がやむを得ないと認めた組戻しは、支払指定口座の店の窓口で手数料を受けて扱う。',
    en: 'A recall accepted as unavoidable is handled for a fee at the branch of the debit account.',
    kind: 'procedure',
    bearer: 'institution',
    counterparty: 'holder',
    cites: [P.recallFee, P.recallFeeOnFailure],
    asks: ['grounds', 'acceptingBranch', 'enteredBy', 'decidedAt'],
  }),
  enforce('SM-5.5-3', {
    key: '既に振込通知を受信…できないことがあります',
    ja: '振込先が通知を受けた後は組戻しできないことがあり、結果は成立か不成立のどちらかである。',
    en: 'Once the destination has the notice a recall may fail; it ends as recalled or failed.',
    kind: 'disclaimer',
    bearer: 'institution',
    counterparty: 'holder',
    refers: ['SM-5.5-2'],
    needs: ['recallOutcome', 'transferAmount'],
    rule: ({ recallOutcome, transferAmount }) => ({
      isFinal: true,
      creditYen: recallOutcome === 'recalled' ? transferAmount : 0n,
      feeRefundYen: 0n,
    }),
  }),
] as const;

/** SM-5: transfers (振込) and moves (振替). */
export const article05 = article('SM-5', { ja: '振込・振替サービス', en: 'Transfers' }, [
  ...natureOfTransfers,
  ...limitClauses,
  ...aftercare,
]);
