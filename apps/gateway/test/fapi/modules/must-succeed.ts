import { randomBytes } from 'node:crypto';
import { mustBeParError, mustBeRedirectError } from '../checks/errors.js';
import { mustBeCode, mustBePushed } from '../checks/responses.js';
import { toCode, toResource, toTokens, type FlowFaults } from '../flow.js';
import { row, type Module, type Stage } from '../module.js';
import { send } from '../party/wire.js';
import { thumbprintOf, type ProofFaults } from '../party/proof.js';
import { must, skip } from '../report.js';
import { scopeOf } from '../variants.js';

const soon = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;

/** A flow of the first client that has to end with an answer of the API. */
const succeeds =
  (faults: FlowFaults = {}) =>
  async (stage: Stage): Promise<void> => {
    await toResource(stage, stage.one, faults);
  };

async function userRejects(stage: Stage): Promise<void> {
  for (const party of [stage.one, stage.two]) {
    const request = party.request();
    const requestUri = mustBePushed(await party.push(request));
    const landing = await party.visit(party.authorizeUrl(requestUri), 'refuse');
    mustBeRedirectError(landing, request, ['access_denied'], stage.report);
  }
}

async function otherScopeOrder(stage: Stage): Promise<void> {
  const scopes = scopeOf(stage.variant).split(' ');
  must(scopes.length >= 2, 'The module needs a client with two scopes.');
  const scope = scopes.toReversed().join(' ');
  await toResource(stage, stage.one, { request: { scope }, outside: { scope } });
}

async function identityClaims(stage: Stage): Promise<void> {
  const { one, endpoints, plain, report } = stage;
  const { metadata } = endpoints;
  if (metadata['claims_parameter_supported'] !== true) skip('No claims parameter is advertised.');
  const offered = metadata['claims_supported'] as readonly string[];
  const wanted = Object.fromEntries(offered.map((name) => [name, { essential: true }]));
  const request = { claims: { userinfo: wanted } };
  const { accessToken } = await toTokens(stage, one, { request });
  const headers = { authorization: `Bearer ${accessToken}` };
  const answer = await send(String(metadata['userinfo_endpoint']), plain, { headers });
  must(answer.status === 200, `userinfo: ${answer.status}`);
  const missing = offered.filter((name) => !(name in answer.body));
  report.should(missing.length === 0, `userinfo lacks ${missing.join(', ')}`);
}

async function schemeInAnyCase(stage: Stage): Promise<void> {
  const scheme = stage.variant.constraint === 'dpop' ? 'dPOp' : 'bEARER';
  await toResource(stage, stage.one, { call: { scheme } });
}

/** The same fault in every proof of the flow; at PAR only where the module says so. */
const withProofs =
  (proof: () => ProofFaults, isAtPar: boolean) =>
  async (stage: Stage): Promise<void> => {
    await toResource(stage, stage.one, {
      ...(isAtPar ? { push: { proof: proof() } } : {}),
      token: { proof: proof() },
      call: { proof: proof() },
    });
  };

async function boundByThumbprint(stage: Stage): Promise<void> {
  const request = { dpop_jkt: await thumbprintOf(stage.one.dpopKey) };
  await toResource(stage, stage.one, { request, push: { proof: {} } });
}

/** Opens the bank's page and leaves it, opens the same request again, and only then logs in. */
async function openedTwice(stage: Stage): Promise<void> {
  const { one, report } = stage;
  const request = one.request();
  const url = one.authorizeUrl(mustBePushed(await one.push(request)));
  const browser = one.newBrowser();
  const untouched = await browser.open(url);
  must(untouched.location, `The first opening shows ${untouched.status}.`);
  const landing = await one.finish(browser, await browser.open(url), 'approve');
  const isRefused =
    landing.kind === 'redirect' && landing.response['error'] === 'invalid_request_uri';
  report.should(!isRefused, 'A request that was only opened cannot be opened again.');
  if (!isRefused) mustBeCode(landing, request, report);
}

/** A deviation that the profile only recommends to tolerate. */
const isPushedOrWarns =
  (faults: () => FlowFaults) =>
  async (stage: Stage): Promise<void> => {
    const { one, report } = stage;
    const answer = await one.push(one.request(), faults().push);
    report.should(answer.status === 201, `A skewed clock was answered with ${answer.status}.`);
    if (answer.status === 201) mustBePushed(answer);
    else mustBeParError(answer, ['invalid_client', 'invalid_request_object'], [400, 401]);
  };

const manyAudiences = async (stage: Stage): Promise<void> => {
  const aud = ['https://other.example.com', stage.server.issuer, 'invalid'];
  await toResource(stage, stage.one, { push: { requestObject: { claims: { aud } } } });
};

const nonceOf64 = (stage: Stage): Promise<void> =>
  succeeds({ request: { nonce: randomBytes(48).toString('base64url') } })(stage);

const withoutDuplicates = async (stage: Stage): Promise<void> => {
  await toCode(stage, stage.one, { outside: {} });
};

const extraTimes = (): ProofFaults => ({ claims: { nbf: soon(0), exp: soon(300) } });
const skewed = (seconds: number) => (): ProofFaults => ({ claims: { iat: soon(seconds) } });

export const mustSucceed: readonly Module[] = [
  row(3, 'user-rejects-authentication', '', userRejects),
  row(4, 'ensure-request-object-with-multiple-aud-succeeds', 'S', manyAudiences),
  row(
    5,
    'ensure-authorization-request-without-state-success',
    '',
    succeeds({ request: { state: undefined } }),
  ),
  row(
    6,
    'ensure-authorization-request-without-nonce-success',
    'O',
    succeeds({ request: { nonce: undefined } }),
  ),
  row(7, 'ensure-authorization-request-with-64-char-nonce-success', 'O', nonceOf64),
  row(8, 'ensure-other-scope-order-succeeds', 'O', otherScopeOrder),
  row(9, 'test-claims-parameter-identity-claims', 'O', identityClaims),
  row(10, 'access-token-type-header-case-sensitivity', 'C', schemeInAnyCase),
  row(
    11,
    'ensure-request-object-with-nbf-8-seconds-in-the-future-is-accepted',
    'S',
    isPushedOrWarns(() => ({ push: { requestObject: { claims: { nbf: soon(8) } } } })),
  ),
  row(12, 'check-dpop-proof-nbf-exp', 'DC', withProofs(extraTimes, false)),
  row(
    13,
    'ensure-dpopproof-with-iat-10seconds-before-succeeds',
    'DC',
    withProofs(skewed(-10), true),
  ),
  row(14, 'ensure-dpopproof-with-iat-10seconds-after-succeeds', 'DC', withProofs(skewed(8), true)),
  row(
    15,
    'ensure-dpopproof-at-par-endpoint-binding-success',
    'D',
    succeeds({ push: { proof: {} } }),
  ),
  row(16, 'ensure-dpop-auth-code-binding-success', 'D', boundByThumbprint),
  row(17, 'par-ensure-reused-request-uri-prior-to-auth-completion-succeeds', '', openedTwice),
  row(
    18,
    'par-ensure-jwt-client-assertions-nbf-8-seconds-in-the-future-is-accepted',
    'K',
    isPushedOrWarns(() => ({ push: { assertion: { claims: { iat: soon(8), nbf: soon(8) } } } })),
  ),
  row(19, 'par-without-duplicate-parameters', '', withoutDuplicates),
];
