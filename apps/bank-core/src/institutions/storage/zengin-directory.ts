import banks from 'zengin-code';

export interface NamedCode {
  readonly code: string;
  readonly name: string;
  /** Large full-width kana as the code data writes it. */
  readonly kana: string;
}

const CODES = new Map(Object.values(banks).map((bank) => [bank.code, bank]));

/** Bank and branch codes of the Zengin system (monthly data, SM-5.1-1). Reference data: no person in it. */
export class ZenginDirectory {
  bank(code: string): NamedCode | undefined {
    return named(CODES.get(code));
  }

  branch(bankCode: string, branchCode: string): NamedCode | undefined {
    const branches = CODES.get(bankCode)?.branches;
    return branches && Object.hasOwn(branches, branchCode)
      ? named(branches[branchCode])
      : undefined;
  }

  /** The branches of a bank in the order of their codes; none for an unknown bank. */
  branches(bankCode: string): NamedCode[] {
    return Object.values(CODES.get(bankCode)?.branches ?? {})
      .map(({ code, name, kana }) => ({ code, name, kana }))
      .sort((a, b) => (a.code < b.code ? -1 : 1));
  }
}

function named(entry: NamedCode | undefined): NamedCode | undefined {
  return entry && { code: entry.code, name: entry.name, kana: entry.kana };
}
