import { mustBeTokenError, mustBeTokenErrorOrDrop } from '../checks/errors.js';
import { mustBeTokens } from '../checks/responses.js';
import { mustCall, toResource, type Tokens } from '../flow.js';
import { row, type Module, type Stage } from '../module.js';
import type { Members } from '../party/jws.js';
import type { TokenFaults } from '../party/faults.js';
import type { Party } from '../party/party.js';
import { must, skip } from '../report.js';
import { scopeOf } from '../variants.js';
import { mustBeUseless } from './happy-flow.js';
import { errorsWithoutProof } from './token-endpoint.js';

const LOST_ANSWER_SECONDS = 30;
/** RFC 6749 appendix A.17. */
const TOKEN_CHARACTERS = /^[\x20-\x7e]+$/;

async function refreshes(stage: Stage): Promise<void> {
  const { one, two } = stage;
  const first = await toResource(stage, one);
  const form = formOf(stage, first);
  await refreshed(stage, one, first, form);
  await mustNeedClientAuthentication(stage, form);
  await mustNeedProof(stage, form);
  const second = await toResource(stage, two);
  await refreshed(stage, two, second, formOf(stage, second));
  await mustBeUseless(one, second.accessToken);
  mustBeTokenError(await one.token(formOf(stage, second)), ['invalid_grant']);
}

function formOf({ variant }: Stage, { refreshToken }: Tokens): Members {
  if (refreshToken === undefined) skip('No refresh token is issued.');
  must(TOKEN_CHARACTERS.test(refreshToken), 'refresh_token: characters');
  return { grant_type: 'refresh_token', refresh_token: refreshToken, scope: scopeOf(variant) };
}

/**
 * A confidential client's refresh token is not bound to a DPoP key (RFC 9449 section 5), so the first
 * client proves a new one; the new access token is bound to that.
 */
async function refreshed(stage: Stage, party: Party, tokens: Tokens, form: Members) {
  const isNewKey = stage.variant.constraint === 'dpop' && party.number === 1;
  const proof = isNewKey ? { key: party.keys.spare } : {};
  const nonce = tokens.request?.params['nonce'];
  const expected = { clientId: party.clientId, nonce, isRefresh: true } as const;
  const fresh = await mustBeTokens(await party.token(form, { proof }), stage, expected);
  must(fresh.accessToken !== tokens.accessToken, 'The access token is the old one.');
  await mustCall(party, fresh.accessToken, { proof });
  const isRotated = fresh.refreshToken !== undefined && fresh.refreshToken !== tokens.refreshToken;
  if (!isRotated) return;
  // FAPI 2.0 section 5.3.2.1 item 9: whoever lost the answer asks again with the old one.
  await stage.server.letPass(LOST_ANSWER_SECONDS, 'AuthorizationCode');
  await mustBeTokens(await party.token(form, { proof }), stage, expected);
}

async function mustNeedClientAuthentication(stage: Stage, form: Members): Promise<void> {
  const { one, variant } = stage;
  const isByCertificate = variant.clientAuth === 'mtls';
  // Where one certificate is both, the request without proof is this request.
  if (isByCertificate && variant.constraint === 'mtls') return;
  const faults: TokenFaults = isByCertificate
    ? { certificate: 'left_out' }
    : { assertion: 'left_out' };
  const answer = await one.token(form, faults);
  if (answer.isDropped && isByCertificate) return;
  must([400, 401].includes(answer.status), `without client authentication: ${answer.status}`);
  mustBeOneOf(answer.body['error'], ['invalid_client', 'invalid_grant', 'invalid_request']);
}

async function mustNeedProof({ one, variant }: Stage, form: Members): Promise<void> {
  const accepted = errorsWithoutProof(variant);
  if (variant.constraint === 'dpop')
    return mustBeTokenError(await one.token(form, { proof: 'left_out' }), accepted);
  mustBeTokenErrorOrDrop(await one.token(form, { certificate: 'left_out' }), accepted);
}

function mustBeOneOf(error: unknown, accepted: readonly string[]): void {
  must(accepted.includes(String(error)), `${String(error)}; accepted: ${accepted.join(', ')}`);
}

export const refreshToken: readonly Module[] = [row(69, 'refresh-token', '', refreshes)];
