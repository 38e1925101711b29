import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { DocumentSigner } from '../../apps/bank-core/src/documents/index.js';
import { openStaffDesk } from '../../apps/bank-core/src/staff-desk.js';
import { exportAll } from '../audit/export.js';
import { verifyExport, type AuditVerdict } from '../audit/verify.js';
import { whyUnreachable } from '../databases/index.js';
import { Failure, runCommand } from '../failure.js';
import { homeAt } from '../start/home.js';
import { documentKeyFile } from '../start/secrets.js';
import { bankDatabaseUrl, notInstalled } from '../staff/bank-database.js';
import { logIn } from '../staff/two-people.js';

const REFUSED = 4;
const FOUND = 5;

const USAGE = new Failure(
  {
    ja: `使い方:
  npm run audit -- export <フォルダー> --by auditor@…
  npm run audit -- key （銀行側の端末で。署名を確かめる公開鍵を表示）
  npm run audit -- verify <フォルダー> --key <公開鍵> [--witness <前に書き出したフォルダー>] [--json]
verify はサーバーもデータベースも使いません。公開鍵は書き出しとは別の経路で受け取ったものを指定してください。`,
    en: `Usage:
  npm run audit -- export <folder> --by auditor@…
  npm run audit -- key   (at the bank's own terminal: the public key that verifies signatures)
  npm run audit -- verify <folder> --key <public key> [--witness <folder of an earlier export>] [--json]
verify asks neither server nor database. Give a public key that you received by other means than the export.`,
  },
  2,
);

/** `npm run audit`: an auditor takes the digested records away, and judges them on a machine of his own (T-17). */
async function audit(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      by: { type: 'string' },
      key: { type: 'string' },
      witness: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [act, folder] = positionals;
  if (act === 'export' && folder && values.by) return exportTo(folder, values.by);
  if (act === 'key') return showKey();
  if (act !== 'verify' || !folder || !values.key) throw USAGE;
  const { witness } = values;
  const options = { publicKey: values.key, ...(witness === undefined ? {} : { witness }) };
  const verdict = await verifyExport(folder, options);
  const told = values.json ? JSON.stringify(verdict) : inWords(verdict);
  process.stdout.write(`${told}\n`);
  return verdict.findings.length > 0 ? FOUND : 0;
}

async function exportTo(folder: string, by: string): Promise<number> {
  const databaseUrl = await bankDatabaseUrl();
  if ((await whyUnreachable(databaseUrl)) !== undefined) throw notInstalled();
  const desk = await openStaffDesk({ databaseUrl });
  try {
    const officer = await logIn(desk, by, 'RENKEI_STAFF_PASSWORD_A');
    // The export holds every institution's record: an auditor of one of them reads his own over the console's API.
    const isAuditor = officer.grants.some(
      ({ role, institutionId }) => role === 'auditor' && institutionId === undefined,
    );
    if (!isAuditor)
      throw new Failure(
        {
          ja: '連合会の監査人の役割が必要です。',
          en: 'The role of the federation’s auditor is missing.',
        },
        REFUSED,
      );
    const { chains, digests } = await exportAll(desk, folder);
    process.stdout.write(`${folder}: ${chains} chains, ${digests} digests\n`);
    return 0;
  } finally {
    await desk.close();
  }
}

async function showKey(): Promise<number> {
  const file = process.env['BANK_DOCUMENT_KEY_FILE'] ?? documentKeyFile(homeAt().secrets);
  const { keyId, publicKey } = new DocumentSigner(await readFile(file, 'utf8'));
  process.stdout.write(`${keyId} ${publicKey}\n`);
  return 0;
}

function inWords({ digests, rows, summary, findings }: AuditVerdict): string {
  const { proposals, approvals, roles } = summary;
  return [
    `要約 ${digests} 件、記録 ${rows} 件を確かめました。 / ${digests} digests over ${rows} rows were verified.`,
    `起案 / proposals: ${Object.entries(proposals)
      .map(([kind, count]) => `${kind} ${count}`)
      .join(', ')}; 承認 / approved: ${approvals}`,
    ...roles.map((role) => `役割の変更 / role change: ${role}`),
    ...findings.map(
      ({ chain, number = '-', fault, about = '' }) => `! ${chain} ${number} ${fault} ${about}`,
    ),
    findings.length === 0
      ? '改ざんの跡はありません。 / Nothing was tampered with.'
      : `${findings.length} 件の食い違いがあります。 / ${findings.length} findings.`,
  ].join('\n');
}

await runCommand(() => audit(process.argv.slice(2)));
