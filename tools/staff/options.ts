import { parseArgs } from 'node:util';
import type { Words } from '#libs/kernel';
import { Failure } from '../failure.js';

const ACTS = [
  'hold',
  'release',
  'list',
  'revoke-consent',
  'unlock',
  'signals',
  'outage',
  'outage-over',
  'changes',
  'approve-change',
  'reject-change',
  'blocks',
  'block',
  'unblock',
  'report-key',
] as const;
export type Act = (typeof ACTS)[number];

export interface StaffOptions {
  readonly act: Act;
  readonly by: string | undefined;
  readonly approve: string | undefined;
  /** A bank code, or `all` for every institution that the agreement covers. */
  readonly bank: string | undefined;
  readonly epsp: string | undefined;
  readonly partner: string;
  readonly function: string;
  readonly basis: string | undefined;
  /** When an outage begins; with `until` it is a planned one. */
  readonly from: string | undefined;
  readonly until: string | undefined;
  readonly outage: string | undefined;
  readonly consent: string | undefined;
  readonly login: string | undefined;
  readonly transfer: string | undefined;
  /** A change of a registration that an intermediary asked for. */
  readonly change: string | undefined;
  /** The client id of a piece of software. */
  readonly software: string | undefined;
  /** One of its keys or certificates. */
  readonly kid: string | undefined;
  readonly isJson: boolean;
  readonly language: 'ja' | 'en';
}

export const USAGE: Words = {
  ja: `使い方:
  npm run staff -- hold --by A --approve B --bank 2963|all --epsp epsp_… [--partner cp_…|none|*]
                        [--function transfer_initiation|*] --basis "理由" --until 2026-12-01T00:00+09:00
  npm run staff -- release --by A --approve B --bank 2963|all --epsp epsp_… [--partner …] [--function …] [--basis "理由"]
  npm run staff -- list [--bank 2963]
  npm run staff -- revoke-consent --by A --bank 2963 --consent cns_… [--basis "理由"]
  npm run staff -- unlock --by A --approve B --bank 2963 --login taro-2963 --basis "届出書の番号"
  npm run staff -- signals --by A --bank 2963 [--transfer trf_…]
  npm run staff -- outage --by A --bank 2963|all [--function …] [--from 2026-12-05T00:00+09:00
                        --until …]（期間がなければ障害）
  npm run staff -- outage-over --by A --bank 2963 --outage out_…
  npm run staff -- changes
  npm run staff -- approve-change|reject-change --by A --approve B --change chg_…
  npm run staff -- blocks
  npm run staff -- block --by A --approve B --software <client_id> --basis "理由" --until 2026-12-01T00:00+09:00
  npm run staff -- unblock --by A --approve B --software <client_id> --basis "理由"
  npm run staff -- report-key --by A --approve B --software <client_id> --kid <kid> --basis "理由"
A と B は別の人のメールアドレス（@ より前だけでも可）。パスワードは端末で尋ねます。
自動化では RENKEI_STAFF_PASSWORD_A と RENKEI_STAFF_PASSWORD_B。共通: --json --lang ja|en`,
  en: `Usage:
  npm run staff -- hold --by A --approve B --bank 2963|all --epsp epsp_… [--partner cp_…|none|*]
                        [--function transfer_initiation|*] --basis "why" --until 2026-12-01T00:00+09:00
  npm run staff -- release --by A --approve B --bank 2963|all --epsp epsp_… [--partner …] [--function …] [--basis "why"]
  npm run staff -- list [--bank 2963]
  npm run staff -- revoke-consent --by A --bank 2963 --consent cns_… [--basis "why"]
  npm run staff -- unlock --by A --approve B --bank 2963 --login taro-2963 --basis "number of the form"
  npm run staff -- signals --by A --bank 2963 [--transfer trf_…]
  npm run staff -- outage --by A --bank 2963|all [--function …] [--from 2026-12-05T00:00+09:00
                        --until …] (without a window: an incident that begins now)
  npm run staff -- outage-over --by A --bank 2963 --outage out_…
  npm run staff -- changes
  npm run staff -- approve-change|reject-change --by A --approve B --change chg_…
  npm run staff -- blocks
  npm run staff -- block --by A --approve B --software <client_id> --basis "why" --until 2026-12-01T00:00+09:00
  npm run staff -- unblock --by A --approve B --software <client_id> --basis "why"
  npm run staff -- report-key --by A --approve B --software <client_id> --kid <kid> --basis "why"
A and B are mail addresses of two different people (the part before @ will do). Passwords are asked for at
the terminal; automation sets RENKEI_STAFF_PASSWORD_A and RENKEI_STAFF_PASSWORD_B. Always: --json --lang ja|en`,
};

const usage = (): Failure => new Failure(USAGE, 2);

const text = { type: 'string' } as const;

/** Reads the command line. Fails with the usage, exit code 2, when it makes no sense. */
export function readStaffOptions(args: readonly string[]): StaffOptions {
  const { values, positionals } = parse(args);
  const act = ACTS.find((one) => one === positionals[0]);
  if (!act || positionals.length !== 1) throw usage();
  return {
    act,
    by: mailOf(values.by),
    approve: mailOf(values.approve),
    bank: values.bank,
    epsp: values.epsp,
    partner: values.partner ?? '*',
    function: values.function ?? '*',
    basis: values.basis,
    from: values.from,
    until: values.until,
    outage: values.outage,
    consent: values.consent,
    login: values.login,
    transfer: values.transfer,
    change: values.change,
    software: values.software,
    kid: values.kid,
    isJson: values.json ?? false,
    language: values.lang === 'en' ? 'en' : 'ja',
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        by: text,
        approve: text,
        bank: text,
        epsp: text,
        partner: text,
        function: text,
        basis: text,
        from: text,
        until: text,
        outage: text,
        consent: text,
        login: text,
        transfer: text,
        change: text,
        software: text,
        kid: text,
        lang: text,
        json: { type: 'boolean' },
      },
    });
  } catch {
    throw usage();
  }
}

const mailOf = (name: string | undefined): string | undefined =>
  name === undefined || name.includes('@') ? name : `${name}@renkei.example`;

/** What an act cannot do without; the usage names it. */
export function needed<Value>(value: Value | undefined): Value {
  if (value === undefined || value === '') throw usage();
  return value;
}

/** An instant with its offset, such as 2026-12-01T00:00+09:00. */
export function instantOf(value: string): number {
  const isComplete = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})$/.test(value);
  const instant = isComplete ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(instant)) throw usage();
  return instant;
}
