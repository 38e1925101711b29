import { Inject, Injectable } from '@nestjs/common';
import { assert, type Refusal } from '#libs/kernel';
import { isBoundedJson } from '#libs/platform';
import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import { BankService, type TransferRequest } from '../bank/index.js';
import { ClientsService } from '../clients/index.js';
import { readDetails } from './domain/authorization-detail.js';
import type {
  AuthorizationDetail,
  TransferInitiationDetail,
} from './domain/authorization-detail.js';
import { decideRequest } from './domain/decide-request.js';
import { callerOf } from './caller.js';
import { pushError } from './oauth-errors.js';
import { PartyReader } from './party-reader.js';

const DETAILS_CHARS_MAX = 16 * 1024;
const SCOPE_OF = { account_information: 'accounts', transfer_initiation: 'transfers' } as const;

/**
 * Judges `authorization_details` at the push, and only there: what was pushed is fixed from then on, and a
 * transfer exists at bank-core from then on (design.md section 3).
 */
@Injectable()
export class RequestJudge {
  constructor(
    @Inject(BankService) private readonly bank: BankService,
    @Inject(ClientsService) private readonly clients: ClientsService,
    @Inject(PartyReader) private readonly parties: PartyReader,
  ) {}

  /** Called by the library for each element; refuses with `invalid_authorization_details`. */
  async judge(ctx: KoaContextWithOIDC): Promise<void> {
    const { route } = ctx.oidc;
    if (route === 'token') throw pushError({ code: 'detail_not_here' });
    if (route !== 'pushed_authorization_request') return;
    const detail = this.read(ctx);
    const clientId = ctx.oidc.client?.clientId ?? '';
    const client = await this.clients.find(clientId);
    assert(client, 'An authenticated client is registered.');
    refuse(ctx, this.judgeParty(detail, client.epspId));
    if (detail.type === 'transfer_initiation') {
      const caller = callerOf(ctx, client, detail.chain_partner);
      const content = contentOf(detail);
      const prepared = await this.bank.prepareTransfer(caller, detail.bank_code, content);
      if (!prepared.ok) refuse(ctx, prepared.refusal);
    }
  }

  /** Every user flow carries exactly one element, and the scope that belongs to it. */
  require(ctx: KoaContextWithOIDC): void {
    if (ctx.oidc.route !== 'pushed_authorization_request') return;
    const { params } = ctx.oidc;
    if (!params?.['authorization_details'])
      throw new errors.InvalidRequest('authorization_details must be provided');
    if (params['response_mode'] === 'form_post')
      throw new errors.InvalidRequest('response_mode form_post is not offered');
    const scope = SCOPE_OF[this.read(ctx).type];
    if (params['scope'] === undefined) params['scope'] = scope;
    if (params['scope'] !== scope)
      throw new errors.InvalidScope(`scope must be ${scope}`, String(params['scope']).slice(0, 80));
  }

  private read(ctx: KoaContextWithOIDC): AuthorizationDetail {
    const text = String(ctx.oidc.params?.['authorization_details']);
    if (text.length > DETAILS_CHARS_MAX) throw pushError({ code: 'detail_malformed' });
    const details: unknown = JSON.parse(text);
    if (!isBoundedJson(details)) throw pushError({ code: 'detail_malformed' });
    const read = readDetails(details);
    if (!read.ok) throw pushError(read.refusal);
    return read.value;
  }

  private judgeParty(detail: AuthorizationDetail, epspId: string): Refusal | undefined {
    const chainPartnerId = detail.chain_partner;
    const functions =
      detail.type === 'transfer_initiation' ? ['transfer_initiation' as const] : detail.permissions;
    const { bank_code: bankCode } = detail;
    const facts = functions.map((fn) =>
      bankCode === undefined
        ? this.parties.readPartnerOnly({ epspId, chainPartnerId, fn })
        : this.parties.read({ bankCode, epspId, chainPartnerId, fn }),
    );
    return decideRequest(facts);
  }
}

const RETRY_SECONDS = 2;

/** Throws what the client gets; where a later try may succeed, with the time to wait. */
function refuse(
  ctx: KoaContextWithOIDC,
  refusal: (Refusal & { readonly retryAfterSeconds?: number }) | undefined,
): void {
  if (!refusal) return;
  if (refusal.code === 'core_unavailable' || refusal.code === 'outside_service_hours')
    ctx.set('retry-after', String(refusal.retryAfterSeconds ?? RETRY_SECONDS));
  throw pushError(refusal);
}

function contentOf(detail: TransferInitiationDetail): TransferRequest {
  const { creditor, debit_account: debit } = detail;
  return {
    instructionId: detail.instruction_id,
    ...(debit
      ? {
          debitAccount: {
            branchCode: debit.branch_code,
            accountType: debit.account_type,
            accountNumber: debit.account_number,
          },
        }
      : {}),
    creditor: {
      bankCode: creditor.bank_code,
      branchCode: creditor.branch_code,
      accountType: creditor.account_type,
      accountNumber: creditor.account_number,
      nameKana: creditor.name_kana,
    },
    amountYen: detail.amount.amount,
    ...(detail.requested_date ? { requestedDate: detail.requested_date } : {}),
    ...(detail.edi_text ? { ediText: detail.edi_text } : {}),
  };
}
