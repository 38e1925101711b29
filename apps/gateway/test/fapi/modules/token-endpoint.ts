import { randomBytes } from 'node:crypto';
import { mustBeTokenError, mustBeTokenErrorOrDrop } from '../checks/errors.js';
import { mustBeTokens } from '../checks/responses.js';
import { mustSpeakGoodTls } from '../checks/tls.js';
import { mustCall, toCode, toTokenForm } from '../flow.js';
import { row, type Module, type Stage } from '../module.js';
import type { SigningFaults } from '../party/assertion.js';
import type { Members } from '../party/jws.js';
import { thumbprintOf } from '../party/proof.js';
import { skip } from '../report.js';
import type { Variant } from '../variants.js';

const GRANT = ['invalid_grant'];
const CLIENT_OR_REQUEST = ['invalid_client', 'invalid_request'];
export const PROOF_ERRORS = ['invalid_request', 'invalid_grant', 'invalid_dpop_proof'];
const CODE_AGE_SECONDS = 62;

/** What may be said where the proof of possession is missing. */
export function errorsWithoutProof({ clientAuth, constraint }: Variant): readonly string[] {
  if (constraint === 'dpop') return PROOF_ERRORS;
  if (clientAuth === 'mtls') return CLIENT_OR_REQUEST;
  return ['invalid_request', 'invalid_grant', 'invalid_client'];
}

async function namedOther(stage: Stage): Promise<void> {
  const { one, two } = stage;
  const { form } = await toTokenForm(stage, one);
  const answer = await one.token(form, { named: two });
  mustBeTokenError(answer, ['invalid_client', 'invalid_grant']);
}

async function withoutProof(stage: Stage): Promise<void> {
  const { one, variant, endpoints, server, report } = stage;
  const { metadata } = endpoints;
  const known = ['authorization_endpoint', 'userinfo_endpoint', 'registration_endpoint']
    .map((name) => metadata[name])
    .filter((url) => typeof url === 'string');
  await mustSpeakGoodTls([endpoints.token, ...known], server.authority, report);
  const { form } = await toTokenForm(stage, one);
  const faults =
    variant.constraint === 'dpop'
      ? ({ proof: 'left_out' } as const)
      : ({ certificate: 'left_out' } as const);
  mustBeTokenErrorOrDrop(await one.token(form, faults), errorsWithoutProof(variant));
}

async function codeOfAnother(stage: Stage): Promise<void> {
  const { form } = await toTokenForm(stage, stage.one);
  mustBeTokenError(await stage.two.token(form), GRANT);
}

async function usedTwice(stage: Stage): Promise<void> {
  const { one, server, report } = stage;
  const { form, request } = await toTokenForm(stage, one);
  const expected = { clientId: one.clientId, nonce: request?.params['nonce'] };
  const { accessToken } = await mustBeTokens(await one.token(form), stage, expected);
  await mustCall(one, accessToken);
  await server.letPass(1, 'AuthorizationCode');
  mustBeTokenError(await one.token(form), GRANT);
  // Asked once, as the official module does.
  const { status } = await one.call(accessToken);
  const isDead = status >= 400 && status < 500;
  report.should(isDead, `The token of a code used twice is answered with ${status}.`);
}

async function tooLate(stage: Stage): Promise<void> {
  const { form } = await toTokenForm(stage, stage.one);
  await stage.server.letPass(CODE_AGE_SECONDS, 'AuthorizationCode');
  mustBeTokenError(await stage.one.token(form), GRANT);
}

async function otherKeyThanAtPar(stage: Stage): Promise<void> {
  const { one } = stage;
  const { form } = await toTokenForm(stage, one, { push: { proof: {} } });
  mustBeTokenError(await one.token(form, { proof: { key: one.keys.spare } }), PROOF_ERRORS);
}

async function otherKeyThanAnnounced(stage: Stage): Promise<void> {
  const { one } = stage;
  const request = { dpop_jkt: await thumbprintOf(one.dpopKey) };
  const { form } = await toTokenForm(stage, one, { request });
  mustBeTokenError(await one.token(form, { proof: { key: one.keys.spare } }), PROOF_ERRORS);
}

const isRefusedAssertion =
  (assertion: () => SigningFaults, accepted = CLIENT_OR_REQUEST) =>
  async (stage: Stage): Promise<void> => {
    const { form } = await toTokenForm(stage, stage.one);
    mustBeTokenError(await stage.one.token(form, { assertion: assertion() }), accepted);
  };

async function assertionWithRs256(stage: Stage): Promise<void> {
  if (stage.one.signingKey.alg !== 'PS256') skip('Only an RSA key can sign RS256.');
  await isRefusedAssertion(() => ({ signedAs: 'RS256' }), ['invalid_client'])(stage);
}

async function withoutAssertion(stage: Stage): Promise<void> {
  const { one } = stage;
  const { form } = await toTokenForm(stage, one);
  const named = { ...form, client_id: one.clientId };
  mustBeTokenError(await one.token(named, { assertion: 'left_out' }), CLIENT_OR_REQUEST);
}

const isRefusedVerifier =
  (over: () => Members) =>
  async (stage: Stage): Promise<void> => {
    const { one } = stage;
    const { code, request } = await toCode(stage, one);
    mustBeTokenError(await one.token({ ...one.codeForm(code, request), ...over() }), GRANT);
  };

const past = (): number => Math.floor(Date.now() / 1000) - 5 * 60;

export const tokenEndpoint: readonly Module[] = [
  row(55, 'ensure-client-id-in-token-endpoint', 'C', namedOther),
  row(56, 'ensure-holder-of-key-required', 'C', withoutProof),
  row(57, 'ensure-authorization-code-is-bound-to-client', '', codeOfAnother),
  row(58, 'attempt-reuse-authorization-code-after-one-second', '', usedTwice),
  row(59, 'ensure-token-endpoint-fails-with-expired-auth-code', '', tooLate),
  row(60, 'ensure-token-endpoint-fails-with-mismatched-dpop-proof-jkt', 'D', otherKeyThanAtPar),
  row(61, 'ensure-token-endpoint-fails-with-mismatched-dpop-jkt', 'D', otherKeyThanAnnounced),
  row(62, 'ensure-signed-client-assertion-with-RS256-fails', 'KC', assertionWithRs256),
  row(63, 'ensure-client-assertion-in-token-endpoint', 'KC', withoutAssertion),
  row(
    64,
    'ensure-client-assertion-with-exp-is-5-minutes-in-past-fails',
    'KC',
    isRefusedAssertion(() => ({ claims: { exp: past() } })),
  ),
  row(
    65,
    'ensure-client-assertion-with-wrong-aud-fails',
    'KC',
    isRefusedAssertion(() => ({ claims: { aud: 'https://other.example.com' } })),
  ),
  row(
    66,
    'ensure-client-assertion-with-no-sub-fails',
    'KC',
    isRefusedAssertion(() => ({ claims: { sub: undefined } })),
  ),
  row(
    67,
    'ensure-pkce-code-verifier-required',
    '',
    isRefusedVerifier(() => ({ code_verifier: undefined })),
  ),
  row(
    68,
    'incorrect-pkce-code-verifier-rejected',
    '',
    isRefusedVerifier(() => ({ code_verifier: randomBytes(32).toString('base64url') })),
  ),
];
