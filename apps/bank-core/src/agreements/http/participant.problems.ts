import {
  idempotencySentences,
  idempotencyStatuses,
  platformSentences,
  type IdempotencyRefusal,
  type RefusalSentences,
} from '#libs/platform';
import {
  changeSentences,
  deskSentences,
  proposalSentences,
  type DeskRefusal,
} from '../domain/proposal.refusals.js';
import type { ProposalRefusal } from '../domain/propose-partner.js';

type Code = ProposalRefusal | DeskRefusal | IdempotencyRefusal | 'proposal_closed' | 'not_found';

export const participantStatuses: Readonly<Record<Code, number>> = {
  ...idempotencyStatuses,
  contract_period_wrong: 422,
  functions_and_directions_differ: 422,
  not_a_chain_partner: 422,
  partner_scope_too_wide: 422,
  too_many_proposals: 422,
  proposal_closed: 409,
  version_conflict: 412,
  not_found: 404,
};

export const participantSentences: RefusalSentences<Code> = {
  ...idempotencySentences,
  ...proposalSentences,
  ...changeSentences,
  ...deskSentences,
  not_found: platformSentences.not_found,
};
