import type { Software } from '../../../../../tools/campaigns/gateway-ground/software.js';
import type { Stage } from '../../../../../tools/campaigns/gateway-ground/stage.js';
import { withConnection } from '../../../../../tools/databases/index.js';
import type { ConsoleOfficers } from '../console-officers.js';

/** Who is given notice, and how it asks for its own affairs. */
interface Noticed {
  readonly software: Software;
  ask(method: 'GET', path: string): Promise<Readonly<Record<string, unknown>>>;
}

/** Not where the other demands are: theirs stay as young as they were. */
const BANK = '2825';
const DAYS = 40;
const DAY_MS = 24 * 3_600_000;

/**
 * A prior notice to each, of which the letter has been read, so that it may be answered (RKN-S4c). A notice follows a
 * demand whose period is over: bank time goes forward for it, and back again.
 */
export async function noticeIds(
  stage: Stage,
  officers: ConsoleOfficers,
  parties: readonly Noticed[],
): Promise<{ noticeId: string }[]> {
  for (const { software, ask } of parties) {
    const demandId = await officers.demand(software.client.epsp_id, BANK);
    const { letterId } = await ask('GET', `/v1/participants/me/improvement-demands/${demandId}`);
    await ask('GET', `/v1/participants/me/letters/${String(letterId)}?form=json`);
  }
  await moveBankTime(stage, DAYS * DAY_MS);
  await officers.logInAgain(DAYS * DAY_MS);
  const noticed: { noticeId: string }[] = [];
  for (const { software, ask } of parties) {
    const step = (name: string, more: object) =>
      officers.agree(`/links/${software.client.epsp_id}/review-steps`, {
        step: name,
        bankCodes: [BANK],
        ...more,
      });
    const grounds = { text: '期間内に改善がなかった', evidence: ['doc_evidence_2'] };
    await step('judged_insufficient', { grounds });
    const removed = [{ right: 'transfer_initiation', reach: 'all' }];
    const { about } = await step('notice_sent', { kind: 'restriction', removed });
    const { banks } = await ask('GET', '/v1/participants/me/standing');
    const at = (banks as Announcing[]).find(({ bankCode }) => bankCode === BANK);
    const letterId = at?.announced[0]?.measure.letterId ?? '';
    await ask('GET', `/v1/participants/me/letters/${letterId}?form=json`);
    noticed.push({ noticeId: String(about) });
  }
  await moveBankTime(stage, -DAYS * DAY_MS);
  return noticed;
}

interface Announcing {
  readonly bankCode: string;
  readonly announced: readonly { readonly measure: { readonly letterId: string } }[];
}

const moveBankTime = ({ databases }: Stage, byMs: number): Promise<unknown> =>
  withConnection(databases.bank.adminUrl, (client) =>
    client.query(
      `insert into sandbox_clock (offset_ms) values ($1) on conflict (one_row)
       do update set offset_ms = sandbox_clock.offset_ms + excluded.offset_ms`,
      [byMs],
    ),
  );
