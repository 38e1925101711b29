import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { assert } from '#libs/kernel';

export interface NamedCode {
  readonly code: string;
  readonly name: string;
  /** Large full-width kana as the code data writes it. */
  readonly kana: string;
}

interface Bank extends NamedCode {
  /** One line per branch, in the order of their codes: code, name, kana, tab between. */
  readonly branches: string;
}

/** Bank and branch codes of the Zengin system (monthly data, SM-5.1-1). Reference data: no person in it. */
export class ZenginDirectory {
  /** Reads the data when the server starts, not when somebody first asks. */
  constructor() {
    banks();
  }

  bank(code: string): NamedCode | undefined {
    const bank = banks().get(code);
    return bank && { code: bank.code, name: bank.name, kana: bank.kana };
  }

  branch(bankCode: string, branchCode: string): NamedCode | undefined {
    if (!/^[0-9]{3}$/.test(branchCode)) return undefined;
    return this.branches(bankCode).find(({ code }) => code === branchCode);
  }

  /** The branches of a bank in the order of their codes; none for an unknown bank. */
  branches(bankCode: string): NamedCode[] {
    const lines = banks().get(bankCode)?.branches ?? '';
    return lines === '' ? [] : lines.split('\n').map(branchOf);
  }
}

function branchOf(line: string): NamedCode {
  const [code = '', name = '', kana = ''] = line.split('\t');
  return { code, name, kana };
}

let loaded: ReadonlyMap<string, Bank> | undefined;

/**
 * Reads the data file as text and keeps three columns of it. Loaded as a module, its 29,000 object literals
 * would stay in memory for good: 70 MB instead of 36 at first and 10 after the next collection.
 */
function banks(): ReadonlyMap<string, Bank> {
  if (loaded) return loaded;
  const file = createRequire(import.meta.url).resolve('zengin-code/lib/zengin-data.js');
  const text = readFileSync(file, 'utf8');
  const json = /^module\.exports\s*=\s*(\{[\s\S]*\});?\s*$/.exec(text)?.[1];
  assert(json, 'The code data no longer is one literal: read it anew.');
  const data = JSON.parse(json) as Record<
    string,
    NamedCode & { branches: Record<string, NamedCode> }
  >;
  loaded = new Map(
    Object.values(data).map(({ code, name, kana, branches }) => {
      const lines = Object.values(branches)
        .sort((a, b) => (a.code < b.code ? -1 : 1))
        .map((branch) => `${branch.code}\t${branch.name}\t${branch.kana}`);
      return [code, { code, name, kana, branches: lines.join('\n') }];
    }),
  );
  return loaded;
}
