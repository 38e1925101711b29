import { machineRefusals } from '#libs/contracts';
import type { RefusalSentences } from '#libs/kernel';
import type { ContractRefusal } from './decide-contract.js';
import { proposalSentences } from './proposal.refusals.js';
import { versionSentences } from './version.refusals.js';

export const contractSentences: RefusalSentences<ContractRefusal> = {
  contract_not_open: {
    clause: 'RKN-C1a',
    ja: 'この連鎖接続先の契約は、いまその操作ができる状態ではありません。',
    en: 'The contract of this partner is not open for this now.',
  },
  contract_changed: {
    clause: 'RKN-C1a',
    ja: 'この届出は起案の後に変更されました。内容を確認して、もう一度起案してください。',
    en: 'What was filed has changed since it was proposed. Look at it and propose it again.',
  },
  contract_incomplete: { ...machineRefusals.contract_incomplete, clause: 'RKN-C1a' },
  contract_period_wrong: proposalSentences.contract_period_wrong,
  not_a_chain_partner: proposalSentences.not_a_chain_partner,
  partner_scope_too_wide: proposalSentences.partner_scope_too_wide,
  date_in_the_past: versionSentences.date_in_the_past,
};
