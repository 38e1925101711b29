import { assert } from './assert.js';
import { sha256Hex } from './sha256.js';

/**
 * One text for one value: keys in code-unit order, no spaces (RFC 8785 for the values we use). Yen are
 * decimal strings as on the wire, dates their `toJSON`, and an absent member is left out. A number
 * that is no number, a function or a symbol is a bug: a hash must never depend on one.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `"${value}"`;
  if (typeof value === 'number') {
    assert(Number.isFinite(value), 'A number that is not finite has no JSON form.');
    return JSON.stringify(value);
  }
  assert(typeof value === 'object', `A ${typeof value} has no JSON form.`);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if ('toJSON' in value && typeof value.toJSON === 'function') return canonicalJson(value.toJSON());
  assert(!(value instanceof Map || value instanceof Set), 'Write a map or a set as a list.');
  let text = '';
  for (const key of Object.keys(value).sort()) {
    const member = (value as Readonly<Record<string, unknown>>)[key];
    if (member === undefined) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

/** The fingerprint of a decision's inputs: `sha256:` and the digest of their canonical JSON. */
export const hashOf = (value: unknown): string => `sha256:${sha256Hex(canonicalJson(value))}`;
