export { whyUnreachable, withConnection } from './connect.js';
export { isBehind, migrate } from './migrate.js';
export {
  dropDatabase,
  newPassword,
  newRolePasswords,
  prepareDatabase,
  prepareRoles,
} from './prepare.js';
export { sideNames, sides, urlFor, type RolePasswords, type Side } from './sides.js';
