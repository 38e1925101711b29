import { must, type Report } from '../report.js';
import type { Landing } from '../party/landing.js';
import type { AuthorizationRequest } from '../party/party.js';
import { headerOf, type Answer } from '../party/wire.js';

/** RFC 6749 sections 4.1.2.1 and 5.2: printable ASCII without the quotation mark and the backslash. */
const DESCRIPTION = /^[\x20-\x21\x23-\x5b\x5d-\x7e]*$/;
const REDIRECT_MEMBERS = [
  'error',
  'error_description',
  'error_uri',
  'state',
  'session_state',
  'iss',
];

export const isJson = (answer: Answer): boolean =>
  /^application\/json\b/i.test(headerOf(answer, 'content-type')) && answer.text.startsWith('{');

function mustBeError(where: string, answer: Answer, accepted: readonly string[]): string {
  must(isJson(answer), `${where}: the refusal is no JSON (${answer.status}).`);
  const { error, error_description: description = '', error_uri: uri = '' } = answer.body;
  const said = `${answer.status} ${String(error)} (${String(description)})`;
  must(accepted.includes(String(error)), `${where}: ${said}; accepted: ${accepted.join(', ')}.`);
  must(DESCRIPTION.test(String(description)), `${where}: characters of error_description.`);
  must(DESCRIPTION.test(String(uri)), `${where}: characters of error_uri.`);
  return String(error);
}

/** A refusal of PAR: exactly 400, unless a row says otherwise. */
export function mustBeParError(
  answer: Answer,
  accepted: readonly string[],
  statuses: readonly number[] = [400],
): void {
  mustBeError('PAR', answer, accepted);
  must(statuses.includes(answer.status), `PAR: ${answer.status} instead of ${statuses.join()}.`);
}

/** A refusal of the token endpoint: 400, and 401 only together with invalid_client. */
export function mustBeTokenError(answer: Answer, accepted: readonly string[]): void {
  const error = mustBeError('token', answer, accepted);
  const isRight = answer.status === 400 || (answer.status === 401 && error === 'invalid_client');
  must(isRight, `token: ${error} with ${answer.status}.`);
}

/** As above, but a connection that the server broke says the same (no certificate was shown). */
export function mustBeTokenErrorOrDrop(answer: Answer, accepted: readonly string[]): void {
  if (!answer.isDropped) mustBeTokenError(answer, accepted);
}

/** A refusal by redirect with the right state and nothing unknown in it. */
export function mustBeRedirectError(
  landing: Landing,
  request: AuthorizationRequest,
  accepted: readonly string[],
  report: Report,
): void {
  must(landing.kind === 'redirect', 'An error page stands where a redirect was due.');
  const { response } = landing;
  const { error = 'none' } = response;
  must(accepted.includes(error), `redirect: ${error}; accepted: ${accepted.join(', ')}.`);
  must(response['state'] === request.params['state'], 'redirect: the state is not ours.');
  must(DESCRIPTION.test(response['error_description'] ?? ''), 'characters of error_description');
  const unknown = Object.keys(response).filter((name) => !REDIRECT_MEMBERS.includes(name));
  report.should(unknown.length === 0, `redirect: unknown members ${unknown.join(', ')}.`);
}

/** A refusal by redirect, or the server's own error page with its fixed element: a person looks at that. */
export function mustBeRedirectErrorOrPage(
  landing: Landing,
  request: AuthorizationRequest,
  accepted: readonly string[],
  report: Report,
): void {
  if (landing.kind === 'redirect') return mustBeRedirectError(landing, request, accepted, report);
  const { status, text } = landing;
  must(status >= 400 && status < 500, `page: ${status}`);
  const shown = /id="oauth-error"[^>]*>([^<]+)</.exec(text)?.[1];
  must(shown, 'page: nothing stands in oauth-error.');
  report.review(`page: ${shown}`);
}
