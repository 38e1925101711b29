import type { Approval, Stage } from './approval.js';

/** The pages by the name in their address. */
export const PAGES = ['institution', 'login', 'accounts', 'consent', 'transfer'] as const;
export type Page = (typeof PAGES)[number];

const PAGE_OF: Readonly<Record<Exclude<Stage, 'done'>, Page>> = {
  handed_over: 'login',
  start: 'institution',
  login: 'login',
  accounts: 'accounts',
  consent: 'consent',
  transfer: 'transfer',
};

/** The page of the present stage, or `ended`. */
export const pageOf = (approval: Approval): Page | 'ended' =>
  approval.stage === 'done' ? 'ended' : PAGE_OF[approval.stage];

/** The stage at which a fresh browser begins: the choice of an institution where the request names none. */
export const firstStage = (approval: Approval): Stage =>
  approval.institutionIsFixed ? 'login' : 'start';

/**
 * May this page be opened or posted at this stage? The one in turn, and on the way back: the
 * institution until the log-in, the accounts until the decision. A log-in is never repeated (T-05).
 */
export function mayOpen(page: Page, approval: Approval): boolean {
  const { stage, institutionIsFixed, asked } = approval;
  switch (page) {
    case 'institution':
      return !institutionIsFixed && (stage === 'start' || stage === 'login');
    case 'login':
      return stage === 'login';
    case 'accounts':
      return (
        stage === 'accounts' ||
        ((stage === 'consent' || stage === 'transfer') && mayRechoose(approval))
      );
    case 'consent':
      return stage === 'consent' && asked.kind !== 'transfer_initiation';
    case 'transfer':
      return stage === 'transfer' && asked.kind === 'transfer_initiation';
  }
}

/** A payer's account that the request names is not the holder's to choose. */
export const mayRechoose = ({ accountIds }: Approval): boolean => accountIds.length > 0;
