import { Inject, Injectable } from '@nestjs/common';
import { assert, type Refusal } from '#libs/kernel';
import { errors, type KoaContextWithOIDC } from 'oidc-provider';
import {
  BankService,
  type BankFunction,
  type Caller,
  type TransferRequest,
} from '../bank/index.js';
import { ClientsService } from '../clients/index.js';
import { READ_PERMISSIONS } from './domain/authorization-detail.js';
import { institutionServes } from './domain/checks/institution-serves.js';
import type {
  AuthorizationDetail,
  ConsentExtensionDetail,
  ReadPermission,
  TransferInitiationDetail,
} from './domain/authorization-detail.js';
import { decideExtensionRequest } from './domain/decide-extension-request.js';
import { decideRequest } from './domain/decide-request.js';
import type { PartyRefusal } from './domain/party.js';
import { callerOf } from './caller.js';
import { blockedAtPush, isForLater, pushError, quotaError } from './oauth-errors.js';
import { HostClock } from '../platform/host-clock.js';
import { PartyReader } from './party-reader.js';
import { checkScope, readPushed, scopeFor } from './pushed-detail.js';
import { RateLimits } from '../platform/rates/rate-limits.js';
import { RateClaims } from './rate-claims.js';

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
    @Inject(HostClock) private readonly clock: HostClock,
    @Inject(RateClaims) private readonly claims: RateClaims,
    @Inject(RateLimits) private readonly rates: RateLimits,
  ) {}

  /**
   * Every user flow carries exactly one element, and the scope that belongs to it. Asked at the authorization endpoint
   * too, since a signed request object is read anew there. At the push it is the library's last check: a resource, a
   * proof or a scope that is refused leaves neither a transfer at the bank (T-21) nor a call that counts (INT-17).
   */
  async judge(ctx: KoaContextWithOIDC): Promise<void> {
    const { params, route } = ctx.oidc;
    const isPush = route === 'pushed_authorization_request';
    if (!params || (!isPush && route !== 'authorization')) return;
    params['authorization_details'] ||= await this.registeredBy(ctx);
    const detail = readPushed(params['authorization_details']);
    params['scope'] ??= scopeFor(detail);
    if (!isPush) return;
    checkScope(String(params['scope']), detail);
    await this.judgePush(ctx, detail);
  }

  /** A request without an element stands for the one that the client registered, or for nothing. */
  private async registeredBy(ctx: KoaContextWithOIDC): Promise<string> {
    const client = await this.clients.find(ctx.oidc.client?.clientId ?? '');
    const registered = client?.metadata.default_authorization_details;
    if (!registered) throw new errors.InvalidRequest('authorization_details must be provided');
    return JSON.stringify(registered);
  }

  /** Who may not ask is told so, then the call counts, and only then the bank is asked. */
  private async judgePush(ctx: KoaContextWithOIDC, detail: AuthorizationDetail): Promise<void> {
    const clientId = ctx.oidc.client?.clientId ?? '';
    const client = await this.clients.find(clientId);
    assert(client, 'An authenticated client is registered.');
    if (await this.clients.isBlocked(clientId)) throw blockedAtPush();
    const caller = callerOf(ctx, client, detail.chain_partner);
    if (detail.type === 'consent_extension') return this.judgeExtension(ctx, caller, detail);
    refuse(ctx, this.judgeParty(detail, client.epspId, functionsOf(detail)));
    await this.countPush(ctx, detail, client.epspId);
    if (detail.type === 'transfer_initiation') {
      const content = contentOf(detail);
      const prepared = await this.bank.prepareTransfer(caller, detail.bank_code, content);
      if (!prepared.ok) refuse(ctx, prepared.refusal);
    }
  }

  /**
   * An extension asks for what its consent holds; whether that may go on is the bank's to say. In a window of every
   * function that a consent can hold nothing is asked of it, as everywhere (users.md D.5).
   */
  private async judgeExtension(
    ctx: KoaContextWithOIDC,
    caller: Caller,
    detail: ConsentExtensionDetail,
  ): Promise<void> {
    refuse(ctx, this.servesNoRead(caller, detail));
    await this.countPush(ctx, detail, caller.epspId);
    const consent = await this.bank.consent(caller, detail.bank_code, detail.consent_id);
    if (!consent.ok) return refuse(ctx, consent.refusal);
    const permissions = consent.value.permissions as ReadPermission[];
    refuse(ctx, this.judgeParty(detail, caller.epspId, permissions));
    refuse(ctx, decideExtensionRequest(consent.value, detail, this.clock.read()));
  }

  /** Undefined where at least one of the reads is served: which of them the consent holds only the bank knows. */
  private servesNoRead(
    { epspId }: Caller,
    { bank_code: bankCode, chain_partner: chainPartnerId }: ConsentExtensionDetail,
  ): PartyRefusal | undefined {
    const refusals = READ_PERMISSIONS.map((fn) =>
      institutionServes(this.parties.read({ bankCode, epspId, chainPartnerId, fn })),
    );
    return refusals.includes(undefined) ? undefined : refusals[0];
  }

  /** A push is a call as well: where a measure lowered the rate of the link, it counts (RKN-S4c, INT-17). */
  private async countPush(
    ctx: KoaContextWithOIDC,
    detail: AuthorizationDetail,
    epspId: string,
  ): Promise<void> {
    const { bank_code: bankCode, chain_partner: chainPartnerId } = detail;
    if (bankCode === undefined) return;
    const lowered = this.claims.ofLink({ bankCode, epspId, chainPartnerId });
    if (lowered === 'stale') return refuse(ctx, { code: 'core_unavailable' });
    const broken = (await this.rates.take(lowered)).find(({ isKept }) => !isKept);
    if (!broken) return;
    ctx.set('retry-after', String(broken.resetSeconds));
    throw quotaError(broken.policy);
  }

  private judgeParty(
    detail: AuthorizationDetail,
    epspId: string,
    functions: readonly BankFunction[],
  ): PartyRefusal | undefined {
    const chainPartnerId = detail.chain_partner;
    const { bank_code: bankCode } = detail;
    const facts = functions.map((fn) =>
      bankCode === undefined
        ? this.parties.readPartnerOnly({ epspId, chainPartnerId, fn })
        : this.parties.read({ bankCode, epspId, chainPartnerId, fn }),
    );
    if (detail.type === 'account_information' && bankCode !== undefined)
      facts.push(this.parties.readNewConsents({ bankCode, epspId, chainPartnerId }));
    return decideRequest(facts);
  }
}

const functionsOf = (
  detail: Exclude<AuthorizationDetail, ConsentExtensionDetail>,
): readonly BankFunction[] =>
  detail.type === 'transfer_initiation' ? ['transfer_initiation'] : detail.permissions;

const RETRY_SECONDS = 2;

/** Throws what the client gets; where a later try may succeed, with the time to wait. */
function refuse(
  ctx: KoaContextWithOIDC,
  refusal: (Refusal & { readonly retryAfterSeconds?: number }) | undefined,
): void {
  if (!refusal) return;
  if (isForLater(refusal))
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
