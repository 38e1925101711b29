import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { assert, instantToWire } from '#libs/kernel';
import { languageOf } from '#libs/platform';
import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { BankService, type ApprovalRequest, type Caller } from '../bank/index.js';
import { ClientsService, type RegisteredClient } from '../clients/index.js';
import { GATEWAY_CONFIG, type GatewayConfig } from '../platform/config.js';
import { HostClock } from '../platform/host-clock.js';
import { callerOf } from './caller.js';
import type { AuthorizationDetail } from './domain/authorization-detail.js';
import { interactionCookie } from './http/interaction-cookie.js';
import { blockedAtHandOver, handOverError } from './oauth-errors.js';
import { APPROVAL_SECONDS } from './provider-protocol.js';

type Interaction = InstanceType<Provider['Interaction']>;

/** What `authorization_details` of a stored request says; judged at the push, so it is as we read it then. */
export function detailOf(params: Interaction['params']): AuthorizationDetail {
  const [detail] = JSON.parse(String(params['authorization_details'])) as AuthorizationDetail[];
  assert(detail, 'A stored request carries one element of authorization_details.');
  return detail;
}

/**
 * The same for every opening of one pushed request: with it bank-core voids the earlier handle. A hash,
 * since the request_uri itself is nobody's business there.
 */
export function requestKeyOf(interaction: Interaction): string {
  // The published types do not name the member; every request is pushed, so it is always there.
  const { parJti } = interaction as Interaction & { readonly parJti?: string };
  assert(parJti, 'An interaction begins with a pushed request.');
  return createHash('sha256').update(`request ${parJti}`).digest('base64url');
}

/** Step 1 of oauth.md 4.6: the stored request goes to bank-core by back channel, the browser after it. */
@Injectable()
export class HandOver {
  constructor(
    @Inject(BankService) private readonly bank: BankService,
    @Inject(ClientsService) private readonly clients: ClientsService,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    @Inject(HostClock) private readonly clock: HostClock,
  ) {}

  /** Opens an approval and answers where the browser goes. Throws what the client gets by redirect. */
  async open(ctx: KoaContextWithOIDC, interaction: Interaction): Promise<string> {
    const detail = detailOf(interaction.params);
    const client = await this.clients.find(String(interaction.params['client_id']));
    assert(client, 'The client of a stored request is registered.');
    if (await this.clients.isBlocked(client.clientId)) throw blockedAtHandOver();
    const caller = callerOf(ctx, client, detail.chain_partner);
    const asked = ctx.get('accept-language');
    const request = await this.approvalOf(caller, client, detail, interaction, asked);
    const opened = await this.bank.openApproval(caller, request);
    if (!opened.ok) throw handOverError(opened.refusal);
    const { url } = opened.value;
    // Whatever bank-core says, the browser goes to the bank's own origin and to no other.
    assert(new URL(url).origin === this.config.bankOrigin, 'An approval opens at the bank.');
    const [key] = this.config.secrets.interactionKeys;
    ctx.res.appendHeader(
      'set-cookie',
      interactionCookie(key, interaction.uid, APPROVAL_SECONDS + 60),
    );
    return url;
  }

  private async approvalOf(
    caller: Caller,
    client: RegisteredClient,
    detail: AuthorizationDetail,
    interaction: Interaction,
    acceptLanguage: string,
  ): Promise<ApprovalRequest> {
    const { params, uid } = interaction;
    const common = {
      requestKey: requestKeyOf(interaction),
      returnUrl: `${this.config.publicOrigin}/interactions/${uid}/return`,
      redirectOrigin: originOf(String(params['redirect_uri'])),
      // What the intermediary asks for, else what the browser prefers; Japanese otherwise.
      locale: localeOf(params['ui_locales']) ?? languageOf(acceptLanguage),
      expiresAt: instantToWire(this.clock.read() + APPROVAL_SECONDS * 1000),
    };
    if (detail.type === 'account_information') {
      const { permissions, purpose, term_days: termDays } = detail;
      return {
        ...common,
        kind: detail.type,
        bankCode: detail.bank_code ?? null,
        accountInformation: { permissions, purpose, termDays },
      };
    }
    if (detail.type === 'consent_extension') {
      const { bank_code: bankCode, consent_id: consentId, term_days: termDays } = detail;
      const consentExtension = { consentId, termDays };
      return { ...common, kind: detail.type, bankCode, consentExtension };
    }
    const { bank_code: bankCode, instruction_id: instructionId } = detail;
    const transfer = await this.bank.transferByInstruction(caller, bankCode, instructionId);
    if (!transfer.ok) throw handOverError(transfer.refusal);
    const { transferId } = transfer.value;
    return { ...common, kind: detail.type, bankCode, transferId };
  }
}

/** What `form-action` has to allow: the origin, or the scheme where an app is called (RFC 8252). */
function originOf(redirectUri: string): string {
  const { origin, protocol } = new URL(redirectUri);
  return origin === 'null' ? protocol : origin;
}

/** The first language of `ui_locales` (OpenID Connect Core 3.1.2.1) that the pages speak. */
function localeOf(uiLocales: unknown): 'ja' | 'en' | null {
  for (const tag of String(uiLocales ?? '').split(' ')) {
    const language = tag.toLowerCase().split('-')[0];
    if (language === 'ja' || language === 'en') return language;
  }
  return null;
}
