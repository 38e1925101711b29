import { article, inform } from '../clause.js';

/** SM-18: rules that apply where these terms are silent. */
export const article18 = article('SM-18', { ja: '規定の準用', en: 'Subordinate rules' }, [
  inform('SM-18', {
    key: '総合口座規定、CDカード規定および振込規定',
    ja: '本規定にない事柄は、口座や総合口座、カード、振込の各規定による。',
    en: 'What is not covered follows the rules on accounts, the overdraft, cards and transfers.',
    kind: 'definition',
    bearer: 'both',
    refers: ['SM-3.4-1-2a'],
    shownAt: ['terms page: register of the subordinate rules by version'],
  }),
]);
