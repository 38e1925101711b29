import { mustBeParError, mustBeRedirectErrorOrPage } from '../checks/errors.js';
import { mustBeCode, mustBePushed } from '../checks/responses.js';
import { toCode } from '../flow.js';
import { row, type Module, type Stage } from '../module.js';
import type { Members } from '../party/jws.js';
import { thumbprintOf } from '../party/proof.js';
import { must, skip } from '../report.js';

const INVALID = ['invalid_request'];
const INVALID_OR_OBJECT = ['invalid_request', 'invalid_request_object'];
const TYPE_ERRORS = ['unsupported_response_type', 'invalid_request', 'unauthorized_client'];
const LONGEST_WAIT_SECONDS = 30 * 60;

/** A pushed request with one fault has to be refused at PAR. */
const isRefused =
  (request: Members, accepted: readonly string[]) =>
  async ({ one }: Stage) =>
    mustBeParError(await one.push(one.request(request)), accepted);

/** Any 4xx with one of the codes; another code is only remarkable. */
const isRefusedResponseType =
  (responseType: string) =>
  async (stage: Stage): Promise<void> => {
    const { one, report } = stage;
    const answer = await one.push(one.request({ response_type: responseType }));
    const { status, body } = answer;
    must(status >= 400 && status < 500, `PAR: ${status}`);
    const isKnown = TYPE_ERRORS.includes(String(body['error']));
    report.should(isKnown, `PAR: ${status} ${String(body['error'])}`);
  };

async function withoutPar({ one, endpoints, report }: Stage): Promise<void> {
  const request = one.request();
  const query = Object.entries(request.params).map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  const url = `${endpoints.authorization}?${new URLSearchParams(query).toString()}`;
  mustBeRedirectErrorOrPage(await one.visit(url), request, INVALID, report);
}

async function plainPkce({ one }: Stage): Promise<void> {
  const { params, verifier } = one.request({ code_challenge_method: 'plain' });
  const request = { params: { ...params, code_challenge: verifier }, verifier };
  mustBeParError(await one.push(request), INVALID);
}

async function mismatchedThumbprint({ one }: Stage): Promise<void> {
  const request = one.request({ dpop_jkt: await thumbprintOf(one.keys.spare) });
  const answer = await one.push(request, { proof: {} });
  mustBeParError(answer, ['invalid_request', 'invalid_dpop_proof']);
}

async function requestUriInForm({ one }: Stage): Promise<void> {
  const form = { request_uri: 'urn:ietf:params:oauth:request_uri:not-mine' };
  const answer = await one.push(one.request(), { form });
  mustBeParError(answer, [...INVALID_OR_OBJECT, 'request_uri_not_supported']);
}

async function byPut({ one }: Stage): Promise<void> {
  const { status } = await one.push(one.request(), { method: 'PUT' });
  must(status >= 400 && status < 600, `PUT: ${status}`);
}

async function reusedAfterCompletion(stage: Stage): Promise<void> {
  const { one, report } = stage;
  const { request, requestUri } = await toCode(stage, one);
  const landing = await one.visit(one.authorizeUrl(requestUri));
  const isTaken = landing.kind === 'redirect' && landing.response['code'] !== undefined;
  report.should(!isTaken, 'A request_uri works a second time.');
  if (isTaken) mustBeCode(landing, request, report);
  else mustBeRedirectErrorOrPage(landing, request, ['invalid_request_uri'], report);
}

async function expired({ one, server, report }: Stage): Promise<void> {
  const request = one.request();
  const answer = await one.push(request);
  const requestUri = mustBePushed(answer);
  const seconds = Number(answer.body['expires_in']);
  if (seconds > LONGEST_WAIT_SECONDS) skip(`It lives for ${seconds} s.`);
  await server.letPass(seconds + 1, 'PushedAuthorizationRequest');
  const landing = await one.visit(one.authorizeUrl(requestUri));
  mustBeRedirectErrorOrPage(landing, request, ['invalid_request_uri'], report);
}

async function ofAnotherClient({ one, two, report }: Stage): Promise<void> {
  const request = one.request();
  const requestUri = mustBePushed(await one.push(request));
  const landing = await two.visit(two.authorizeUrl(requestUri));
  const accepted = [...INVALID_OR_OBJECT, 'invalid_request_uri'];
  mustBeRedirectErrorOrPage(landing, request, accepted, report);
}

export const pushedRequest: readonly Module[] = [
  row(
    39,
    'ensure-request-object-without-redirect-uri-fails',
    '',
    isRefused({ redirect_uri: undefined }, INVALID_OR_OBJECT),
  ),
  row(40, 'ensure-unsigned-authorization-request-without-using-par-fails', '', withoutPar),
  row(41, 'ensure-response-type-code-idtoken-fails', '', isRefusedResponseType('code id_token')),
  row(42, 'ensure-response-type-token-fails', '', isRefusedResponseType('token')),
  row(
    43,
    'par-ensure-pkce-required',
    '',
    isRefused({ code_challenge: undefined, code_challenge_method: undefined }, INVALID),
  ),
  row(44, 'par-plain-pkce-rejected', '', plainPkce),
  row(45, 'ensure-mismatched-dpop-jkt-fails', 'D', mismatchedThumbprint),
  row(46, 'par-authorization-request-containing-request_uri-form-param', '', requestUriInForm),
  row(47, 'par-attempt-invalid-http-method', '', byPut),
  row(48, 'par-attempt-reuse-request_uri', '', reusedAfterCompletion),
  row(49, 'par-attempt-to-use-expired-request_uri', '', expired),
  row(50, 'par-attempt-to-use-request_uri-for-different-client', '', ofAnotherClient),
];
