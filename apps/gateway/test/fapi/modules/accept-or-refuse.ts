import { randomBytes } from 'node:crypto';
import { mustBeParError, mustBeRedirectErrorOrPage } from '../checks/errors.js';
import { mustBeCode, mustBePushed, mustBeTokens } from '../checks/responses.js';
import { mustCall } from '../flow.js';
import { row, type Module, type Stage } from '../module.js';
import type { Members } from '../party/jws.js';

interface Tried {
  readonly request?: Members;
  /** Beside the usual parameters at the authorization endpoint. */
  readonly outside?: Members;
  /** Errors accepted by redirect. */
  readonly errors: readonly string[];
  /** Errors accepted at PAR; none where the push itself is good. */
  readonly parErrors?: readonly string[];
  /** Said where the server refuses what it should rather take. */
  readonly warning?: string;
}

/** Follows the request to the API, or to one of the clean refusals. */
const isTakenOrRefused =
  (of: () => Tried) =>
  async (stage: Stage): Promise<void> => {
    const { one, report } = stage;
    const { request: over, outside, errors, parErrors, warning } = of();
    const request = one.request(over);
    const answer = await one.push(request);
    const warn = (): void => report.should(warning === undefined, warning ?? '');
    if (answer.status !== 201 && parErrors) {
      warn();
      return mustBeParError(answer, parErrors);
    }
    const requestUri = mustBePushed(answer);
    const url = one.authorizeUrl(requestUri, { ...one.duplicates(), ...outside });
    const landing = await one.visit(url);
    if (landing.kind === 'page' || landing.response['error']) {
      warn();
      return mustBeRedirectErrorOrPage(landing, request, errors, report);
    }
    const { code } = mustBeCode(landing, request, report);
    const tokens = await one.token(one.codeForm(code, request));
    const expected = { clientId: one.clientId, nonce: request.params['nonce'] };
    await mustCall(one, (await mustBeTokens(tokens, stage, expected)).accessToken);
  };

/** Renkei refuses; a server that takes it is tolerated, which is said. */
const isRefusedAtPar =
  (request: Members, what: string) =>
  async (stage: Stage): Promise<void> => {
    const answer = await stage.one.push(stage.one.request(request));
    stage.report.should(answer.status !== 201, what);
    if (answer.status === 201) mustBePushed(answer);
    else mustBeParError(answer, ['invalid_request', 'invalid_request_object']);
  };

const text = (characters: number): string =>
  randomBytes(characters).toString('base64url').slice(0, characters);

export const acceptOrRefuse: readonly Module[] = [
  row(
    20,
    'ensure-different-nonce-inside-and-outside-request-object',
    'O',
    isTakenOrRefused(() => ({ outside: { nonce: text(12) }, errors: ['invalid_request'] })),
  ),
  row(
    21,
    'ensure-different-state-inside-and-outside-request-object',
    '',
    isTakenOrRefused(() => ({ outside: { state: text(12) }, errors: ['invalid_request'] })),
  ),
  row(
    22,
    'ensure-authorization-request-with-long-nonce',
    'O',
    isTakenOrRefused(() => ({
      request: { nonce: text(384) },
      errors: [],
      parErrors: ['invalid_request'],
    })),
  ),
  row(
    23,
    'ensure-authorization-request-with-long-state',
    '',
    isTakenOrRefused(() => ({
      request: { state: text(1000) },
      errors: [],
      parErrors: ['invalid_request'],
      warning: 'A state of 1,000 characters is refused.',
    })),
  ),
  row(
    24,
    'state-only-outside-request-object-not-used',
    '',
    isTakenOrRefused(() => ({
      request: { state: undefined },
      outside: { state: text(12) },
      errors: ['invalid_request', 'invalid_request_object', 'invalid_request_uri', 'access_denied'],
    })),
  ),
  row(
    25,
    'plain-fapi-tolerate-unregistered-redirect-uri',
    '',
    isRefusedAtPar(
      { redirect_uri: 'https://app.localhost:9443/test/a/unregistered' },
      'An unregistered redirect_uri is taken.',
    ),
  ),
  row(
    26,
    'ensure-redirect-uri-in-authorization-request',
    '',
    isRefusedAtPar({ redirect_uri: undefined }, 'A missing redirect_uri is made up.'),
  ),
];
