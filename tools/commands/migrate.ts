import { Settings } from '#libs/platform';
import {
  migrate,
  prepareDatabase,
  prepareRoles,
  sideNames,
  sides,
  urlFor,
  type RolePasswords,
} from '../databases/index.js';
import { runCommand } from '../failure.js';

/**
 * The migration step of a deployment: roles, both databases, every migration, as the superuser of
 * DATABASE_URL_ADMIN. RENKEI_ROLE_PASSWORDS_FILE holds the four roles' passwords as JSON.
 */
await runCommand(async () => {
  const settings = new Settings();
  const admin = settings.url('DATABASE_URL_ADMIN', 'postgres:');
  const passwords = JSON.parse(settings.file('RENKEI_ROLE_PASSWORDS_FILE')) as RolePasswords;
  await prepareRoles(admin, passwords);
  for (const side of sideNames) {
    await prepareDatabase(admin, side);
    const { owner, database } = sides[side];
    const ran = await migrate(side, urlFor(admin, owner, passwords[side].owner, database));
    process.stdout.write(`${database}: ${ran} migrations\n`);
  }
  return 0;
});
