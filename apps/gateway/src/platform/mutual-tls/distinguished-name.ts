/** Short names of RFC 4514 section 3 and of OpenSSL, by the OID that either may be written as. */
const TYPES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.5': 'SERIALNUMBER',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.15': 'BUSINESSCATEGORY',
  '2.5.4.17': 'POSTALCODE',
  '2.5.4.97': 'ORGANIZATIONIDENTIFIER',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'EMAILADDRESS',
};

const SPECIAL = ',+"\\<>;=# ';

/**
 * True where a subject as node:crypto prints it (one RDN per line, in the certificate's order) is the name
 * that was registered as `tls_client_auth_subject_dn` (RFC 4514: last RDN first). Types compare without
 * case and with their OIDs; values to the character, since a near miss is another party.
 */
export function isSameName(subject: string, registered: string): boolean {
  const actual = subject.split('\n').reverse().map(readRdn);
  const expected = split(registered, ',').map(readRdn);
  if (actual.length !== expected.length) return false;
  return actual.every((rdn, i) => rdn !== undefined && rdn === expected[i]);
}

/** One RDN in a form that compares by equality; nothing where it is not well formed. */
function readRdn(text: string): string | undefined {
  const pairs = split(text, '+').map(readPair);
  return pairs.includes(undefined) ? undefined : pairs.sort().join('\n');
}

function readPair(text: string): string | undefined {
  const at = text.indexOf('=');
  const type = text.slice(0, at).trim().toUpperCase();
  const value = unescape(trimmed(text.slice(at + 1)));
  if (at < 1 || type === '' || value === undefined || value === '') return undefined;
  return `${TYPES[type.replace(/^OID\./, '')] ?? type}=${value}`;
}

/** Splits at a separator that no backslash stands before. */
function split(text: string, separator: string): string[] {
  const parts = [''];
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === separator) {
      parts.push('');
      continue;
    }
    const length = text[at] === '\\' ? 2 : 1;
    parts.push(`${parts.pop() ?? ''}${text.slice(at, at + length)}`);
    at += length - 1;
  }
  return parts;
}

/** Spaces around a value mean nothing, save the one that was escaped. */
const trimmed = (text: string): string => {
  const end = text.trimEnd();
  const isEscaped = end.length < text.length && /(?:^|[^\\])(?:\\\\)*\\$/.test(end);
  return (isEscaped ? `${end} ` : end).trimStart();
};

/** RFC 4514 section 2.4: a special character behind a backslash, or octets of UTF-8 in hexadecimal. */
function unescape(value: string): string | undefined {
  const parts: Buffer[] = [];
  for (const match of value.matchAll(/\\(?:([0-9A-Fa-f]{2})|(.))|(.)/gsu)) {
    const [, hex, special, plain] = match;
    if (plain === '\\' || (special !== undefined && !SPECIAL.includes(special))) return undefined;
    parts.push(hex ? Buffer.from(hex, 'hex') : Buffer.from(special ?? plain ?? ''));
  }
  return Buffer.concat(parts).toString('utf8');
}
