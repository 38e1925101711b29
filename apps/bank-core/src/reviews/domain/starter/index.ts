import type { ChecklistItem } from '../checklist-item.js';
import { byNumber } from '../standard.js';
import { governance, usersAndPartners } from './governance-and-partners.js';
import { protection } from './protection.js';
import { technology } from './technology.js';

export const STARTER_ID = 'renkei-starter';
export const STARTER_TITLE = {
  ja: 'API連携 安全管理の点検表（ひな形）',
  en: 'Security checklist for API linkage (starter)',
};

/** A template to begin with, in our own words: an institution takes from it what its standard asks. */
export const STARTER_ITEMS: readonly ChecklistItem[] = [
  ...governance,
  ...protection,
  ...technology,
  ...usersAndPartners,
].toSorted((one, other) => byNumber(one.itemId, other.itemId));
