import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { assert, refused, accepted, type Refusal, type Result } from '#libs/kernel';
import type Provider from 'oidc-provider';
import { BankService, type ApprovalResult, type Caller } from '../bank/index.js';
import { ClientsService, IDENTITY_SCOPE } from '../clients/index.js';
import { GrantsService, type ConsentGrant, type EndCode } from '../grants/index.js';
import { GATEWAY_CONFIG, type GatewayConfig } from '../platform/config.js';
import { HostClock } from '../platform/host-clock.js';
import type { AuthorizationDetail } from './domain/authorization-detail.js';
import { outcomeError, type OutcomeError } from './domain/outcome.js';
import { detailOf, requestKeyOf } from './hand-over.js';
import { describeRefusal } from './oauth-errors.js';
import { OIDC_PROVIDER } from './oidc-provider.token.js';

type Interaction = InstanceType<Provider['Interaction']>;

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

  /** Where the browser goes on. The caller has checked the interaction's cookie before: `key` signed it. */
  async finish(
    uid: string,
    key: Buffer,
    handle: string,
    interactionId: string,
  ): Promise<Result<string, ReturnRefusal>> {
    const interaction = await this.provider.Interaction.find(uid);
    if (!interaction) return refused('interaction_unknown');
    const detail = detailOf(interaction.params);
    const clientId = String(interaction.params['client_id']);
    // Also where the software is gone since: what the holder agreed to has to end, and bank-core to hear of it.
    const epspId = await this.clients.ownerOf(clientId);
    if (epspId === undefined) return refused('interaction_unknown');
    const caller = { clientId, epspId, chainPartnerId: detail.chain_partner, interactionId };
    const decided = await this.ask(caller, handle);
    if (!decided.ok) return decided;
    // A handle of another request ends nothing here, and is spent.
    if (decided.value.requestKey !== requestKeyOf(interaction)) return refused('handle_unknown');
    const error = errorOf(decided.value);
    const result = error
      ? accepted(error)
      : await this.granted(interaction, grantIdOf(interaction, key), caller, handle, decided.value);
    if (!result.ok) return result;
    interaction.result = result.value;
    await interaction.save(interaction.exp - this.clock.seconds());
    return accepted(interaction.returnTo);
  }

  /** Asked as often as it takes: bank-core tells the same decision again, and how its consent stands by then. */
  private async ask(
    caller: Caller,
    handle: string,
  ): Promise<Result<ApprovalResult, ReturnRefusal>> {
    const result = await this.bank.approvalResult(caller, handle);
    if (result.ok) return result;
    return refused(result.refusal.code === 'not_found' ? 'handle_unknown' : 'core_unavailable');
  }

  /**
   * The grant, and then once more whether its consent stands. An end that the feed told before the grant was kept has
   * met nothing to end; one that comes after this answer meets the grant (RKN-S1c).
   */
  private async granted(
    interaction: Interaction,
    grantId: string,
    caller: Caller,
    handle: string,
    result: ApprovalResult,
  ) {
    const ended = await this.keepGrant(interaction, caller, result, grantId);
    // The software is gone: nobody is there to be told, and the right to call is given back.
    if (ended === 'invalid_token') return refused('interaction_unknown');
    const after = result.consent ? await this.ask(caller, handle) : accepted(result);
    if (!after.ok) return after;
    const endedCode = after.value.consent?.endedCode;
    if (endedCode) await this.grants.end(grantId, endedCode);
    const login = { accountId: String(result.subject), remember: false };
    return accepted(errorOf(after.value) ?? { login, consent: { grantId } });
  }

  private async keepGrant(
    { params }: Interaction,
    caller: Caller,
    result: ApprovalResult,
    grantId: string,
  ): Promise<EndCode | undefined> {
    const detail = detailOf(params);
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
    const ended = await this.grants.begin(pointsAt);
    if (ended) return ended;
    const seconds = Math.floor((expiresAt - now) / 1000);
    const grant = this.newGrant(caller, detail, result, seconds, grantId);
    const scopes = String(params['scope'] ?? '').split(' ');
    if (scopes.includes(IDENTITY_SCOPE)) grant.addOIDCScope(IDENTITY_SCOPE);
    await grant.save();
    return undefined;
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

/**
 * The same for every finish of one request, and known to nobody beforehand: a process that dies between fetching the
 * result and saving the grant leaves nothing that the next attempt could double. It rests on the key of the browser's
 * cookie, which stays what it is while the processes change theirs one after the other.
 */
const grantIdOf = (interaction: Interaction, key: Buffer): string =>
  createHmac('sha256', key)
    .update(`grant|${interaction.uid}|${requestKeyOf(interaction)}`)
    .digest('base64url');

/** What the client is told where no code can be given: nobody agreed, or what was agreed to has ended since. */
function errorOf({ outcome, reason, consent }: ApprovalResult): OutcomeError | undefined {
  const error = outcomeError(outcome, reason);
  if (error || !consent?.endedCode) return error;
  return {
    error: 'access_denied',
    error_description: describeRefusal({ code: consent.endedCode }),
  };
}
