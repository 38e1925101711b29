import { article, enforce, record } from '../clause.js';

/** SM-12: change of the branch that holds an account. */
export const article12 = article('SM-12', { ja: '取引店の変更', en: 'Change of branch' }, [
  enforce('SM-12.1', {
    key: '代表口座の取引店を変更…新たに申し込み',
    ja: '契約者の都合で代表口座の店を変えるには、解約して申し込み直す。何も引き継がれない。',
    en: 'To move the main account by own wish, terminate and apply anew; nothing carries over.',
    kind: 'procedure',
    bearer: 'holder',
    refers: ['SM-11.1'],
    needs: ['isMainAccount', 'branchChangeCause', 'contractActive'],
    rule: ({ isMainAccount, branchChangeCause, contractActive }) => {
      if (!isMainAccount || branchChangeCause === 'institution') return 'not_concerned' as const;
      return contractActive ? ('terminate_first' as const) : ('apply_anew' as const);
    },
  }),
  record('SM-12.2a', {
    key: '代表口座以外…削除のうえ…新たに…登録',
    ja: '契約者の都合で他の口座の店を変えるには、口座を削除し、申込書で登録し直す。',
    en: 'To move another account by own wish, remove it and register it anew by form.',
    kind: 'procedure',
    bearer: 'holder',
    counterparty: 'institution',
    refers: ['SM-13.5'],
    asks: ['removedAccount', 'formReference', 'sealCheckedBy', 'enteredBy'],
  }),
  enforce('SM-12.2b', {
    key: '支払指定口座とする未処理…原則…すべて取消し',
    ja: '削除する口座から支払う未処理の依頼は原則すべて取り消し、その口座へ入る依頼は残す。',
    en: 'Pending requests that debit a removed account are cancelled; those crediting it stay.',
    kind: 'rule',
    bearer: 'institution',
    counterparty: 'holder',
    refers: ['SM-3.4-2'],
    readings: ['INT-28'],
    needs: ['fixedRequests', 'removedAccount'],
    rule: ({ fixedRequests, removedAccount }) => {
      const pending = fixedRequests.filter(
        ({ debitAccount, state }) =>
          debitAccount === removedAccount && (state === 'reserved' || state === 'fixed'),
      );
      return {
        cancelled: pending.filter((one) => !one.keptByDecision).map(({ id }) => id),
        keptByDecision: pending.filter((one) => one.keptByDecision).map(({ id }) => id),
        reason: 'account_removed' as const,
      };
    },
  }),
  enforce('SM-12.3', {
    key: '店舗の統合等…新しい取引店に引き継がれる',
    ja: '組合の都合で店が変わるときは、契約・予約・同意を新しい店に引き継ぐ。',
    en: 'Where the branch changes for the institution, contract, reservations, consents carry over.',
    kind: 'rule',
    bearer: 'institution',
    counterparty: 'holder',
    refers: ['SM-5.1-2-1', 'SM-5.1-2-2'],
    readings: ['INT-24'],
    needs: ['accountPlace', 'mergers'],
    rule: ({ accountPlace, mergers }) => {
      const merger = mergers.find(
        ({ institution, fromBranch }) =>
          institution === accountPlace.institution && fromBranch === accountPlace.branch,
      );
      return merger ? { ...accountPlace, branch: merger.toBranch } : accountPlace;
    },
  }),
]);
