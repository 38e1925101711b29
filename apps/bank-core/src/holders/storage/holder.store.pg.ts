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

/** True when the holder stood in one of `from` and now stands in `to`. */
export async function moveServiceState(
  tx: Transaction,
  institutionId: number,
  holderId: string,
  from: readonly ServiceState[],
  to: ServiceState,
): Promise<boolean> {
  const rows = await tx.query(
    `update holder set service_state = $4
     where institution_id = $1 and id = $2 and service_state = any($3) returning id`,
    [institutionId, holderId, from, to],
  );
  return rows.length > 0;
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
