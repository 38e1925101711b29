import { finding, type Finding } from './finding.js';

const URIS_MAX = 10;
const CHARS_MAX = 1024;

/** Checks every redirect URI against every rule (RFC 9700 section 2.1: compared letter by letter). */
export function judgeRedirectUris(value: unknown): Finding[] {
  const isList =
    Array.isArray(value) &&
    value.length >= 1 &&
    value.length <= URIS_MAX &&
    value.every((uri) => typeof uri === 'string') &&
    new Set(value).size === value.length;
  if (!isList) {
    return [finding('redirect_uris', 'form_wrong', value, `1 to ${URIS_MAX} different URIs`)];
  }
  return (value as string[]).flatMap((uri, at) => judgeOne(uri, `redirect_uris[${at}]`));
}

function judgeOne(uri: string, field: string): Finding[] {
  const found: Finding[] = [];
  if (uri.length > CHARS_MAX) {
    found.push(finding(field, 'redirect_uri_too_long', uri, `at most ${CHARS_MAX} characters`));
  }
  const url = URL.canParse(uri) ? new URL(uri) : undefined;
  if (url?.protocol !== 'https:') {
    return [...found, finding(field, 'redirect_uri_not_https', uri, 'https://…')];
  }
  if (uri.includes('#') || uri.includes('*') || url.username !== '' || url.password !== '') {
    found.push(finding(field, 'redirect_uri_not_plain', uri, 'no fragment, user name or wildcard'));
  }
  if (/^\[|^[0-9.]+$/.test(url.hostname)) {
    found.push(finding(field, 'redirect_uri_host', url.hostname, 'a host name'));
  }
  // `https://host` alone has the normal form `https://host/`; nothing else may differ.
  if (url.href !== uri && url.href !== `${uri}/`) {
    found.push(finding(field, 'redirect_uri_not_normal', uri, url.href));
  }
  return found;
}
