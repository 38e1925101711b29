import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { accountForPostgres } from '../embedded-postgres/index.js';
import { Failure } from '../failure.js';
import { makeFolder } from '../files.js';
import { homeFolder } from '../project.js';

/** The folders and files of one installation. */
export interface Home {
  readonly folder: string;
  readonly certificates: string;
  readonly secrets: string;
  readonly demo: string;
  readonly log: string;
  readonly stateFile: string;
  readonly lockFile: string;
  /** Exists while the system runs: process ids and addresses, for the tools that look on. */
  readonly runningFile: string;
}

export function homeAt(folder: string = homeFolder()): Home {
  return {
    folder,
    certificates: join(folder, 'certificates'),
    secrets: join(folder, 'secrets'),
    demo: join(folder, 'demo'),
    log: join(folder, 'log'),
    stateFile: join(folder, 'state.json'),
    lockFile: join(folder, 'supervisor.json'),
    runningFile: join(folder, 'running.json'),
  };
}

/**
 * Makes the folders, closed to everybody else. Where PostgreSQL runs under another account it must
 * be able to walk through the outermost one; what lies in it stays closed. Source: threats T-22.
 */
export async function openHome(home: Home = homeAt()): Promise<Home> {
  try {
    await makeFolder(home.folder, accountForPostgres() ? 0o711 : 0o700);
    for (const inner of [home.certificates, home.secrets, home.demo, home.log]) {
      await makeFolder(inner, 0o700);
    }
    const probe = join(home.folder, `.probe-${process.pid}`);
    await writeFile(probe, '');
    await rm(probe);
    return home;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new Failure({
      ja: `データ用フォルダー ${home.folder} に書き込めません（${code}）。権限と空き容量を直すか、RENKEI_HOME に書き込めるフォルダーを指定してください。`,
      en:
        `The data folder ${home.folder} cannot be written (${code}); mend its permissions ` +
        'or free space, or set RENKEI_HOME to a folder that can.',
    });
  }
}
