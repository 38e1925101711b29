import type { X509Certificate } from 'node:crypto';
import { isSameName } from './distinguished-name.js';

/** The members of RFC 8705 section 2.1.2 by which a client may have registered its certificate. */
export type SubjectMember =
  | 'tls_client_auth_subject_dn'
  | 'tls_client_auth_san_dns'
  | 'tls_client_auth_san_uri'
  | 'tls_client_auth_san_ip'
  | 'tls_client_auth_san_email';

/** True where the certificate carries exactly the name that was registered; wildcards match nothing. */
export function carriesName(x509: X509Certificate, member: SubjectMember, value: string): boolean {
  if (member === 'tls_client_auth_subject_dn') return isSameName(x509.subject ?? '', value);
  const names = alternativeNames(x509.subjectAltName ?? '');
  if (member === 'tls_client_auth_san_uri') return names.includes(`URI:${value}`);
  if (member === 'tls_client_auth_san_email') return names.includes(`email:${value}`);
  if (member === 'tls_client_auth_san_dns') return carriesHost(names, value);
  return x509.checkIP(value) !== undefined;
}

/** DNS names compare without case (RFC 4343). */
export function carriesHost(names: readonly string[], host: string): boolean {
  const wanted = `dns:${host.toLowerCase()}`;
  return names.some((name) => name.toLowerCase() === wanted);
}

/**
 * `TYPE:value` of each entry. node:crypto writes a value that could be mistaken for several as a JSON
 * string, so that splitting at commas invents no name.
 */
export function alternativeNames(text: string): string[] {
  const entries = text.match(/(?:[^,"]|"(?:[^"\\]|\\.)*")+/g) ?? [];
  return entries.map((entry) => {
    const [, type = '', value = ''] = /^\s*([^:]+):(.*)$/s.exec(entry) ?? [];
    return `${type}:${value.startsWith('"') ? readQuoted(value) : value}`;
  });
}

function readQuoted(value: string): string {
  try {
    return String(JSON.parse(value));
  } catch {
    return '';
  }
}
