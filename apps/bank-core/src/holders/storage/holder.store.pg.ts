import { CivilDate } from '#libs/kernel';
import type { Transaction } from '#libs/platform';
import type { Holder, ServiceState } from '../domain/holder.js';

interface HolderRow {
  institution_id: number;
  id: string;
  kind: Holder['kind'];
  name_kanji: string;
  name_kana: string;
  mail_address: string;
  login_id: string;
  service_state: ServiceState;
  contracted_on: string;
}

const COLUMNS = `institution_id, id, kind, name_kanji, name_kana, mail_address, login_id,
  service_state, contracted_on`;

export async function holderById(
  tx: Transaction,
  institutionId: number,
  holderId: string,
): Promise<Holder | undefined> {
  const [row] = await tx.query<HolderRow>(
    `select ${COLUMNS} from holder where institution_id = $1 and id = $2`,
    [institutionId, holderId],
  );
  return row && holderOf(row);
}

export async function holderByLoginId(
  tx: Transaction,
  institutionId: number,
  loginId: string,
): Promise<Holder | undefined> {
  const [row] = await tx.query<HolderRow>(
    `select ${COLUMNS} from holder where institution_id = $1 and login_id = $2`,
    [institutionId, loginId],
  );
  return row && holderOf(row);
}

/** The state that the holder stood in and has left; nothing when it was none of `from`. */
export async function moveServiceState(
  tx: Transaction,
  move: {
    readonly institutionId: number;
    readonly holderId: string;
    readonly from: readonly ServiceState[];
    readonly to: ServiceState;
  },
): Promise<ServiceState | undefined> {
  const [row] = await tx.query<{ service_state: ServiceState }>(
    `update holder h set service_state = $4
     from (select id, service_state from holder
           where institution_id = $1 and id = $2 and service_state = any ($3) for update) before
     where h.institution_id = $1 and h.id = before.id returning before.service_state`,
    [move.institutionId, move.holderId, move.from, move.to],
  );
  return row?.service_state;
}

function holderOf(row: HolderRow): Holder {
  return {
    institutionId: row.institution_id,
    id: row.id,
    kind: row.kind,
    nameKanji: row.name_kanji,
    nameKana: row.name_kana,
    mailAddress: row.mail_address,
    loginId: row.login_id,
    serviceState: row.service_state,
    contractedOn: CivilDate.from(row.contracted_on),
  };
}
