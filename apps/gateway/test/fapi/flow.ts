import { randomUUID } from 'node:crypto';
import { mustBeCode, mustBePushed, mustBeServed, mustBeTokens } from './checks/responses.js';
import type { Stage } from './module.js';
import type { Members } from './party/jws.js';
import type { CallFaults, PushFaults, TokenFaults } from './party/faults.js';
import type { AuthorizationRequest, Party } from './party/party.js';
import { scopeOf } from './variants.js';

/** What differs from a flow in which everything is right. */
export interface FlowFaults {
  readonly request?: Members;
  readonly push?: PushFaults;
  /** The parameters beside client_id and request_uri at the authorization endpoint. */
  readonly outside?: Members;
  readonly token?: TokenFaults;
  readonly call?: CallFaults;
}

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  readonly request: AuthorizationRequest | undefined;
}

/** Pushes and lets the holder approve; answers the good request and its code. */
export async function toCode(stage: Stage, party: Party, faults: FlowFaults = {}) {
  const request = party.request(faults.request);
  const requestUri = mustBePushed(await party.push(request, faults.push));
  const landing = await party.visit(party.authorizeUrl(requestUri, faults.outside));
  const { code } = mustBeCode(landing, request, stage.report);
  return { request, requestUri, code };
}

/** A token request that is good so far: with an approved code, or without a holder. */
export async function toTokenForm(
  stage: Stage,
  party: Party,
  faults: FlowFaults = {},
): Promise<{ form: Members; request: AuthorizationRequest | undefined }> {
  if (stage.variant.profile === 'fapi_client_credentials_grant')
    return {
      form: { grant_type: 'client_credentials', scope: scopeOf(stage.variant) },
      request: undefined,
    };
  const { code, request } = await toCode(stage, party, faults);
  return { form: party.codeForm(code, request), request };
}

/** The whole way to a token, with every check that holds for every response. */
export async function toTokens(
  stage: Stage,
  party: Party,
  faults: FlowFaults = {},
): Promise<Tokens> {
  const { form, request } = await toTokenForm(stage, party, faults);
  const answer = await party.token(form, faults.token);
  const expected = { clientId: party.clientId, nonce: request?.params['nonce'] };
  return { ...(await mustBeTokens(answer, stage, expected)), request };
}

/** The whole way to an answer of the API: what most modules that have to succeed end with. */
export async function toResource(
  stage: Stage,
  party: Party,
  faults: FlowFaults = {},
): Promise<Tokens> {
  const tokens = await toTokens(stage, party, faults);
  await mustCall(party, tokens.accessToken, faults.call);
  return tokens;
}

/** A call that has to be served; the first client names its interaction, as the plans do. */
export async function mustCall(party: Party, token: string, faults: CallFaults = {}) {
  const interactionId = party.number === 1 ? randomUUID() : undefined;
  const headers: Record<string, string> = { ...faults.headers };
  if (interactionId) headers['x-fapi-interaction-id'] = interactionId;
  const answer = await party.call(token, { ...faults, headers });
  mustBeServed(answer, interactionId);
  return answer;
}
