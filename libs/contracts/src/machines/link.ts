import type { Instant } from '#libs/kernel';
import { begin, step, type Machine } from './step.js';
import type { LinkCode, LinkEvent, LinkFacts, LinkName, LinkState } from './link/facts.js';
import { holdRows } from './link/holds.js';
import { measureRows } from './link/measures.js';

export type {
  LinkCode,
  LinkEvent,
  LinkFacts,
  LinkName,
  LinkState,
  MeasureAuthority,
} from './link/facts.js';
export {
  linkCell,
  mayUseLink,
  removedRights,
  type LinkAllowance,
  type LinkRefusal,
} from './link/rights.js';

/**
 * 本労働金庫機能連携: one institution's link to one intermediary (RKN-D5). Its chain partners and its
 * functions are the two sides along which a measure removes rights (INT-17); `linkCell` tells the
 * state of one of them. Measures and holds in force add up, and each ends on its own.
 */
export const linkMachine: Machine<LinkName, LinkFacts, LinkEvent, LinkCode> = {
  name: 'link',
  initial: 'active',
  terminal: ['terminated'],
  rows: [...measureRows, ...holdRows],
  duties: {
    active: [
      {
        who: 'epsp',
        what: {
          ja: '提出した点検表と金融機関の基準に沿って安全を保つ。',
          en: "Keep security at the institution's standard and the checklist submitted.",
        },
        clause: 'RKN-S3b',
      },
    ],
    restricted: [
      {
        who: 'epsp',
        what: {
          ja: '制限の理由を改め、金融機関に報告する。',
          en: 'Remedy what led to the restriction and report to the institution.',
        },
        clause: 'RKN-S4c',
      },
      {
        who: 'institution',
        what: {
          ja: '改められたら制限を解く。',
          en: 'Lift the restriction once its reason is remedied.',
        },
        clause: 'RKN-S4c',
      },
    ],
    suspended: [
      {
        who: 'epsp',
        what: {
          ja: '停止の理由を改め、金融機関に報告する。',
          en: 'Remedy what led to the suspension and report to the institution.',
        },
        clause: 'RKN-S4c',
      },
      {
        who: 'institution',
        what: {
          ja: '改められたら連携を再開する。',
          en: 'Resume the linkage once its reason is remedied.',
        },
        clause: 'RKN-S4c',
      },
    ],
  },
};

export const beginLink = (institution: string, epsp: string, now: Instant): LinkState =>
  begin(linkMachine, { institution, epsp, measures: [], holds: [] }, now);

export const stepLink = (state: LinkState, event: LinkEvent, now: Instant) =>
  step(linkMachine, state, event, now);
