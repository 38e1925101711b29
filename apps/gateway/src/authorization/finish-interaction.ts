import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { assert, refused, accepted, type Refusal, type Result } from '#libs/kernel';
import type Provider from 'oidc-provider';
import { BankService, type ApprovalResult, type Caller } from '../bank/index.js';
import { ClientsService, IDENTITY_SCOPE } from '../clients/index.js';
import { GrantsService, type ConsentGrant } from '../grants/index.js';
import { GATEWAY_CONFIG, type GatewayConfig } from '../platform/config.js';
import { HostClock } from '../platform/host-clock.js';
import type { AuthorizationDetail } from './domain/authorization-detail.js';
import { outcomeError } from './domain/outcome.js';
import { detailOf, requestKeyOf } from './hand-over.js';
import { OIDC_PROVIDER } from './oidc-provider.token.js';

/** The state of a transfer stays readable with the user's token for this long; there is no refresh. */
const TRANSFER_GRANT_MS = 3_600_000;

export type ReturnRefusal = Refusal<'interaction_unknown' | 'handle_unknown' | 'core_unavailable'>;

/** Steps 3 and 4 of oauth.md 4.6: what the holder decided becomes a grant, or an OAuth error. */
@Injectable()
export class FinishInteraction {
  constructor(
    @Inject(OIDC_PROVIDER) private readonly provider: Provider,
    @Inject(BankService) private readonly bank: BankService,
    @Inject(ClientsService) private readonly clients: ClientsService,
    @Inject(GrantsService) private readonly grants: GrantsService,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    @Inject(HostClock) private readonly clock: HostClock,
  ) {}

  /** Where the browser goes on. The caller has checked the interaction's cookie before. */
  async finish(
    uid: string,
    handle: string,
    interactionId: string,
  ): Promise<Result<string, ReturnRefusal>> {
    const interaction = await this.provider.Interaction.find(uid);
    if (!interaction) return refused('interaction_unknown');
    const detail = detailOf(interaction.params);
    const client = await this.clients.find(String(interaction.params['client_id']));
    if (!client) return refused('interaction_unknown');
    const caller = {
      clientId: client.clientId,
      epspId: client.epspId,
      chainPartnerId: detail.chain_partner,
      interactionId,
    };
    const result = await this.bank.approvalResult(caller, handle);
    if (!result.ok)
      return refused(result.refusal.code === 'not_found' ? 'handle_unknown' : 'core_unavailable');
    // A handle of another request ends nothing here, and is spent.
    if (result.value.requestKey !== requestKeyOf(interaction)) return refused('handle_unknown');
    const scopes = String(interaction.params['scope'] ?? '').split(' ');
    interaction.result = await this.resultOf(caller, detail, result.value, {
      grantId: this.grantIdOf(interaction),
      asksForIdentity: scopes.includes(IDENTITY_SCOPE),
    });
    await interaction.save(interaction.exp - this.clock.seconds());
    return accepted(interaction.returnTo);
  }

  /**
   * The same for every finish of one request, and known to nobody beforehand: a process that dies between fetching
   * the result and saving the grant leaves nothing that the next attempt could double.
   */
  private grantIdOf(interaction: InstanceType<Provider['Interaction']>): string {
    return createHmac('sha256', this.config.secrets.interactionKey)
      .update(`grant|${interaction.uid}|${requestKeyOf(interaction)}`)
      .digest('base64url');
  }

  private async resultOf(
    caller: Caller,
    detail: AuthorizationDetail,
    result: ApprovalResult,
    { grantId, asksForIdentity }: { grantId: string; asksForIdentity: boolean },
  ) {
    const error = outcomeError(result.outcome, result.reason);
    if (error) return error;
    const { consent, transfer, bankCode, subject } = result;
    assert(bankCode && subject, 'An approval names its institution and subject.');
    assert(consent || transfer, 'An approval names a consent or a transfer.');
    const now = this.clock.read();
    const expiresAt = consent ? Date.parse(consent.expiresAt) : now + TRANSFER_GRANT_MS;
    const pointsAt: ConsentGrant = {
      grantId,
      kind: detail.type === 'transfer_initiation' ? detail.type : 'account_information',
      bankCode,
      clientId: caller.clientId,
      chainPartnerId: caller.chainPartnerId,
      consentId: consent?.consentId,
      transferId: consent ? undefined : transfer?.transferId,
      permissions: consent ? consent.permissions : ['transfer_initiation'],
      expiresAt,
    };
    // What the grant points at comes first: a grant that nobody can end must never exist.
    await this.grants.begin(pointsAt);
    const seconds = Math.floor((expiresAt - now) / 1000);
    const grant = this.newGrant(caller, detail, result, seconds, grantId);
    if (asksForIdentity) grant.addOIDCScope(IDENTITY_SCOPE);
    await grant.save();
    return { login: { accountId: subject, remember: false }, consent: { grantId } };
  }

  /** The library's grant: what its tokens may say. It ends with the consent it points at. */
  private newGrant(
    caller: Caller,
    detail: AuthorizationDetail,
    { consent, transfer, bankCode, subject }: ApprovalResult,
    seconds: number,
    grantId: string,
  ) {
    const grant = new this.provider.Grant({
      jti: grantId,
      accountId: String(subject),
      clientId: caller.clientId,
      expiresIn: Math.max(1, seconds),
    } as ConstructorParameters<Provider['Grant']>[0]);
    const scope = detail.type === 'transfer_initiation' ? 'transfers' : 'accounts';
    grant.addResourceScope(`${this.config.publicOrigin}/v1`, scope);
    grant.addRar(
      consent
        ? {
            // After an extension too the token says what may be read, not what was asked of the holder.
            type: 'account_information',
            bank_code: bankCode,
            permissions: consent.permissions,
            purpose: consent.purpose,
            term_days: detail.type === 'transfer_initiation' ? undefined : detail.term_days,
            chain_partner: detail.chain_partner,
            consent_id: consent.consentId,
          }
        : { ...detail, bank_code: bankCode, transfer_id: transfer?.transferId },
    );
    return grant;
  }
}
