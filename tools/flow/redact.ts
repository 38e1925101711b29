/** Members whose value is a secret or as good as one while it lives. */
const SECRET = new RegExp(
  `^(${[
    'access_token|refresh_token|id_token',
    'code|code_verifier|client_assertion|state|request_uri|handle',
    'password|otp|confirmation-password|mail-password|interaction',
  ].join('|')})$`,
);
const SHOWN_HEADERS = /^(authorization|dpop|x-fapi-|content-type|accept$)/;
const BODY_MAX = 600;

const cut = (value: string): string => (value.length <= 10 ? '…' : `${value.slice(0, 8)}…`);

/** A header for people; undefined where it says nothing about the flow. */
export function redactHeader(name: string, value: string): string | undefined {
  if (!SHOWN_HEADERS.test(name)) return undefined;
  if (name === 'dpop') return cut(value);
  if (name === 'authorization') return value.replace(/\S+$/, cut);
  return value;
}

/** A JSON or form body on one line, secrets cut; HTML is named and not shown. */
export function redactBody(body: string): string {
  if (body === '') return '';
  if (/^\s*</.test(body)) return '(HTML)';
  return shorten(body.trimStart().startsWith('{') ? redactJson(body) : redactForm(body));
}

/** Where a redirect leads; what it carries is cut, and so is a handle that stands in the path. */
export function redactUrl(url: URL): string {
  const path = url.pathname.replace(/[A-Za-z0-9_-]{24,}/g, (part) =>
    /^[a-z]{3,4}_/.test(part) ? part : cut(part),
  );
  const query = url.search ? `?${redactForm(url.search.slice(1))}` : '';
  return `${url.origin}${path}${query}`;
}

function redactJson(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), (key, value: unknown) =>
      typeof value === 'string' && SECRET.test(key) ? cut(value) : value,
    );
  } catch {
    return body;
  }
}

function redactForm(body: string): string {
  return [...new URLSearchParams(body)]
    .map(([name, value]) => `${name}=${SECRET.test(name) ? cut(value) : value}`)
    .join(' ');
}

const shorten = (text: string): string =>
  text.length <= BODY_MAX ? text : `${text.slice(0, BODY_MAX)}… (${text.length} characters)`;
