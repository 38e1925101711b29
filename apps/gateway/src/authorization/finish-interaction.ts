import { Inject, Injectable } from '@nestjs/common';
import { assert, refused, accepted, type Refusal, type Result } from '#libs/kernel';
import type Provider from 'oidc-provider';
import { BankService, type ApprovalResult, type Caller } from '../bank/index.js';
import { ClientsService } from '../clients/index.js';
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
    interaction.result = await this.resultOf(caller, detail, result.value);
    await interaction.save(interaction.exp - this.clock.seconds());
    return accepted(interaction.returnTo);
  }

  private async resultOf(caller: Caller, detail: AuthorizationDetail, result: ApprovalResult) {
    const error = outcomeError(result.outcome, result.reason);
    if (error) return error;
    const { consent, transfer, bankCode, subject } = result;
    assert(bankCode && subject, 'An approval names its institution and subject.');
    assert(consent || transfer, 'An approval names a consent or a transfer.');
    const now = this.clock.read();
    const expiresAt = consent ? Date.parse(consent.expiresAt) : now + TRANSFER_GRANT_MS;
    const grant = this.newGrant(caller, detail, result, Math.floor((expiresAt - now) / 1000));
    const grantId = await grant.save();
    const pointsAt: ConsentGrant = {
      grantId,
      kind: detail.type,
      bankCode,
      clientId: caller.clientId,
      chainPartnerId: caller.chainPartnerId,
      consentId: consent?.consentId,
      transferId: consent ? undefined : transfer?.transferId,
      permissions: consent ? consent.permissions : ['transfer_initiation'],
      expiresAt,
    };
    await this.grants.begin(pointsAt);
    return { login: { accountId: subject, remember: false }, consent: { grantId } };
  }

  /** The library's grant: what its tokens may say. It ends with the consent it points at. */
  private newGrant(
    caller: Caller,
    detail: AuthorizationDetail,
    { consent, transfer, bankCode, subject }: ApprovalResult,
    seconds: number,
  ) {
    const grant = new this.provider.Grant({
      accountId: String(subject),
      clientId: caller.clientId,
      expiresIn: Math.max(1, seconds),
    } as ConstructorParameters<Provider['Grant']>[0]);
    const scope = detail.type === 'account_information' ? 'accounts' : 'transfers';
    grant.addResourceScope(`${this.config.publicOrigin}/v1`, scope);
    grant.addRar({
      ...detail,
      bank_code: bankCode,
      ...(consent
        ? { permissions: consent.permissions, consent_id: consent.consentId }
        : { transfer_id: transfer?.transferId }),
    });
    return grant;
  }
}
