import { accepted, refused, type Instant, type Refusal, type Result } from '#libs/kernel';
import { zipEntries, type ZipEntry } from './zip-directory.js';

export const EVIDENCE_BYTES_MAX = 10 * 1024 * 1024;
/** What one intermediary may leave with the bank altogether (T-31). */
export const EVIDENCE_BYTES_OF_ONE_MAX = 1024 * EVIDENCE_BYTES_MAX;
const ENTRIES_MAX = 2_000;
const UNPACKED_MAX = 100 * 1024 * 1024;
/** Office files pack well; what packs a hundredfold was made to. */
const RATIO_MAX = 100;

/** A file as it stands; its bytes stand elsewhere. Source: RKN-S2, T-25. */
export interface EvidenceFile {
  readonly id: string;
  readonly epspId: string;
  readonly fileName: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly state: 'quarantined' | 'clean' | 'infected';
  readonly verdict: string | undefined;
  readonly uploadedAt: Instant;
  readonly scannedAt: Instant | undefined;
  /** Since when the bytes are gone; what is said of them here stays. */
  readonly erasedAt: Instant | undefined;
}

/** What may be shown as evidence, by the endings of their names. Nothing that a browser would run. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  'application/pdf': ['pdf'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
  'text/csv': ['csv'],
  'text/plain': ['txt'],
};
const PARTS: Readonly<Record<string, string>> = {
  'xl/workbook.xml': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'word/document.xml': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

type TypeRefusal = Refusal<'file_type_refused' | 'file_empty'>;
const wrongType = (why: string) => refused('file_type_refused', { facts: { why } });

/** True where only the ZIP's own directory says what it is. */
export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5 || bytes[2] === 7);

/**
 * The type by the content; the ending of the name has to agree with it. `sniffed` is what the first bytes say,
 * undefined where they say nothing. Refuses with `file_type_refused`: another type, a bomb, macros, markup.
 */
export function judgeType(
  fileName: string,
  bytes: Uint8Array,
  sniffed: string | undefined,
): Result<string, TypeRefusal> {
  if (bytes.length === 0) return refused('file_empty');
  const ending = /\.([a-z0-9]{1,5})$/i.exec(fileName)?.[1]?.toLowerCase() ?? '';
  const found = isZip(bytes) ? officeType(bytes) : accepted(sniffed ?? textType(bytes, ending));
  if (!found.ok) return found;
  const type = found.value ?? '';
  if (!Object.hasOwn(TYPES, type)) return wrongType('content');
  return TYPES[type]?.includes(ending) ? accepted(type) : wrongType('name');
}

function officeType(bytes: Uint8Array): Result<string, TypeRefusal> {
  const entries = zipEntries(bytes);
  if (!entries) return wrongType('zip');
  if (isBomb(entries)) return wrongType('bomb');
  if (entries.some(({ isEncrypted }) => isEncrypted)) return wrongType('encrypted');
  if (entries.some(({ name }) => /vbaproject\.bin$|(^|\/)\.\.(\/|$)|^\//i.test(name)))
    return wrongType('macro');
  const names = new Set(entries.map(({ name }) => name));
  const parts = Object.keys(PARTS).filter((part) => names.has(part));
  const [part] = parts;
  if (parts.length !== 1 || part === undefined || !names.has('[Content_Types].xml'))
    return wrongType('zip');
  return accepted(PARTS[part] ?? '');
}

function isBomb(entries: readonly ZipEntry[]): boolean {
  const unpacked = entries.reduce((sum, entry) => sum + entry.unpacked, 0);
  const packed = entries.reduce((sum, entry) => sum + entry.packed, 0);
  return (
    entries.length > ENTRIES_MAX || unpacked > UNPACKED_MAX || unpacked > (packed + 1) * RATIO_MAX
  );
}

/** Text is what decodes without a remainder, has no control characters, and is no markup. */
function textType(bytes: Uint8Array, ending: string): string | undefined {
  const text = decoded(bytes);
  if (text === undefined || /[^\P{Cc}\n\r\t]/u.test(text)) return undefined;
  if (/^\s*</.test(text) || /<(script|svg|html|iframe|object|embed|!doctype)/i.test(text))
    return undefined;
  return ending === 'csv' ? 'text/csv' : 'text/plain';
}

/** In UTF-8, or in the encoding that Japanese spreadsheets still write. */
function decoded(bytes: Uint8Array): string | undefined {
  for (const encoding of ['utf-8', 'shift_jis'])
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      continue;
    }
  return undefined;
}

/** A name as it is kept: the last part, without what a header or a file system would take for its own. */
export const cleanName = (name: string): string =>
  name
    .normalize('NFC')
    .replace(/^.*[/\\]/s, '')
    .replace(/[\p{Cc}\p{Cf}"<>|:*?;%]/gu, '_')
    .replace(/^\.+/, '_')
    .slice(-200);

/** Whether it can show anything: what was found infected or erased counts as no evidence. Source: RKN-S2. */
export const isUsable = ({ state, erasedAt }: EvidenceFile): boolean =>
  state !== 'infected' && erasedAt === undefined;
