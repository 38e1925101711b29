import type { Words } from '#libs/kernel';
import type { Family } from './checklist-item.js';

export interface Division {
  readonly number: number;
  readonly title: Words;
  /** The family that most of its items belong to. */
  readonly family: Family;
}

const division = (number: number, family: Family, ja: string, en: string): Division => ({
  number,
  family,
  title: { ja, en },
});

/** The divisions of a checklist, after the criteria that banks publish (japan.md section 2). */
export const DIVISIONS: readonly Division[] = [
  division(1, 'organisation', '統治と方針', 'Governance and policy'),
  division(2, 'organisation', '外部委託とクラウド', 'Outsourcing and cloud'),
  division(3, 'protection', 'アクセスの管理', 'Access control'),
  division(4, 'protection', '変更の管理', 'Change management'),
  division(5, 'protection', '事故と不正アクセスへの対応', 'Incidents and unauthorised access'),
  division(6, 'protection', '情報資産と保存', 'Information assets and retention'),
  division(7, 'organisation', '人', 'People'),
  division(8, 'protection', '建物と機器', 'Premises and equipment'),
  division(9, 'protection', '開発と運用', 'Development and operation'),
  division(10, 'protection', 'APIの安全機能', 'API security functions'),
  division(11, 'user_protection', '利用者の保護', 'Protection of users'),
  division(12, 'organisation', '連鎖接続先', 'Chain partners'),
];
