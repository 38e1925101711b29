import type { IncomingMessage } from 'node:http';
import { storyOf } from '#libs/platform';
import type { Access } from '../../authorization/index.js';
import { coreProblem } from '../../bank/index.js';
import { toTransfer, type TransferDto } from './transfer.dto.js';

/**
 * The state of a transfer, for whom it was pushed: what was fixed then decides, a call that names
 * another partner is refused, and log and trace tell that partner (RKN-D1b, T-14, users.md D.6).
 */
export function toldTransfer(
  request: IncomingMessage,
  { saidPartner }: Access,
  transfer: Parameters<typeof toTransfer>[0],
): TransferDto {
  const { chainPartnerId } = transfer;
  if (saidPartner !== undefined && saidPartner !== chainPartnerId)
    throw coreProblem({ code: 'chain_partner_unknown' });
  storyOf(request).partner = chainPartnerId;
  return toTransfer(transfer);
}
