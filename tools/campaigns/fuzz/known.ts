const ID = /"(\w+)":"(([a-z]{2,5})_[0-9a-hjkmnp-tv-z]{26})"/g;
const HASH = /"(\w+)":"(sha256:[0-9a-f]{64})"/g;
const KEPT_MAX = 200;
const NOBODY = '0'.repeat(26);

/** Two nouns share the prefix `sub`; they are known by the member that tells them. */
const BY_MEMBER: Readonly<Record<string, string>> = {
  subscriptionId: 'subscriptionId',
  checklistId: 'checklistId',
  submissionId: 'checklistId',
};

/** What answers showed, to be asked about later: ids by their prefix, hashes by their member, cursors, tables. */
export class Known {
  readonly #values = new Map<string, string[]>();

  /** Takes in what a good answer tells. */
  learn(text: string): void {
    for (const [, member = '', id = '', prefix = ''] of text.matchAll(ID))
      this.add(prefix === 'sub' ? (BY_MEMBER[member] ?? 'sub') : prefix, id);
    for (const [, member = '', hash = ''] of text.matchAll(HASH)) this.add(member, hash);
    const cursor = /[?&]cursor=([^"&]+)/.exec(text)?.[1];
    if (cursor) this.set('cursor', decodeURIComponent(cursor));
  }

  add(kind: string, value: string): void {
    const known = this.#values.get(kind) ?? [];
    if (!known.includes(value) && known.length < KEPT_MAX) known.push(value);
    this.#values.set(kind, known);
  }

  /** The newest is the only one that is good. */
  set(kind: string, value: string): void {
    this.#values.set(kind, [value]);
  }

  of(kind: string): readonly string[] {
    return this.#values.get(kind) ?? [];
  }
}

/** An id of that kind that nothing has. */
export const nobodys = (kind: string): string =>
  `${kind === 'checklistId' || kind === 'subscriptionId' ? 'sub' : kind}_${NOBODY}`;
