/** What a ZIP says of itself in its directory; nothing is unpacked to learn it (T-25). */
export interface ZipEntry {
  readonly name: string;
  readonly packed: number;
  readonly unpacked: number;
  readonly isEncrypted: boolean;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const END_SIZE = 22;
const ENTRY_SIZE = 46;
const COMMENT_MAX = 0xffff;
const ZIP64 = 0xffffffff;

/** The entries of the directory, or undefined where there is none that holds together (APPNOTE 4.3.12, 4.3.16). */
export function zipEntries(bytes: Uint8Array): ZipEntry[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(view);
  if (end === undefined) return undefined;
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  const entries: ZipEntry[] = [];
  for (let index = 0; index < count; index += 1) {
    if (at + ENTRY_SIZE > end || view.getUint32(at, true) !== ENTRY) return undefined;
    const [packed, unpacked] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true)];
    if (packed === ZIP64 || unpacked === ZIP64) return undefined;
    const length = view.getUint16(at + 28, true);
    const next = at + ENTRY_SIZE + length + view.getUint16(at + 30, true);
    const name = bytes.subarray(at + ENTRY_SIZE, at + ENTRY_SIZE + length);
    const isEncrypted = (view.getUint16(at + 8, true) & 1) === 1;
    entries.push({ name: new TextDecoder().decode(name), packed, unpacked, isEncrypted });
    at = next + view.getUint16(at + 32, true);
  }
  return at <= end ? entries : undefined;
}

/** The last end record whose comment reaches exactly to the end of the file. */
function endOf(view: DataView): number | undefined {
  const first = Math.max(0, view.byteLength - END_SIZE - COMMENT_MAX);
  for (let at = view.byteLength - END_SIZE; at >= first; at -= 1)
    if (
      view.getUint32(at, true) === END &&
      at + END_SIZE + view.getUint16(at + 20, true) === view.byteLength
    )
      return at;
  return undefined;
}
