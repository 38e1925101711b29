import { CivilDate } from '#libs/kernel';
import type { Contract } from '../clause.js';
import { chainConnection } from './chain-connection.js';
import { definitions } from './definitions.js';
import { informationSecurity } from './information-security.js';
import { liability } from './liability.js';
import { preamble } from './preamble.js';

/**
 * The published part of the agreement between the intermediary and the labour banks. Only a part is
 * published: what is not here is not in the published part, which is not the same as no right.
 */
export const rknAgreement: Contract = {
  source: 'RKN',
  name: {
    ja: '電子決済等代行業に係る契約（公表部分）',
    en: 'Agreement on electronic payment intermediation (published part)',
  },
  edition: 'published',
  // The text bears no date. The first day is that of 労働金庫法89条の6, under which it is published.
  effectiveFrom: CivilDate.from('2018-06-01'),
  articles: [preamble, liability, informationSecurity, chainConnection, definitions],
};
