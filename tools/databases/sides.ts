/** The two servers of the house; each has a database, an owner for migrations and a role to run. */
export type Side = 'bank' | 'gateway';

export interface SideNames {
  readonly database: string;
  /** Owns the schema and runs migrations and seeds; no server ever logs in as the owner. */
  readonly owner: string;
  /** What the server logs in as: owns nothing, bypasses nothing. Migrations grant to this name. */
  readonly app: string;
}

export const sides: Readonly<Record<Side, SideNames>> = {
  bank: { database: 'renkei_bank', owner: 'renkei_bank_owner', app: 'renkei_bank_app' },
  gateway: {
    database: 'renkei_gateway',
    owner: 'renkei_gateway_owner',
    app: 'renkei_gateway_app',
  },
};

export const sideNames: readonly Side[] = ['bank', 'gateway'];

/** One password per role, made on this machine. */
export interface RolePasswords {
  readonly bank: { readonly owner: string; readonly app: string };
  readonly gateway: { readonly owner: string; readonly app: string };
}

/** The same server and database under another role. */
export function urlFor(adminUrl: string, user: string, password: string, database: string): string {
  const url = new URL(adminUrl);
  url.username = user;
  url.password = encodeURIComponent(password);
  url.pathname = `/${database}`;
  return url.toString();
}
